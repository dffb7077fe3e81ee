"""params.yaml as frozen dataclasses that refuse unknown keys and impossible values.

Long: the sections of params.yaml and the check that fills them are read together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from schemas.errors import SettingsError
from schemas.plain_yaml import load_plain

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# the folder of an archive's tables as one Parquet data set each, partitioned by document
DATASET = "dataset"
RESERVED = frozenset({"work", DATASET})  # no document's names; out/work holds the intermediates
_HUGE = 10**15  # a whole number that no share or time is, and that may be too large for a fraction
_SHOWN = 30  # digits of a number that is shown
_Section = TypeVar("_Section")
_EXPECT = "expect"
EXPECTED_KINDS = ("tasks", "indicators", "growth")


def bounds(default: Any, low: float, high: float) -> Any:
    """A number's default with the closed range that it must lie in."""
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True)
class ExtractSettings:
    """How pages are read."""

    # dots per inch of the one rendering; more than 350 does not help
    dpi: int = bounds(200, 100, 400)
    page_time_limit_s: float = bounds(120.0, 1.0, 3600.0)  # seconds that a page may take
    # pages read at once, or runs of Tesseract for the pictures of fewer pages; 0: one for each core
    jobs: int = bounds(0, 0, 256)


@dataclass(frozen=True)
class RepairSettings:
    """How misread words are mended."""

    fast: bool = False  # one witness only: quicker, with more left in review


@dataclass(frozen=True)
class BodiesSettings:
    """How a printed name is matched to the list of bodies; scores are rapidfuzz's 0 to 100."""

    floor: float = bounds(88.0, 50.0, 100.0)  # the least score of a match
    gap: float = bounds(3.0, 0.0, 50.0)  # by how much the best must beat the second


@dataclass(frozen=True)
class GateSettings:
    """What forbids publication."""

    # gaps in the tables' own numbering; a page that was not scanned makes one or two
    max_missing_rows: int = bounds(2, 0, 10_000)
    # of a closed column's values, such as deadline_kind
    max_unknown_share: float = bounds(0.40, 0.0, 1.0)
    max_review_share: float = bounds(0.25, 0.0, 1.0)  # of all cells
    max_restored_share: float = bounds(0.08, 0.0, 1.0)  # of all row numbers; fewer than five never
    max_dropped_columns: int = bounds(0, 0, 1000)  # columns of tables that are published nowhere


@dataclass(frozen=True)
class CacheSettings:
    """What is kept of pages that were read; it decides nothing of what is published."""

    # a page takes some 10 kB; what was longest unused goes first
    limit_mb: int = bounds(1000, 0, 1_000_000)


@dataclass(frozen=True)
class Contributor:
    """Who contributed to the tables, as the data package names them."""

    title: str = ""  # a person's or organisation's name
    path: str = ""  # a page about them
    email: str = ""
    organization: str = ""
    roles: tuple[str, ...] = ()  # such as creator, contact, dataCurator


@dataclass(frozen=True)
class License:
    """Under what the tables may be used."""

    name: str = ""  # as the Open Definition writes it, such as CC-BY-4.0
    path: str = ""
    title: str = ""


# what an entry must have: one of these
_NAMED_BY: Mapping[type, tuple[str, ...]] = {Contributor: ("title",), License: ("name", "path")}


@dataclass(frozen=True)
class PackageSettings:
    """What the data package says that the document does not: the owner's own words."""

    # a day, such as 2026-01-31; no clock is asked, so that equal runs give equal bytes
    created: str = field(default="", metadata={"day": True})
    contributors: tuple[Contributor, ...] = ()
    licenses: tuple[License, ...] = ()


@dataclass(frozen=True)
class Settings:
    """All sections of params.yaml that hold numbers to turn.

    ``expect`` is a document's own: the kinds of tables that must be found in it (tasks, indicators,
    growth).
    """

    extract: ExtractSettings = field(default_factory=ExtractSettings)
    repair: RepairSettings = field(default_factory=RepairSettings)
    bodies: BodiesSettings = field(default_factory=BodiesSettings)
    gate: GateSettings = field(default_factory=GateSettings)
    cache: CacheSettings = field(default_factory=CacheSettings)
    package: PackageSettings = field(default_factory=PackageSettings)
    expect: tuple[str, ...] = ()


@dataclass(frozen=True)
class Params:
    """The whole of params.yaml: file names by the documents' slugs, and settings.

    ``common`` are the settings of all documents, ``overrides`` those of documents that have their
    own.
    """

    documents: Mapping[str, str]
    common: Settings
    overrides: Mapping[str, Settings]

    def of(self, document: str) -> Settings:
        """The settings of one document: its own where it has some, else the common ones."""
        return self.overrides.get(document, self.common)


def with_jobs(settings: Settings, jobs: int | None) -> Settings:
    """The settings with another number of pages read at once, as given on the command line.

    Raises SettingsError outside its range.
    """
    if jobs is None:
        return settings
    (limits,) = (entry.metadata for entry in fields(ExtractSettings) if entry.name == "jobs")
    return replace(
        settings,
        extract=replace(
            settings.extract, jobs=_checked(jobs, int, limits, "the command line", "--jobs")
        ),
    )


def load_params(path: Path) -> Params:
    """The contents of a params.yaml; raises SettingsError with the key that is wrong."""
    return content_to_params(load_plain(path), str(path))


