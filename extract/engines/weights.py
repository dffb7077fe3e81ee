"""The line recogniser's weights: two data files of an installed distribution.

They are used only if they are those that were measured.
"""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

DISTRIBUTION = "asterocr"
VERSION = "1.0.2"
WEIGHTS = "asterocr/assets/asternet.onnx"
VOCABULARY = "asterocr/assets/vocab.json"
SHA256 = {
    WEIGHTS: "10c96b533e1f64031d73edfddafd7d4b13595544f11891f0531bcd72cb29be80",
    VOCABULARY: "82c6df018ceca8c10876947e0f7df798ed321825276ed7f3bb12ae3ed6dc647b",
}


class RefusedWeights(Exception):
    """The installed weights are not the ones that were measured; the run goes on without this
    witness.
    """


def checked_file(name: str) -> Path:
    """The path of a data file of the distribution.

    Raises RefusedWeights where it is missing or not the one that was measured.
    """
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError as missing:
        raise RefusedWeights(f"{DISTRIBUTION} {VERSION} is not installed") from missing
    if installed.version != VERSION:
        raise RefusedWeights(
            f"{DISTRIBUTION} {installed.version} is installed, {VERSION} was measured"
        )
    path = Path(str(installed.locate_file(name)))
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as unreadable:
        raise RefusedWeights(
            f"{path} cannot be read; install {DISTRIBUTION} {VERSION} anew"
        ) from unreadable
    if found != SHA256[name]:
        raise RefusedWeights(
            f"{path} is not the file that {DISTRIBUTION} {VERSION} carries; install it anew"
        )
    return path


def recogniser_version() -> str:
    """The version of the line recogniser with a hash of its files; empty where it would be left
    out.
    """
    try:
        for name in SHA256:
            checked_file(name)
    except RefusedWeights:
        return ""
    return f"{DISTRIBUTION} {VERSION} (sha256 {SHA256[WEIGHTS]})"
