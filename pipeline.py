"""The path from a scan to published tables.

``add FILE`` and then ``dvc repro``, or ``run FILE --out DIR``; dvc.yaml runs the stages one by one.

Long: every stage has its function here, and every command calls them: one file shows the path.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from resource import RLIM_INFINITY

from extract.tasks import PRELOADED
from runs.boundary import guarded, keep_terminal, say
from runs.command_line import COMMANDS, STAGES, parse
from runs.dvc_state import check_dvc
from runs.left_out import left_out, load_and_call
from runs.limits import held_to
from runs.lock import only_run
from runs.memory import check_memory, collect_rarely, give_memory_back
from runs.processes import Submit, end_with_parent, get_ready, helper, in_turn
from runs.progress import Progress
from runs.signals import hear_signals
from schemas.destination import check_archive, check_destination, check_unlisted
from schemas.documents import (
    add_document,
    check_file,
    check_raw,
    corrections_of,
    document_name,
    source_of,
)
from schemas.errors import InputError, LayoutError
from schemas.settings import Params, Settings, load_params, with_jobs

PROJECT = Path(__file__).parent
_RENDER = (load_and_call, "audit.review", "render_ahead")
_DRAW = (load_and_call, "audit.review", "draw_ahead")
_SEARCHABLE = (load_and_call, "audit.searchable", "make_searchable")
_LONG = 100  # pages; of a shorter document all is done in one process, with a helper beside it
_REVIEW = (load_and_call, "audit.review", "make_review")


def run(source: Path, out: Path, settings: Settings, patience: float = 0.0) -> None:
    """The whole path for one file; its intermediates go to ``work`` beside ``out``.

    If another run of the same document is at work, it is waited for ``patience`` seconds.
    """
    work = out.parent / "work" / out.name
    check_destination(out, source, document_name(source), PROJECT)
    with only_run(work, patience):
        extract(source, work, settings, load_knowledge)
        if page_count(work) > _LONG:
            _run_long(source, work, out, settings)
            return
        with _helper(settings) as submit:
            submit(*_RENDER, work, source)
            with _held(work, source, settings):
                with naming(source):
                    rows(work)
                repair(work)
                submit(*_DRAW, work, source)
                searchable = submit(*_SEARCHABLE, work, source)
                tables(work, source, settings)
            publish(work, source, out, settings, submit, searchable)


def page_count(work: Path) -> int:
    """How many pages were extracted."""
    from schemas.files import read
    from schemas.frames import Pages

    return len(read(Pages, work / "extract" / "pages.parquet", "page_no"))


def _run_long(source: Path, work: Path, out: Path, settings: Settings) -> None:
    """The stages after extraction, each in a process of its own.

    So memory hardly grows with the number of pages.
    """
    from normalize.repair import stage

    stage.forget_knowledge()
    give_memory_back()
    # the limit is for pictures that come from a file of others: these stages read what this run has
    # made
    normalize = partial(in_turn, load_and_call, most_memory=RLIM_INFINITY)
    with naming(source):
        normalize("normalize.rows.stage", "run_rows", work)
    normalize("normalize.repair.stage", "run_repair", work)
    corrections = corrections_of(source)
    normalize("normalize.tables.stage", "run_tables", work, source, corrections, settings)
    publish(work, source, out, settings, in_turn)


@contextmanager
def naming(source: Path) -> Iterator[None]:
    """Errors about a document's layout get its file's name in front of their place.

    The stages after extraction do not know that name.
    """
    try:
        yield
    except (InputError, LayoutError) as error:
        said = error.where in ("the document", "the text", source.name)
        where = "" if said else f", {error.where}"
        raise type(error)(error.what, source.name + where, error.what_to_do) from error


def extract(
    source: Path, work: Path, settings: Settings, meanwhile: Callable[[], object] = bool
) -> None:
    """Scan to pages, blocks and words.

    ``meanwhile`` is called in this process while other processes read the pages.
    """
    from extract import stage

    check_file(source)
    progress = Progress()
    try:
        stage.run(source, work, settings, progress, meanwhile)
    finally:
        progress.finish()


def load_knowledge() -> None:
    """The lists of bodies and the model of the language, for the stages after extraction."""
    from normalize.repair import stage

    stage.load_knowledge()


def rows(work: Path) -> None:
    """Pages, blocks and words to rows and their printed words."""
    from normalize.rows import stage

    stage.run_rows(work)
    give_memory_back()


def repair(work: Path) -> None:
    """Printed words to repaired words."""
    from normalize.repair import stage

    stage.run_repair(work)
    stage.forget_knowledge()
    give_memory_back()


def tables(work: Path, source: Path, settings: Settings) -> None:
    """Repaired words to the tables of the contract."""
    from normalize.tables import stage

    stage.run_tables(work, source, corrections_of(source), settings)
    give_memory_back()


def publish(
    work: Path,
    source: Path,
    out: Path,
    settings: Settings,
    submit: Submit = partial,
    searchable: Callable[[], Path] | None = None,
) -> None:
    """Tables to ``out``, with the review page and the searchable PDF, all together or not at all.

    Review page and PDF are made through ``submit``, which may hand them to another process.
    """
    from audit.searchable import add_metadata
    from publish import stage

    versions = stage.versions(work, source, settings, PROJECT)
    # refused tables alone make a folder too
    previous = out if (out / "datapackage.json").exists() else None
    pdf = searchable or submit(*_SEARCHABLE, work, source)
    page: Callable[[], Path] = submit(*_REVIEW, work, source, out, previous, versions)

    def review() -> Path:
        pdf()
        add_metadata(work)
        return page()

    stage.run(work, out, settings, versions, review)


def _helper(settings: Settings) -> AbstractContextManager[Submit]:
    """A process beside this one that does what is submitted to it.

    With ``jobs: 1`` there is none: what is submitted is done in this process when its result is
    asked for.
    """
    return nullcontext(partial) if settings.extract.jobs == 1 else helper()


def run_stage(stage: str, document: str, params: Params) -> None:
    """One stage of one listed document, for dvc.yaml; paths are below the project's folder."""
    source, out, settings = source_of(document, params), Path("out", document), params.of(document)
    work = Path("out", "work", document)
    for kept in (Path("out"), Path(".dvc")):
        if kept.is_dir():
            # DVC makes its copies readable for all: the folders above them are not
            kept.chmod(0o700)
    check_destination(out, source, document, Path())
    with only_run(work):
        match stage:
            case "extract":
                extract(source, work, settings)
            case "rows" | "repair" | "tables":
                with _held(work, source, settings):
                    _normalize(stage, work, source, settings)
            case "publish":
                with _helper(settings) as submit:
                    publish(work, source, out, settings, submit)


