"""What is said of a file that is no programme, and of a programme of which an appendix was not found."""

from __future__ import annotations

from normalize.seen import missing_appendix, missing_in_text, no_programme, no_programme_in_text


def test_a_file_that_is_no_programme_says_what_was_looked_for_and_found() -> None:
    wanted = "the columns of a table of indicators, of growth or of tasks"
    assert no_programme({1: 0, 2: 2, 3: 0, 4: 1}).what == (
        f"this is no action programme that can be read: looked for ruled tables with {wanted}; "
        f"found 3 ruled tables on pages 2, 4, none with {wanted}"
    )
    assert no_programme({1: 0}).what.endswith("; found no ruled table on its 1 page")
    assert no_programme_in_text(12).what.endswith(f"looked in 12 lines for headers with {wanted}; found none")


def test_a_missing_appendix_names_what_was_seen_and_nothing_else() -> None:
    error = missing_appendix("growth", {"indicators": [5, 6, 6], "tasks": [9, 10, 12]}, {4: 0, 5: 1, 6: 1, 9: 1, 10: 1, 11: 0, 12: 1})
    assert error.what == (
        "appendix 2 (growth) was not found; found were appendix 1 (indicators) on pages 5 to 6; appendix 3 (tasks) on pages 9 to 10, 12"
        "; no ruled table was seen on pages 4, 11"
    )
    assert not any(word in str(error) for word in ("stamp", "lean", "fold"))
    assert missing_in_text("tasks", ["indicators", "growth"]).what == (
        "appendix 3 (tasks) was not found; found were appendix 1 (indicators) and appendix 2 (growth)"
    )
