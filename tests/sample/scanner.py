"""Simulates scanners: a page's grey rendering in, a skewed, faded, specked and compressed image
out, the same for the same seed.

Long: the steps of a scan in their order, and each way to store a picture.
"""

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from tests.sample.damage import NONE, Curl, Damage, Lean, Lid, Streak, bend, bent_point, cover
from tests.sample.overlay import Layer, Seals, Watermark
from tests.sample.pdf import PageImage

Grey = NDArray[np.uint8]
Field = NDArray[np.float32]
STRIP_OFFSETS, STRIP_BYTES, ROWS_PER_STRIP = 273, 279, 278


@dataclass(frozen=True)
class Scanner:
    """What a scanner does to a page: dots per inch, skew in degrees, blur and noise as standard
    deviations (pixels, grey levels).

    `fade` is the share of black that is left where the toner is thinnest, `toner` the share that is
    left of all print, `dropout` the grain of the strokes; `quality` is the JPEG's or JPEG 2000's, 0
    for a 1-bit image. `colour` scans keep the colours of seals and stamps, which are grey on the
    others. `storage` names how the image is stored: "" (JPEG, or group 4 for 1 bit), "jpx", "jbig2"
    or "dithered" (1 bit in Floyd and Steinberg's way).
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
    toner: float = 1.0
    colour: bool = False
    storage: str = ""
    damage: Damage = NONE
    seals: Seals | None = None
    watermark: Watermark | None = None


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
DAMAGED = {  # what real scans have beyond noise
    "leaning": replace(
        SCANNERS["office"],
        quality=40,
        storage="jpx",
        damage=Damage(lean=Lean(0.1, -0.7), lid=Lid(("right", "bottom"), 2.0, 90.0)),
    ),
    "spine": replace(
        SCANNERS["office"],
        dpi=150,
        quality=60,
        damage=Damage(curl=Curl(), lid=Lid(("left", "top"), 4.0, 30.0), streaks=(Streak(),)),
    ),
    "book": replace(
        SCANNERS["office"], damage=Damage(lean=Lean(0.5, -0.3), curl=Curl(depth=0.006))
    ),
    "sealed": replace(
        SCANNERS["office"], quality=60, colour=True, seals=Seals(on_edge=True, incoming=True)
    ),
    "sealed-grey": replace(SCANNERS["office"], seals=Seals(on_text=2)),
    "watermarked": replace(SCANNERS["office"], watermark=Watermark()),
    "dithered": replace(
        SCANNERS["clean"], dpi=200, skew=0.7, noise=6.0, quality=0, storage="dithered"
    ),
    "copied": replace(
        SCANNERS["fax"],
        noise=6.0,
        storage="jbig2",
        damage=Damage(
            lean=Lean(0.5, -0.4),
            lid=Lid(("top", "right"), 5.0, 20.0),
            streaks=(Streak("down", 1, 90.0, 12.0),),
        ),
    ),
    "faint": replace(SCANNERS["office"], fade=0.5, toner=0.45, noise=5.0),
    "worn": replace(SCANNERS["fax"], fade=0.6, dropout=0.5, noise=16.0, specks=300),
}
EVERY = SCANNERS | DAMAGED


def smooth_field(
    rng: np.random.Generator, shape: tuple[int, int], low: float, high: float
) -> Field:
    """Return a slowly changing field between `low` and `high` over the page."""
    coarse = rng.uniform(0.0, 1.0, (7, 5)).astype(np.float32)
    wide = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(low + (high - low) * np.clip(wide, 0.0, 1.0), dtype=np.float32)


def fade(page: Field, scanner: Scanner, rng: np.random.Generator) -> Field:
    """Return the page with uneven, grainy toner."""
    toner = smooth_field(rng, page.shape, scanner.fade, 1.0) * scanner.toner
    grain = cv2.GaussianBlur(rng.standard_normal(page.shape, dtype=np.float32), (0, 0), 0.8)
    strength = np.clip(toner * (1.0 - scanner.dropout * np.abs(grain)), 0.0, 1.0)
    return np.asarray(255.0 - (255.0 - page) * strength, dtype=np.float32)


def skew_matrix(
    width: int, height: int, scanner: Scanner, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the 2 x 3 matrix that takes page pixels to scan pixels: a small turn about the middle
    and a small shift.
    """
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
    """Return the grey or coloured page as a JPEG file."""
    stored = page if page.ndim == 2 else cv2.cvtColor(page, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", stored, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())


def jpeg2000(page: Grey, times: int) -> bytes:
    """Return the grey or coloured page as a JPEG 2000 file, so many times smaller than its
    pixels.
    """
    out = io.BytesIO()
    Image.fromarray(page).save(
        out, "JPEG2000", quality_mode="rates", quality_layers=[times], irreversible=True
    )
    return out.getvalue()


def dithered(page: Grey) -> bytes:
    """Return the page as packed 1-bit rows, 0 for black, in which grey is so many black dots; paper
    above grey level 245 is white.
    """
    spread = np.clip((page.astype(np.float32) - 40.0) * 255.0 / 205.0, 0, 255).astype(np.uint8)
    return zlib.compress(
        np.packbits(np.asarray(Image.fromarray(spread).convert("1")), axis=1).tobytes(), 9
    )


def jbig2(page: Grey) -> bytes:
    """Return the page as a JBIG2 stream for PDF: one segment of the page's size, one of its rows in
    group 4's way (ITU-T T.88, 7.4).
    """
    height, width = page.shape
    # at the corner, laid over by OR; coded by MMR
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + group4(page)
    head = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    segments = ((0, 48, head), (1, 38, region))
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
        for number, kind, data in segments
    )


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
    page: Grey, scanner: Scanner, rng: np.random.Generator, layers: Sequence[Layer] = ()
) -> tuple[Grey, NDArray[np.float64]]:
    """Return the scanned page (rows, columns; with a third axis of red, green, blue where the
    scanner has colour) and the 2 x 3 matrix.

    The matrix takes printed points to scanned points, but for the bends, which `bent` adds.
    `layers` are inks over the print.
    """
    height, width = page.shape
    matrix = skew_matrix(width, height, scanner, rng)
    blurred = cv2.GaussianBlur(fade(page.astype(np.float32), scanner, rng), (0, 0), scanner.blur)
    print_only = moved(np.asarray(blurred, dtype=np.float32), matrix, scanner, 255.0)
    soiled = soil(
        cover(print_only, scanner.damage, scanner.dpi, rng)
        if scanner.damage != NONE
        else print_only,
        scanner,
        rng,
    )
    inks = [
        replace(ink, cover=np.clip(moved(ink.cover, matrix, scanner, 0.0), 0.0, 1.0))
        for ink in layers
    ]
    points = matrix.copy()
    points[:, 2] *= 72 / scanner.dpi
    return seen(soiled, inks, scanner), points


