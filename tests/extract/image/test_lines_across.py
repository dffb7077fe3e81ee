"""Dark lines that a scanner draws over the whole sheet: found, taken out of the letters, and the
words they ran through in review.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.image.flatten import page_to_read
from extract.image.grid import find_grid
from extract.image.lines_across import is_crossed, lines_across, without_segments
from extract.image.page_image import PageImage, as_scanned, on_straightened, turn_page
from extract.image.rulings import GridSettings
from extract.read_pages import read_pages
from extract.tasks import ReadingSettings
from schemas.warp import NODES, Warp
from schemas.witnesses import ACROSS
from tests.extract.image.grid_pages import COLUMNS, ROWS, SIZE, page, sheet, table, write
from tests.sample.pdf import ScannedPage, write_pdf
from tests.sample.scanner import SCANNERS, encode

Grey = NDArray[np.uint8]
WIDTH, HEIGHT = SIZE


def streaked(
    grey: Grey, y: int, step: int = 0, dash: int = 10_000, gap: int = 0, dark: int = 45
) -> Grey:
    """The sheet with a line over it that rises by ``step`` pixels in its middle."""
    for x in range(0, WIDTH, dash + gap):
        top = y - (step if WIDTH // 3 < x < 2 * WIDTH // 3 else 0)
        grey[top : top + 3, x : x + dash] = dark
    return grey


def streaked_down(grey: Grey, x: int, lean: int, dash: int, gap: int) -> Grey:
    """The sheet with a line down it that ends ``lean`` pixels beside where it began."""
    for y in range(-dash // 3, HEIGHT, dash + gap):
        left = x + round(lean * y / HEIGHT)
        grey[max(0, y) : y + dash, left : left + 3] = 45
    return grey


def tabled() -> Grey:
    grey = sheet()
    table(grey)
    return grey


@pytest.mark.parametrize(("step", "dash", "gap"), [(4, 130, 20), (-3, 260, 45), (0, 200, 60)])
@pytest.mark.parametrize("turn", [0, 90])
def test_whole_and_dashed_lines_are_found(step: int, dash: int, gap: int, turn: int) -> None:
    grey = streaked(tabled(), 940, step, dash, gap)
    found = page_to_read(turn_page(page(grey), 360 - turn)).across
    assert sum(x1 - x0 for x0, _, x1, _ in found) >= 0.55 * WIDTH
    assert {round(y0) for _, y0, _, _ in found} <= {941, 941 - step}


def test_tables_underlines_and_frames_are_no_such_lines() -> None:
    grey = tabled()
    cv2.line(grey, (500, 300), (1100, 300), (20,), 3)
    assert lines_across(page(grey)) == []
    wide = sheet()
    table(wide, (20, 400, 900, WIDTH - 20))
    assert lines_across(page(wide)) == []
    assert page_to_read(page(grey)).across == ()


def test_letters_keep_what_crosses_the_line() -> None:
    plain, struck = sheet(), sheet()
    for grey in (plain, struck):
        write(grey, 200, 500, 900)
    streaked(struck, 493)
    cleaned = without_segments(struck, [(0.0, 494.0, float(WIDTH), 494.0)], page(struck).scale)
    rows = slice(470, 510)
    blank = np.all(plain[rows] > 200, axis=0)
    assert (cleaned[rows][:, blank] > 150).mean() > 0.99
    inked = plain[485:498] < 120
    assert (cleaned[485:498] < 170)[inked].mean() > 0.85


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_points_are_found_again_on_the_straightened_page(turn: int) -> None:
    shifts = np.random.default_rng(5).uniform(-3, 3, (*NODES, 2)).astype(np.float32)
    made = PageImage(1, np.zeros((900, 600), np.uint8), 200, turn, 1.3, Warp(shifts))
    points = [(30.0, 40.0), (500.0, 80.0), (310.0, 850.0)]
    back = as_scanned(made, points)
    again = on_straightened(made, [(float(x), float(y)) for x, y in back])
    assert again == pytest.approx(np.array(points), abs=0.2)


def test_a_page_turned_over_takes_its_lines_along() -> None:
    made = PageImage(1, np.zeros((900, 600), np.uint8), 200, across=((0.0, 300.0, 90.0, 302.0),))
    assert turn_page(made, 180).across == ((510.0, 598.0, 600.0, 600.0),)


def test_words_that_such_a_line_runs_through_are_marked(tmp_path: Path) -> None:
    grey = streaked(tabled(), 828, 2, 210, 18)  # through the words of the fifth row, 800 to 900
    source, scanner = tmp_path / "x.pdf", replace(SCANNERS["clean"], dpi=200)
    source.write_bytes(write_pdf([ScannedPage(encode(grey, scanner))]))
    (found,) = read_pages(source, [1], ReadingSettings())
    words, blocks = found.words, found.blocks
    marks = [
        (block_no, top, bottom)
        for block_no, text, top, bottom in zip(
            words["block_no"], words["text"], words["top"], words["bottom"], strict=True
        )
        if text == ACROSS
    ]
    rows = dict(zip(blocks["block_no"], blocks["row"], strict=True))
    assert {rows[block_no] for block_no, _, _ in marks} == {3}
    assert len({block_no for block_no, _, _ in marks}) == 5
    upper, lower = (
        dict(zip(blocks["block_no"], blocks[edge], strict=True)) for edge in ("top", "bottom")
    )
    assert all(upper[no] < top < bottom < lower[no] for no, top, bottom in marks)


def test_a_segment_beside_a_box_does_not_cross_it() -> None:
    segments = [(100.0, 50.0, 200.0, 52.0)]
    assert is_crossed((150.0, 40.0, 160.0, 60.0), segments, 0.0)
    assert is_crossed((150.0, 30.0, 160.0, 48.0), segments, 3.0)
    assert not is_crossed((150.0, 30.0, 160.0, 48.0), segments, 1.0)
    assert not is_crossed((210.0, 40.0, 260.0, 60.0), segments, 3.0)


@pytest.mark.parametrize(("dash", "gap"), [(26, 36), (180, 50)])
def test_the_table_under_such_a_line_keeps_its_rows(dash: int, gap: int) -> None:
    """Through text, and just above a ruling where only its own place tells them apart."""
    for y in (830, ROWS[4] - 7):
        drawn = page_to_read(page(streaked(tabled(), y, 0, dash, gap)))
        assert drawn.across
        cells = find_grid(drawn, GridSettings()).cells
        assert len(cells) == (len(ROWS) - 1) * (len(COLUMNS) - 1)


@pytest.mark.parametrize(("lean", "dash", "gap"), [(0, 90, 130), (14, 120, 120), (-18, 5000, 0)])
def test_the_table_under_a_line_down_the_sheet_keeps_its_columns(
    lean: int, dash: int, gap: int
) -> None:
    drawn = page_to_read(page(streaked_down(tabled(), COLUMNS[1] + 60, lean, dash, gap)))
    # a whole line is made as light as paper before
    assert all(abs(x1 - x0) <= 2.0 for x0, _, x1, _ in drawn.across)
    assert bool(drawn.across) == bool(gap)
    cells = find_grid(drawn, GridSettings()).cells
    assert len(cells) == (len(ROWS) - 1) * (len(COLUMNS) - 1)


def test_the_rulings_of_tables_above_each_other_are_no_line_down_the_sheet() -> None:
    grey = sheet()
    for top in (120, 800, 1500):  # columns stand in line over the whole page
        table(grey, rows=range(top, top + 601, 100), worded=False)
    drawn = page_to_read(page(grey))
    assert drawn.across == ()
    assert len(find_grid(drawn, GridSettings()).cells) == 3 * 6 * (len(COLUMNS) - 1)


def test_a_line_so_faint_that_it_hides_nothing_is_left_alone() -> None:
    faint = streaked(tabled(), 940, dash=130, gap=20, dark=190)
    assert lines_across(page(faint)) == []
