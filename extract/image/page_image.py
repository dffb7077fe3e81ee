"""Pages as upright, straightened grey pictures.

Long: the steps from a drawn page to a straight one share their measures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from extract.image.colour import may_have_colour, without_stamps
from extract.image.levels import median_level
from schemas.errors import DamagedPdf
from schemas.warp import Warp

Grey = NDArray[np.uint8]
Segment = tuple[float, float, float, float]  # x0, y0, x1, y1 in pixels
Points = tuple[NDArray[np.float32], NDArray[np.float32]]
POINTS_PER_INCH = 72
MEASURED_AT = 200  # dots per inch of the next three
_USUAL = 18.5  # pixels: the height of letters of 13 points by `letter_height`, 18 to 20
# between these a page's size is believed: letters of 9 to 21 points
_SMALLEST, _LARGEST = 12.0, 31.0
_LOOKS = 3  # at letters, each at the size that the one before made of them
_MANY = 150  # pieces of ink that can be letters: of fewer the size says nothing
_MOST = 40_000_000  # pixels of a page that is drawn larger for its letters
_LEAST_ZOOM = 0.15  # a page is taken to be at most so much smaller or larger than it says
_MOST_SHORT = 65_000  # labels that 16 bits hold, with some room
# the share of pixels that stand alone on dithered paper: 0.03 and more where that is nearly white,
# up to 0.0125 on dense tables in black and white
_DOTTED = 0.02
_DARKER = 100  # grey levels by which such a pixel differs from those around it
# pixels over which dots become grey; with 1.0 to 2.0 a dithered page reads about as well
_DOT = 1.3
_STREAK = 4.0  # grey levels by which a streak is darker than the paper beside it, at least
_STREAK_SHARE = 92  # percent of the page that a streak is seen on; the rest is print that hides it
_EDGE = 0.025  # the share of the page at either end that a streak reaches and no print does
_BESIDE = 6  # pixels from a streak to the paper beside it
# of the paper's grey: what is darker is a scanner's lid, on which no streak is seen; and the least
# share of the page on which one can be
_LIT, _MOSTLY = 0.5, 0.8
# how much sharper text is along columns than along rows where its letters decide, and where it
# surely runs down if they do not; and how many more of them stand in line one way
_UNSURE, _SURELY, _CLEARLY = 0.8, 1.3, 2
_CLOSE = 0.4  # of a letter's size: the paper between two letters of a word, at most


@dataclass(frozen=True)
class PageImage:
    """One page as it is read: grey pixels (rows, columns; 0 black), upright and straightened."""

    page_no: int
    grey: Grey
    dpi: int
    turn: int = 0  # degrees clockwise by which the page was turned
    skew: float = 0.0  # degrees by which it was then straightened
    warp: Warp | None = None  # and what was then done to it for its rulings to run straight
    zoom: float = 1.0  # points as its letters show them for each point of the file
    across: tuple[Segment, ...] = ()  # pieces of lines that the scanner drew across the sheet

    @property
    def scale(self) -> float:
        """Points per pixel, as if letters had their usual size, whatever size the file gives the
        page.
        """
        return POINTS_PER_INCH / self.dpi

    @property
    def sha256(self) -> str:
        """The hash of the pixels."""
        return hashlib.sha256(self.grey.tobytes()).hexdigest()


def render_page(source: Path, page_no: int, dpi: int) -> PageImage:
    """Page ``page_no`` (from 1) of a PDF as grey pixels at ``dpi``, without stamps in colour.

    Where the file gives a false size (a page box in pixels, a UserUnit), the size of the page's
    letters decides. Raises DamagedPdf.
    """
    page = _drawn(source, page_no, dpi, 1.0)
    for _ in range(_LOOKS):
        low, high = (_SMALLEST, _LARGEST) if page.zoom == 1 else (_USUAL - 2, _USUAL + 2)
        height = letter_height(page.grey) * MEASURED_AT / dpi
        if not low <= height <= high and _lines_run_down(page.grey):
            # a sheet that lies sideways: this was how wide its letters are
            height = letter_height(transposed(page.grey)) * MEASURED_AT / dpi
        zoom = page.zoom * _USUAL / height if height else page.zoom
        believed = not height or low <= height <= high
        pixels = page.grey.size * (zoom / page.zoom) ** 2
        if believed or pixels > _MOST or not _LEAST_ZOOM < zoom < 1 / _LEAST_ZOOM:
            break
        page = _drawn(source, page_no, dpi, zoom)
    return page


def letter_height(grey: Grey) -> float:
    """The height in pixels of what can be letters on a page, in the median over their boxes' areas;
    0 where there are few.

    Each counts as its box is large: leaders' dots, specks and the pieces of broken letters can be
    more than the letters. But none counts more than a letter of usual size: a title's few large
    letters and the blots of a picture are not the text. The middle half of the page is enough where
    it has letters.
    """
    quarter = len(grey) // 4
    return _letter_height(grey[quarter : len(grey) - quarter]) or _letter_height(grey)


def _letter_height(grey: Grey) -> float:
    found = connected(ink_mask(np.ascontiguousarray(grey)))
    wide, high, area = found[:, 2], found[:, 3], found[:, 4]
    like = (high >= 3) & (high <= 200) & (wide <= 3 * high) & (high <= 4 * wide)
    letters = found[like & (area >= 0.15 * wide * high)]
    if len(letters) < _MANY:
        return 0.0
    letters = letters[np.argsort(letters[:, 3])]
    areas = np.cumsum(np.minimum(letters[:, 2] * letters[:, 3], _USUAL**2))
    return float(letters[np.searchsorted(areas, areas[-1] / 2), 3])


def _drawn(source: Path, page_no: int, dpi: int, zoom: float) -> PageImage:
    try:
        with pdfium.PdfDocument(source) as document:
            page = document[page_no - 1]
            is_grey = not may_have_colour(page)
            bitmap = page.render(
                scale=dpi * zoom / POINTS_PER_INCH,
                grayscale=is_grey,
                rev_byteorder=True,
                may_draw_forms=False,
            )
            pixels = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width, -1)
            grey = (
                pixels[:, :, 0]
                if is_grey
                else without_stamps(np.ascontiguousarray(pixels[:, :, :3]), dpi)
            )
            return PageImage(page_no, np.ascontiguousarray(grey), dpi, zoom=zoom)
    except pdfium.PdfiumError as error:
        raise DamagedPdf(
            "the page cannot be drawn", "", "scan or download the document again"
        ) from error


def without_dots(page: PageImage) -> PageImage:
    """A page whose grey paper is made of black and white dots, in grey; any other as it is."""
    if _dotted(page.grey) < _DOTTED:
        return page
    smooth = cv2.GaussianBlur(page.grey, (0, 0), _DOT)
    ink, paper = np.percentile(smooth[::5, ::5], (1, 60))
    lighter = (smooth.astype(np.float32) - ink) * (255 / max(1.0, paper - ink))
    return replace(page, grey=np.clip(lighter, 0, 255).astype(np.uint8))


def _dotted(grey: Grey) -> float:
    """The share of pixels that stand alone: the median of the nine around is otherwise."""
    return float(np.mean(cv2.absdiff(cv2.medianBlur(grey, 3), grey) > _DARKER))


def without_streaks(page: PageImage) -> PageImage:
    """The page without streaks that dirt in a scanner draws over the whole sheet; print under them
    stays.
    """
    grey = _lightened(page.grey)
    sideways = transposed(grey)
    lighter = _lightened(sideways)
    return replace(page, grey=grey if lighter is sideways else transposed(lighter))


def transposed(grey: Grey) -> Grey:
    """Rows as columns, in an array of its own: OpenCV does it in a fourth of NumPy's time."""
    return np.asarray(cv2.transpose(grey), dtype=np.uint8)


