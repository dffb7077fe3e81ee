"""Groups of one to three levels and how the rows below them are numbered: the numberings that the
styles seen in a table allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from normalize.rows.numbering.grouped_scheme import GroupedScheme

_GROUPS = (
    ("roman",),
    ("letter",),
    ("letter", "roman"),
    ("roman", "letter"),
    (),
    ("number",),
    ("lower",),
    ("roman", "lower"),
    ("roman", "number"),  # over rows with dotted numbers
    ("letter", "number"),
    ("letter", "roman", "number"),  # over rows with dotted numbers too
    ("roman", "number", "dotted"),  # over rows 1.1.1
    ("letter", "number", "dotted"),
    ("number", "dotted", "dotted"),  # over rows 1.1.1.1
)
_DOTTED = {1: "dotted", 2: "dotted thrice", 3: "dotted four times"}  # how such rows are seen
_OF_TWO = ((True, True), (False, False), (True, False), (False, True))
_SEEN_AS = {"lower": "small"}  # a group `a` looks like a sub-row `a)` but for its shape
_SUBS = ("bracket", "closed", "small", "dash", "dotted")
# rows that have the number of a sub-row and stand below a group themselves
_MARKED = {"bracket": "in_brackets", "closed": "in_closed", "small": "lettered", "dash": "dashed"}
# rows that are numbered as groups mostly are, by the groups above them
_CAPITAL = {(): ("roman", "letter"), ("letter",): ("roman",)}
LIKE_GROUPS = 2.0  # of two that explain a table alike, the one that takes such rows for groups
LESS_SIMPLE = 0.25  # of two that explain a table alike, the one whose numbers are whole is taken


def grouped_schemes(name: str, seen: frozenset[str]) -> Iterator[tuple[str, GroupedScheme, float]]:
    """The numberings with groups, each with its name and what it costs for being less simple.

    ``name`` is what the numbered rows are, task or indicator; ``seen`` the styles that were read
    in the table, such as ``roman`` and ``dotted``, or ``place`` where titles have no numbers.
    """
    padded = "padded" in seen
    subs = [sub for sub in _SUBS if sub in seen] or ["bracket"]
    for groups in _GROUPS if "place" not in seen else (("number",),):
        if not _needed(groups) <= seen:
            continue
        levels = (*("group", "section", "section")[: len(groups)], name, "sub_row")
        for own, sub in _styles_below(groups, seen, subs):
            for anew in _restarts((*groups, own)):
                scheme = GroupedScheme(levels, (*groups, own, sub), (*anew, True), padded)
                counting = " ".join("anew" if one else "on" for one in anew[1:])
                title = f"{' '.join(groups) or 'no'} groups, counting {counting}, {sub}"
                title += f", rows {own}" if own not in ("number", "dotted") else ""
                extra = LESS_SIMPLE * sum(anew) + LIKE_GROUPS * (own in ("roman", "letter"))
                yield title.replace(" ,", ","), scheme, extra


def _needed(groups: Sequence[str]) -> set[str]:
    """The styles that must be seen for such groups; of three levels those of their rows too."""
    needed = {_SEEN_AS.get(style, style) for style in groups} - {"dotted"}
    dots = groups.count("dotted") + (len(groups) > 2)
    return needed | {_DOTTED[dots]} if dots else needed


def _styles_below(
    groups: Sequence[str], seen: frozenset[str], subs: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """How the rows below groups and their sub-rows are numbered.

    `(1)`, `1)`, `a)` and a dash are rows themselves where no row with a number stands above them,
    under `A` or `II`.
    """
    own = "dotted" if groups[1:] and groups[-1] in ("number", "dotted") else "number"
    yield from ((own, sub) for sub in subs)
    capital = [style for style in _CAPITAL.get(tuple(groups), ()) if style in seen]
    yield from ((style, sub) for style in capital for sub in subs if sub != "dotted")
    if "lower" in groups or len(groups) > 2 or (groups[1:] and own != "dotted"):
        return
    for mark, style in _MARKED.items():
        below = [sub for sub in subs if sub in ("small", "dash") and sub != mark]
        if mark in seen:
            yield style, (below or ["small" if mark != "small" else "dash"])[0]


def _restarts(styles: Sequence[str]) -> Iterator[tuple[bool, ...]]:
    """Whether each level of groups and the rows below them, the last of ``styles``, begin at 1 in
    each parent.

    The rows of no groups begin once; dashes, and of three levels what is dotted, always begin anew.
    """
    groups = len(styles) - 1
    if groups < 3:
        few = {0: ((),), 1: ((False,), (True,)), 2: _OF_TWO}
        is_dashed = groups > 0 and styles[-1] == "dashed"
        yield from ((False, *anew) for anew in few[groups] if anew[-1:] == (True,) or not is_dashed)
        return
    choices = [(True,) if style == "dotted" else (True, False) for style in styles[1:]]
    yield from ((False, *anew) for anew in product(*choices))
