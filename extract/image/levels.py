"""Grey levels of a picture, found by counting its 256 levels: much faster than by sorting."""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


def median_level(picture: Grey) -> float:
    """What ``np.median`` returns of a picture that is not empty."""
    up_to = _counts(picture).astype(np.int64).cumsum()
    middles = np.searchsorted(up_to, [(picture.size - 1) // 2, picture.size // 2], side="right")
    return float(middles.mean())


def share_below(picture: Grey, share: float) -> float:
    """The grey level that so large a share of a picture is darker than."""
    up_to = np.cumsum(_counts(picture))
    return float(np.searchsorted(up_to, share * up_to[-1]))


def _counts(picture: Grey) -> NDArray[np.float32]:
    """How many pixels each level has: shape (256,)."""
    counts = cv2.calcHist([np.ascontiguousarray(picture)], [0], None, [256], [0, 256])
    return np.asarray(counts, np.float32).ravel()