def _lightened(grey: Grey) -> Grey:
    """The picture with each streak that runs down it made as light as the paper beside it."""
    thinned = cv2.blur(grey, (1, 15))[::8].astype(np.float32)
    padded = np.pad(thinned, ((0, 0), (_BESIDE, _BESIDE)), mode="edge")
    beside = np.maximum(padded[:, : -2 * _BESIDE], padded[:, 2 * _BESIDE :])
    darker, lit = beside - thinned, beside > _LIT * paper_of(grey)
    streaks = _shown(darker, lit, _STREAK_SHARE) & (lit.mean(axis=0) >= _MOSTLY)
    so_far = lit.cumsum(axis=0)
    edge = np.maximum(1, np.round(_EDGE * so_far[-1]))
    for end in (so_far <= edge, so_far > so_far[-1] - edge):
        streaks &= _shown(darker, lit & end, 50)
    if not streaks.any():
        return grey
    depth = np.where(streaks, np.percentile(darker, 25, axis=0), 0.0)
    return np.clip(grey + depth, 0, 255).astype(np.uint8)


def _shown(
    darker: NDArray[np.float32], where: NDArray[np.bool_], percent: int
) -> NDArray[np.bool_]:
    """The columns that are darker than the paper beside them in at least ``percent`` of the rows
    of ``where``.
    """
    shown = np.count_nonzero(where & (darker >= _STREAK), axis=0)
    return np.asarray(100 * shown >= percent * np.count_nonzero(where, axis=0))