def moved(page: Field, matrix: NDArray[np.float64], scanner: Scanner, paper: float) -> Field:
    """Return the page skewed, then bent."""
    size = (page.shape[1], page.shape[0])
    turned = cv2.warpAffine(
        page,
        matrix,
        size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(paper,),
    )
    return bend(np.asarray(turned, dtype=np.float32), scanner.damage, paper)


def seen(page: Field, inks: Sequence[Layer], scanner: Scanner) -> Grey:
    """Return what the sensor sees of print under inks: what an ink's colour lets through of the
    light that the print leaves.
    """
    if not inks and not scanner.colour:
        return np.clip(page, 0, 255).astype(np.uint8)
    light = np.repeat(page[:, :, np.newaxis], 3, axis=2)
    for ink in inks:
        light *= 1.0 - ink.cover[:, :, np.newaxis] * (1.0 - np.array(ink.colour, dtype=np.float32))
    rgb = np.clip(light, 0, 255).astype(np.uint8)
    return (
        rgb if scanner.colour else np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    )


def bent(scanner: Scanner, size: tuple[int, int]) -> Callable[[float, float], tuple[float, float]]:
    """Return what takes points of a page of this width and height, in pixels, from where the skew
    put them to where they stand bent.
    """
    scale = scanner.dpi / 72

    def move(x: float, y: float) -> tuple[float, float]:
        across, down = bent_point(x * scale, y * scale, (size[1], size[0]), scanner.damage)
        return across / scale, down / scale

    return move


def turn(grey: Grey, degrees: int) -> Grey:
    """Return the page turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(grey, -degrees // 90))


def encode(picture: Grey, scanner: Scanner) -> PageImage:
    """Return the page's image as the scanner stores it."""
    height, width = picture.shape[:2]
    stores: dict[str, tuple[Callable[[Grey], bytes], str]] = {
        "": (lambda page: jpeg(page, scanner.quality), "DCTDecode")
        if scanner.quality
        else (group4, "CCITTFaxDecode"),
        "jpx": (lambda page: jpeg2000(page, scanner.quality), "JPXDecode"),
        "jbig2": (jbig2, "JBIG2Decode"),
        "dithered": (dithered, "FlateDecode"),
    }
    store, name = stores[scanner.storage]
    return PageImage(
        width, height, scanner.dpi, store(picture), name, 3 if picture.ndim == 3 else 1
    )