def _normalize(stage: str, work: Path, source: Path, settings: Settings) -> None:
    match stage:
        case "rows":
            with naming(source):
                rows(work)
        case "repair":
            repair(work)
        case _:
            tables(work, source, settings)


def _held(work: Path, source: Path, settings: Settings) -> AbstractContextManager[None]:
    """The limits of time and memory for what a document's text asks for, by its pages."""
    return held_to(settings.extract.page_time_limit_s * page_count(work), source.name)


def archive(arguments: argparse.Namespace, params: Params) -> str:
    """Publish every document of a folder, each to its own folder in ``out``.

    Returns how many, and where their summary is, as a line to print.
    """
    from runs import archive as documents
    from runs.outcomes import SUMMARY

    check_archive(arguments.out, arguments.folder, PROJECT)
    program = (
        sys.executable,
        str(PROJECT / "pipeline.py"),
        "--params",
        str(arguments.params.resolve()),
    )
    whole = documents.Archive(arguments.folder, arguments.out, program, params)
    done = Counter(
        outcome.status for outcome in documents.run(whole, arguments.scheduler, Progress())
    )
    return (
        f"{arguments.out / SUMMARY}: {done['published']} documents published, {done['unchanged']} "
        "unchanged"
    )


def learn(params: Params) -> int:
    """Count the corrections of all listed documents into the table of misreadings; how many they
    were.
    """
    from normalize import learning

    sources = [PROJECT / "raw" / name for name in params.documents.values()]
    found = {
        corrections_of(source): "dump" if source.suffix == ".txt" else "vie" for source in sources
    }
    return learning.learn({path: witness for path, witness in found.items() if path is not None})