def straighten(page: PageImage) -> PageImage:
    """The page with its lines of text along the rows of pixels.

    It is turned by 90 degrees where they ran down, then its skew is undone.
    """
    upright = turn_page(page, 90) if _lines_run_down(page.grey) else page
    skew = find_skew(upright.grey)
    if abs(skew) < 0.03:  # under a pixel over the page
        return upright
    height, width = upright.grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    paper = paper_of(upright.grey)
    turned = cv2.warpAffine(
        upright.grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,)
    )
    return replace(upright, grey=turned.astype(np.uint8), skew=round(skew, 3))


def paper_of(grey: Grey) -> int:
    """How light the paper of a page is."""
    return int(median_level(grey[::8, ::8]))


def turn_page(page: PageImage, degrees: int) -> PageImage:
    """The page turned clockwise by 90, 180 or 270 degrees; one that was flattened by 180 only."""
    turned = np.ascontiguousarray(np.rot90(page.grey, -(degrees // 90)))
    warp = None if page.warp is None else page.warp.upside_down()
    height, width = page.grey.shape  # only a page that is ready to be read has lines across
    across = tuple(
        (width - x1, height - y1, width - x0, height - y0) for x0, y0, x1, y1 in page.across
    )
    return replace(page, grey=turned, turn=(page.turn + degrees) % 360, warp=warp, across=across)


def as_scanned(page: PageImage, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Points (x, y) of the straightened page on the page as it was drawn: shape (points, 2), in
    pixels.
    """
    found = np.asarray(points, float).reshape(-1, 2)
    height, width = page.grey.shape
    if page.warp is not None:
        found = (
            page.warp.source(found * page.scale, (width * page.scale, height * page.scale))
            / page.scale
        )
    if page.skew:
        back = cv2.invertAffineTransform(
            cv2.getRotationMatrix2D((width / 2, height / 2), page.skew, 1.0)
        )
        found = found @ back[:, :2].T + back[:, 2]
    sides = (width, height)
    # each is a quarter turn counter-clockwise: what was right becomes the top
    for turned in range(page.turn // 90):
        found = np.stack([found[:, 1], sides[turned % 2] - found[:, 0]], axis=1)
    return found


def on_straightened(page: PageImage, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Points (x, y) in pixels of a page as it was drawn where they stand on the straightened one:
    shape (points, 2). The other way round than ``as_scanned``.
    """
    found = np.asarray(points, float).reshape(-1, 2)
    height, width = page.grey.shape
    drawn_height = height if page.turn % 180 == 0 else width
    for turned in range(page.turn // 90):
        side = drawn_height if turned % 2 == 0 else height + width - drawn_height
        found = np.stack([side - found[:, 1], found[:, 0]], axis=1)
    if page.skew:
        turning = cv2.getRotationMatrix2D((width / 2, height / 2), page.skew, 1.0)
        found = found @ turning[:, :2].T + turning[:, 2]
    if page.warp is not None:
        size = (width * page.scale, height * page.scale)
        found = page.warp.target(found * page.scale, size) / page.scale
    return found


def find_skew(grey: Grey, limit: float = 3.0) -> float:
    """The angle in degrees, counter-clockwise positive, that straightens the page; at most
    ``limit``.

    It is the angle at which the rows of ink are sharpest.
    """
    ink = _ink_points(_small_ink(grey))
    best = 0.0
    for step, reach in ((0.5, limit), (0.1, 0.5), (0.02, 0.1)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(ink, float(angle))))
    return best if abs(best) <= limit else 0.0


def ink_mask(grey: Grey) -> Grey:
    """1 where a pixel is darker than its surroundings, else 0.

    Fading and streaks of the paper do not count.
    """
    inverted = cv2.bitwise_not(grey)
    dark = cv2.adaptiveThreshold(
        inverted, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -25
    )
    return np.asarray(dark, dtype=np.uint8)


def connected(ink: Grey) -> NDArray[np.int32]:
    """Connected pieces of ink as rows of left, top, width, height, area: shape (pieces, 5).

    Pixels that touch at a corner are connected too.
    """
    few = _squares(ink) <= _MOST_SHORT or _runs(ink) <= _MOST_SHORT
    # short labels take a third of the time, where they are enough
    kind = cv2.CV_16U if few else cv2.CV_32S
    return np.asarray(
        cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=kind)[2][1:], dtype=np.int32
    )


def _runs(ink: Grey) -> int:
    """How many runs of ink the rows have: OpenCV needs no more labels than that, and it is quickly
    told.

    While OpenCV goes through a picture it gives a new label where a run begins that touches nothing
    before it, and finds out later which labels are one piece: a page of dithered paper can need a
    hundred thousand for a single piece.
    """
    begun = cv2.countNonZero(ink[:, :1]) + cv2.countNonZero(cv2.subtract(ink[:, 1:], ink[:, :-1]))
    return int(begun)


def _squares(ink: Grey) -> int:
    """How many squares of two by two pixels a picture has: a new label needs one to itself."""
    height, width = ink.shape
    return int(((height + 1) // 2) * ((width + 1) // 2))


def _small_ink(grey: Grey, size: int = 1000) -> Grey:
    """The ink of the page at ``size`` pixels along its longer side, or more where it would
    vanish.
    """
    factor = max(size / max(grey.shape), 1 / min(grey.shape))
    return ink_mask(
        cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)
    )


def _ink_points(ink: Grey) -> Points:
    """Inked pixels as their rows and columns, columns counted from the middle."""
    rows, columns = np.nonzero(ink)
    return rows.astype(np.float32), (columns - ink.shape[1] / 2).astype(np.float32)


def _sharpness(ink: Points, angle: float) -> float:
    """How much neighbouring rows of ink differ after shearing the page by ``angle``."""
    rows, columns = ink
    if not len(rows):
        return 0.0
    sheared = rows - np.float32(np.tan(np.radians(angle))) * columns
    counts = np.bincount((sheared - sheared.min()).astype(np.intp))
    return float(np.square(np.diff(counts.astype(np.float64))).sum())


def _lines_run_down(grey: Grey) -> bool:
    """Whether text runs down the page, as on a sheet that lay sideways in the scanner.

    Rows of ink are sharper where text runs along them; but figures in columns, each row's below the
    other's, are as sharp along columns. Where that leaves a doubt, the letters decide.
    """
    ink = _small_ink(grey, 500)
    rulings = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
        for kernel in ((1, 20), (20, 1))
    )
    text = ink & ~np.maximum(*rulings)
    across, down = (
        max(_sharpness(lines, angle) for angle in np.arange(-2, 2.1, 0.5))
        for lines in map(_ink_points, (text, text.T))
    )
    if down <= _UNSURE * across:
        return False
    beside, below = _letters_in_line(grey)
    if max(beside, below) > _CLEARLY * min(beside, below):
        return below > beside
    return down > _SURELY * across


def _letters_in_line(grey: Grey) -> tuple[int, int]:
    """How many letters of a page have another close to their right, and how many close below."""
    found = connected(ink_mask(grey))
    sides = found[:, 2:4]
    long, short = sides.max(axis=1), sides.min(axis=1)
    like = (short >= 2) & (long >= 5) & (long <= 60) & (long <= 6 * short)
    letters = found[like & (found[:, 4] >= 0.15 * long * short)]
    if not len(letters):
        return 0, 0
    size = np.median(letters[:, 2:4].max(axis=1))
    letters = letters[letters[:, 2:4].max(axis=1) >= 0.6 * size]  # without marks over letters
    own = np.zeros(grey.shape, np.int32)
    for number, (x, y, wide, high, _) in enumerate(letters.tolist(), 1):
        own[y : y + high, x : x + wide] = number
    right = _near(own, letters[:, 0] + letters[:, 2], letters[:, 1] + letters[:, 3] // 2, size)
    lower = _near(own.T, letters[:, 1] + letters[:, 3], letters[:, 0] + letters[:, 2] // 2, size)
    return right, lower


def _near(
    own: NDArray[np.int32], ends: NDArray[np.int32], middles: NDArray[np.int32], size: float
) -> int:
    """How many letters have another right behind their end, at the height of their middle.

    ``own`` has the number of the letter at each pixel, ``size`` is their usual size.
    """
    places = ends[:, np.newaxis] + np.arange(max(1, round(_CLOSE * size)))
    seen = own[middles[:, np.newaxis], np.minimum(places, own.shape[1] - 1)]
    others = (seen > 0) & (seen != np.arange(1, len(ends) + 1)[:, np.newaxis])
    return int(np.count_nonzero(others.any(axis=1)))
