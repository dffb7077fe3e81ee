"""What is said of a file that is no programme."""

from __future__ import annotations

from normalize.rows.seen import no_programme, no_programme_in_text


def test_a_file_that_is_no_programme_says_what_was_looked_for_and_found() -> None:
    wanted = "the columns of a table of indicators, of growth or of tasks"
    assert no_programme({1: 0, 2: 2, 3: 0, 4: 1}).what == (
        f"this is no action programme that can be read: looked for ruled tables with {wanted}; "
        f"found 3 ruled tables on pages 2, 4, none with {wanted}"
    )
    assert no_programme({1: 0}).what.endswith("; found no ruled table on its 1 page")
    assert no_programme_in_text(12).what.endswith(
        f"looked in 12 lines for headers with {wanted}; found none"
    )
