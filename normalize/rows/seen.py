"""What a person is told of a document in which the tables of a programme are not all there: what was looked for, and what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.errors import NotAProgramme

_WANTED = "the columns of a table of indicators, of growth or of tasks"


def no_programme(ruled: Mapping[int, int]) -> NotAProgramme:
    """For a scan in which no table of a programme was found; ``ruled`` says how many ruled tables stand on which page."""
    pages = [page_no for page_no, count in ruled.items() if count]
    count = sum(ruled.values())
    seen = (
        f"{_counted(count, 'ruled table')} on {_pages(pages)}, none with {_WANTED}"
        if count
        else f"no ruled table on its {_counted(len(ruled), 'page')}"
    )
    what = f"this is no action programme that can be read: looked for ruled tables with {_WANTED}; found {seen}"
    return NotAProgramme(
        what, "the document", "see whether it is the right file, and the programme is whole in it"
    )


def no_programme_in_text(lines: int) -> NotAProgramme:
    """For a text in which no header of a programme's tables was found."""
    what = f"this is no action programme that can be read: looked in {_counted(lines, 'line')} for headers with {_WANTED}; found none"
    return NotAProgramme(
        what,
        "the text",
        "see whether it is the right file, and the dump of a programme with its appendices",
    )


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _pages(numbers: Sequence[int]) -> str:
    """Pages by their numbers, those in a row together: ``pages 1 to 3, 7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f"{'page' if len(set(numbers)) == 1 else 'pages'} {told}"