def content_to_params(content: object, where: str = "params.yaml") -> Params:
    """Params from YAML's plain mappings, checked."""
    top = _mapping(content, where, "the file")
    sections = {f.name for f in fields(Settings)} - {_EXPECT}
    _refuse_unknown(top, sections | {"documents"}, where, "")
    entries = {
        slug: _to_entry(slug, entry, where)
        for slug, entry in _mapping(top.get("documents"), where, "documents").items()
    }
    common = {name: _mapping(top.get(name), where, name) for name in sections}
    return Params(
        MappingProxyType({slug: entry["file"] for slug, entry in entries.items()}),
        _to_settings(common, where, ""),
        MappingProxyType(
            {
                slug: _overridden(common, own, where, slug)
                for slug, entry in entries.items()
                if (own := entry["settings"])
            }
        ),
    )


def _overridden(
    common: Mapping[str, Any], own: Mapping[str, Any], where: str, slug: str
) -> Settings:
    place = f"documents.{slug}.settings"
    _refuse_unknown(own, {*common, _EXPECT}, where, f"{place}.")
    expect = _expected(own.get(_EXPECT), where, f"{place}.{_EXPECT}")
    merged = {
        section: {**values, **_mapping(own.get(section), where, f"{place}.{section}")}
        for section, values in common.items()
    }
    return replace(_to_settings(merged, where, f"{place}."), expect=expect)


def _expected(value: object, where: str, key: str) -> tuple[str, ...]:
    """The kinds of tables that a document must have."""
    kinds = value if isinstance(value, list) else [value] if value is not None else []
    if not isinstance(value, list | None) or not all(kind in EXPECTED_KINDS for kind in kinds):
        raise SettingsError(
            f"{key} must be a list of kinds of tables",
            where,
            f"choose from {', '.join(EXPECTED_KINDS)}, for example [tasks, indicators]",
        )
    return tuple(dict.fromkeys(kinds))


def _to_settings(sections: Mapping[str, Mapping[str, Any]], where: str, prefix: str) -> Settings:
    types = get_type_hints(Settings)
    return Settings(
        **{
            name: _to_section(types[name], values, where, f"{prefix}{name}.")
            for name, values in sections.items()
        }
    )


def _to_section(
    kind: type[_Section], values: Mapping[str, Any], where: str, prefix: str
) -> _Section:
    if not is_dataclass(kind):
        raise TypeError(kind)
    types = get_type_hints(kind)
    _refuse_unknown(values, set(types), where, prefix)
    ranges = {f.name: f.metadata for f in fields(kind)}
    return kind(
        **{
            key: _checked_entries(value, types[key], where, prefix + key)
            if get_origin(types[key]) is tuple
            else _checked(value, types[key], ranges[key], where, prefix + key)
            for key, value in values.items()
        }
    )


def _checked_entries(value: Any, kind: Any, where: str, key: str) -> tuple[Any, ...]:
    """A list of texts, or of mappings each of which makes one ``kind``."""
    (entry_kind, _) = get_args(kind)
    if not isinstance(value, list):
        raise SettingsError(f"{key} must be a list", where, "write [] for none")
    if entry_kind is str:
        return tuple(_checked(entry, str, {}, where, key) for entry in value)
    made = tuple(_to_section(entry_kind, _mapping(e, where, key), where, f"{key}.") for e in value)
    named_by = _NAMED_BY[entry_kind]
    if not all(any(getattr(entry, name) for name in named_by) for entry in made):
        needed = " or a ".join(named_by)
        raise SettingsError(f"an entry of {key} has no {needed}", where, "name it")
    return made


def _checked(value: Any, kind: Any, limits: Mapping[str, Any], where: str, key: str) -> Any:
    if kind is float and type(value) is int and abs(value) < _HUGE:
        value = float(value)
    if type(value) is not kind:
        raise SettingsError(
            f"{key} must be of type {kind.__name__}, not {type(value).__name__}",
            where,
            "mend the value",
        )
    if "day" in limits and not _is_day_or_empty(value):
        raise SettingsError(f"{key} is no day", where, 'write it as "2026-01-31", or "" for none')
    if "low" in limits and not limits["low"] <= value <= limits["high"]:
        digits = len(str(value))
        told = str(value) if digits <= _SHOWN else f"a number of {digits} digits"
        raise SettingsError(
            f"{key} is {told}, outside {limits['low']:g} to {limits['high']:g}",
            where,
            "choose a value in that range",
        )
    return value


def _is_day_or_empty(text: str) -> bool:
    try:
        return text == "" or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _to_entry(slug: str, entry: object, where: str) -> dict[str, Any]:
    """One document's file name and own settings.

    Both keys must be there, because dvc.yaml names them.
    """
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise SettingsError(
            f"{slug!r} cannot be a document's name",
            where,
            "use small letters, digits, - and _, and neither `work` nor `dataset`",
        )
    values = _mapping(entry, where, f"documents.{slug}")
    name = values.get("file")
    if set(values) != {"file", "settings"} or type(name) is not str or not _is_file_of(slug, name):
        example = f"{{file: {slug}.pdf, settings: {{}}}}"
        raise SettingsError(
            f"documents.{slug} must name its file in raw/ and its own settings",
            where,
            f"write for example {example}",
        )
    return {
        "file": name,
        "settings": _mapping(values["settings"], where, f"documents.{slug}.settings"),
    }


def _is_file_of(slug: str, name: str) -> bool:
    """Whether this can be the name of a document's file in raw/."""
    return Path(name).name == name and Path(name).stem == slug and name.isprintable()


def _mapping(value: object, where: str, key: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise SettingsError(
            f"{key} must be a mapping of names to values",
            where,
            "mend the indentation or the value",
        )
    return value


def _refuse_unknown(given: Mapping[str, Any], known: set[str], where: str, prefix: str) -> None:
    for key in given:
        if key not in known:
            raise SettingsError(
                f"unknown key {prefix}{key}",
                where,
                f"known here: {', '.join(sorted(known)) or 'none'}",
            )
