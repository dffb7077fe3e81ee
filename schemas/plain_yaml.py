"""YAML as a settings file needs it: mappings, lists, numbers and texts.

Everything else that the language can do is refused, within a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from schemas.errors import SettingsError

_LONGEST = 1_000_000  # bytes of a file
_LONGEST_VALUE = 500  # letters of a key or value
_MOST = 50_000  # keys, values, beginnings and ends
_DEEPEST = 10  # levels
_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FASTEST):  # type: ignore[misc]
    """No key comes twice, and dates stay texts: no setting is one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping; raises ConstructorError for a key that comes twice or is no text."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                told = (
                    "a key that is no text"
                    if not isinstance(key, yaml.ScalarNode)
                    else f"the key {_shown(key.value)} comes twice"
                )
                raise yaml.constructor.ConstructorError(None, None, told, key.start_mark)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep))


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":merge"))]
    for first, found in _FASTEST.yaml_implicit_resolvers.items()
}


def load_plain(path: Path) -> object:
    """What a file holds; raises SettingsError, with the line where there is one."""
    content = _read(path)
    try:
        for number, event, depth in _events(content):
            _check(number, event, depth, path)
        return yaml.load(content, _Loader)  # noqa: S506 - a safe loader, made safer
    except yaml.MarkedYAMLError as error:
        where = _place(path, error.problem_mark)
        ours = isinstance(error, yaml.constructor.ConstructorError) and error.problem is not None
        what = str(error.problem) if ours else "not valid YAML"
        raise SettingsError(what, where, "mend the line, or the one above it") from error
    except yaml.YAMLError as error:
        raise SettingsError(
            "not a text in UTF-8", str(path), "restore it from the repository"
        ) from error
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise SettingsError(
            "a value cannot be read", str(path), "write numbers and words as params.yaml does"
        ) from error


def _read(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise SettingsError(
            "this is not a file", str(path), "give the path of a file such as params.yaml"
        )
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
        if len(content) > _LONGEST:
            raise SettingsError(
                f"the file is longer than {_LONGEST} bytes",
                str(path),
                "restore it from the repository",
            )
        return content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise SettingsError(
            "the file is missing",
            str(path),
            "restore it from the repository, or give the path of a file that is there",
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            "not a text in UTF-8", str(path), "restore it from the repository"
        ) from error


def _events(content: str) -> Iterator[tuple[int, Any, int]]:
    """The events of the parser one after another, each with its number and its depth.

    Nothing is built from them yet, so that no file can ask for much memory.
    """
    depth = 0
    for number, event in enumerate(yaml.parse(content, _Loader)):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        yield number, event, depth


def _check(number: int, event: Any, depth: int, path: Path) -> None:
    what = ""
    if number > _MOST:
        what = f"more than {_MOST} keys and values"
    elif depth > _DEEPEST:
        what = f"more than {_DEEPEST} levels in one another"
    elif getattr(event, "anchor", None) is not None:
        what = "a value that stands for another (& or *)"
    elif getattr(event, "tag", None) is not None:
        what = "a value with a type of its own (!)"
    elif isinstance(event, yaml.ScalarEvent) and len(event.value) > _LONGEST_VALUE:
        what = f"a value of {len(event.value)} letters"
    elif isinstance(event, yaml.ScalarEvent) and event.value == "<<":
        what = "a key that merges another (<<)"
    if what:
        raise SettingsError(
            what, _place(path, event.start_mark), "write it out, as params.yaml does"
        )


def _place(path: Path, mark: Any) -> str:
    return f"{path}, line {1 if mark is None else mark.line + 1}"


def _shown(key: str) -> str:
    return key if key.isprintable() and len(key) <= 60 else repr(key[:60])
