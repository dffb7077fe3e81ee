"""Simulates four scanners: a page's grey rendering in, a skewed, faded, specked and compressed image out, the same for the same seed."""

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from tests.sample.pdf import PageImage

Grey = NDArray[np.uint8]
Field = NDArray[np.float32]
STRIP_OFFSETS, STRIP_BYTES, ROWS_PER_STRIP = 273, 279, 278


@dataclass(frozen=True)
class Scanner:
    """What a scanner does to a page: dots per inch, skew in degrees, blur and noise as standard deviations (pixels, grey levels).

    `fade` is the share of black that is left where the toner is thinnest, `dropout` the grain of the strokes; `quality` is the JPEG's,
    0 for a 1-bit image.
    """

    dpi: int
    skew: float
    blur: float
    fade: float
    dropout: float
    noise: float
    specks: int
    streaks: int
    quality: int


SCANNERS = {
    "clean": Scanner(
        dpi=300,
        skew=0.2,
        blur=0.7,
        fade=0.92,
        dropout=0.05,
        noise=1.5,
        specks=4,
        streaks=0,
        quality=75,
    ),
    "office": Scanner(
        dpi=200,
        skew=0.7,
        blur=0.6,
        fade=0.72,
        dropout=0.25,
        noise=2.6,
        specks=25,
        streaks=1,
        quality=45,
    ),
    "poor": Scanner(
        dpi=150,
        skew=1.3,
        blur=0.65,
        fade=0.52,
        dropout=0.4,
        noise=7.5,
        specks=30,
        streaks=1,
        quality=40,
    ),
    "fax": Scanner(
        dpi=200,
        skew=0.9,
        blur=0.7,
        fade=0.75,
        dropout=0.35,
        noise=9.0,
        specks=60,
        streaks=1,
        quality=0,
    ),
}


def smooth_field(
    rng: np.random.Generator, shape: tuple[int, int], low: float, high: float
) -> Field:
    """Return a slowly changing field between `low` and `high` over the page."""
    coarse = rng.uniform(0.0, 1.0, (7, 5)).astype(np.float32)
    wide = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(low + (high - low) * np.clip(wide, 0.0, 1.0), dtype=np.float32)


def fade(page: Field, scanner: Scanner, rng: np.random.Generator) -> Field:
    """Return the page with uneven, grainy toner."""
    toner = smooth_field(rng, page.shape, scanner.fade, 1.0)
    grain = cv2.GaussianBlur(rng.standard_normal(page.shape, dtype=np.float32), (0, 0), 0.8)
    strength = np.clip(toner * (1.0 - scanner.dropout * np.abs(grain)), 0.0, 1.0)
    return np.asarray(255.0 - (255.0 - page) * strength, dtype=np.float32)


def skew_matrix(
    width: int, height: int, scanner: Scanner, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the 2 x 3 matrix that takes page pixels to scan pixels: a small turn about the middle and a small shift."""
    angle = rng.uniform(0.3, 1.0) * scanner.skew * rng.choice((-1.0, 1.0))
    matrix = np.asarray(
        cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), dtype=np.float64
    )
    matrix[:, 2] += rng.uniform(-0.004, 0.004, 2) * (width, height)
    return matrix


def soil(page: Field, scanner: Scanner, rng: np.random.Generator) -> Field:
    """Return the page with specks, streaks and the paper's and sensor's noise."""
    height, width = page.shape
    soiled = page.copy()
    for _ in range(rng.poisson(scanner.specks)):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(
            soiled, centre, int(rng.integers(0, 2)), float(rng.uniform(20, 160)), -1, cv2.LINE_AA
        )
    for _ in range(rng.poisson(scanner.streaks)):
        column = int(rng.integers(width))
        soiled[:, column : column + 1] = np.minimum(
            soiled[:, column : column + 1], float(rng.uniform(170, 225))
        )
    paper = smooth_field(rng, page.shape, 240.0, 250.0) / 255.0
    return np.asarray(
        soiled * paper + scanner.noise * rng.standard_normal(page.shape, dtype=np.float32),
        dtype=np.float32,
    )


def jpeg(page: Grey, quality: int) -> bytes:
    """Return the grey page as a JPEG file."""
    return bytes(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())


def group4(page: Grey) -> bytes:
    """Return the page's CCITT group 4 stream, 1 for black, which is up to grey level 150."""
    out = io.BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[ROWS_PER_STRIP] = page.shape[0]
    Image.fromarray(page <= 150).save(out, "TIFF", compression="group4", tiffinfo=tags)
    out.seek(0)
    with TiffImagePlugin.TiffImageFile(out) as tiff:
        (start,), (length,) = tiff.tag_v2[STRIP_OFFSETS], tiff.tag_v2[STRIP_BYTES]
    return out.getvalue()[start : start + length]


def scan(
    page: Grey, scanner: Scanner, rng: np.random.Generator
) -> tuple[Grey, NDArray[np.float64]]:
    """Return the scanned page and the 2 x 3 matrix that takes its printed points to scanned points."""
    height, width = page.shape
    matrix = skew_matrix(width, height, scanner, rng)
    blurred = cv2.GaussianBlur(fade(page.astype(np.float32), scanner, rng), (0, 0), scanner.blur)
    turned = cv2.warpAffine(
        blurred,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255.0,),
    )
    grey = np.clip(soil(np.asarray(turned, dtype=np.float32), scanner, rng), 0, 255).astype(
        np.uint8
    )
    points = matrix.copy()
    points[:, 2] *= 72 / scanner.dpi
    return grey, points


def turn(grey: Grey, degrees: int) -> Grey:
    """Return the page turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(grey, -degrees // 90))


def encode(grey: Grey, scanner: Scanner) -> PageImage:
    """Return the page's image as the scanner stores it."""
    height, width = grey.shape
    data = jpeg(grey, scanner.quality) if scanner.quality else group4(grey)
    return PageImage(
        width, height, scanner.dpi, data, "DCTDecode" if scanner.quality else "CCITTFaxDecode"
    )