OFFERED = PROJECT / "out" / "bodies_unlisted.csv"


def offer(params: Params) -> int:
    """Write the names of bodies that recur in published documents and stand in no list; how many.

    They go to ``out/bodies_unlisted.csv``.
    """
    from normalize import learning

    found = (PROJECT / "out" / document / "bodies.csv" for document in params.documents)
    return learning.offer_bodies([path for path in found if path.exists()], OFFERED)


def act(arguments: argparse.Namespace) -> str:
    """Carry out one command; what there is to say of it."""
    if arguments.command in ("run", *STAGES):
        check_memory()
    if arguments.command == "run":
        get_ready(PRELOADED)  # first of all: what its processes load takes longer than settings
    params = load_params(arguments.params)
    match arguments.command:
        case "add":
            said = _add(arguments)
        case "learn":
            said = _learn(params)
        case "cache":
            from extract.page_cache import PAGES, PageCache

            said = PageCache(arguments.work / PAGES).told(arguments.trim)
        case "check":
            check_dvc(PROJECT)
            check_raw(PROJECT / "raw", params)
            said = ""
        case "run":
            said = _run(arguments, params)
        case "archive":
            said = archive(arguments, params)
        case stage:
            said = _run_stage(stage, arguments.document, params)
    return said


def _run_stage(stage: str, document: str, params: Params) -> str:
    """Run one stage as dvc.yaml does, from the project's folder.

    After the last stage it returns a line on what was found, else an empty text.
    """
    os.chdir(PROJECT)
    run_stage(stage, document, params)
    out = Path("out", document)
    return f"{out} is published{_found(out)}" if stage == "publish" else ""


def _run(arguments: argparse.Namespace, params: Params) -> str:
    """The command run; what was found."""
    if arguments.end_with_parent:
        end_with_parent()
    begun, document = time.monotonic(), document_name(arguments.file)
    settings = with_jobs(params.of(document), arguments.jobs)
    check_unlisted(arguments.out, document, PROJECT, params.documents)
    run(arguments.file, arguments.out, settings, arguments.wait)
    seconds = time.monotonic() - begun
    return f"{arguments.out} is published, in {seconds:.1f} s{_found(arguments.out)}"


def _add(arguments: argparse.Namespace) -> str:
    added = add_document(arguments.file, PROJECT / "raw", arguments.params)
    return f"{added} is listed; `dvc repro` makes its tables"


def _learn(params: Params) -> str:
    counted = (
        f"{learn(params)} corrections counted; `dvc repro` reads the documents with what they teach"
    )
    return (
        f"{counted}; {offer(params)} names of bodies that recur and no list has stand in "
        f"{OFFERED.name}"
    )


def _found(out: Path) -> str:
    """What a published folder holds, behind what else is said of it."""
    from publish.told import told

    found = told(out)
    return f"; {found}" if found else ""


def main(argv: Sequence[str]) -> int:
    """Run the command line ``argv``; the exit code."""
    os.umask(0o077)  # the documents' handling notice forbids passing them on
    command = next((word for word in argv if word in COMMANDS), "pipeline.py")

    def run_it() -> int:
        if said := act(parse(argv, PROJECT)):
            say(said)
        return 0

    return guarded(run_it, command, [PROJECT / "out" / "work"])


if __name__ == "__main__":
    keep_terminal()
    hear_signals()
    collect_rarely()
    with left_out():
        sys.exit(main(sys.argv[1:]))
