"""The path from a scan to published tables.

``add FILE`` and then ``dvc repro``, or ``run FILE``; dvc.yaml runs the stages one by one.

Long: every stage has its function here, and every command calls them: one file shows the path.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from resource import RLIM_INFINITY

from extract.tasks import PRELOADED
from runs.boundary import end_at_once, guarded, keep_terminal, say
from runs.command_line import COMMANDS, STAGES, parse
from runs.commands import PROGRAM
from runs.dvc_state import check_dvc
from runs.failures import noting_failure
from runs.left_out import left_out, load_and_call
from runs.limits import held_to
from runs.lock import only_run
from runs.memory import check_memory, collect_rarely, give_memory_back, keep_what_is_loaded
from runs.processes import Submit, end_with_parent, get_ready, helper, in_turn
from runs.progress import Progress
from runs.signals import hear_signals
from schemas.decisions.files import is_decisions, take_in
from schemas.destination import check_archive, check_destination, check_unlisted
from schemas.documents import (
    add_document,
    check_file,
    check_raw,
    corrections_of,
    document_name,
    source_of,
)
from schemas.errors import InputError, LayoutError, NoProject, TableError
from schemas.project.own_code import CODE, INSTALLED
from schemas.project.places import cache_folder, home, pages_folder, project_at_hand
from schemas.settings import Params, Settings, load_params, with_jobs

PROJECT = home()
_RENDER = (load_and_call, "audit.review", "render_ahead")
_LOAD = (load_and_call, "audit.review", "load_ahead")
_DRAW = (load_and_call, "audit.review", "draw_ahead")
_SEARCHABLE = (load_and_call, "audit.searchable", "make_searchable")
# how a document of an archive is run; -P: what stands where it is called is none of our modules
_OWN_PROGRAM = ("-P", "-m", "programme_tables") if INSTALLED else (str(CODE / "pipeline.py"),)
# what the stages after extraction load
_LATER = ("audit.searchable", "normalize.rows.stage", "normalize.tables.stage", "publish.stage")
_ASKING = ("diff", "explain")
_SERVING = "a review page of this document is being served"
_LONG = 100  # pages; of a shorter document all is done in one process, with a helper beside it
_REVIEW = (load_and_call, "audit.review", "make_review")


def run(source: Path, out: Path, settings: Settings, patience: float = 0.0) -> None:
    """The whole path for one file; its intermediates go to ``work`` beside ``out``.

    If another run of the same document is at work, it is waited for ``patience`` seconds.
    """
    work = out.parent / "work" / out.name
    check_destination(out, source, document_name(source), PROJECT)
    with only_run(work, patience), noting_failure(work):
        extract(source, work, settings, load_knowledge)
        if page_count(work) > _LONG:
            _run_long(source, work, out, settings)
            return
        with _helper(settings) as submit:
            submit(*_RENDER, work, source)
            submit(*_LOAD, _previous(out))
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
    corrections = corrections_of(source)
    with naming(source):
        normalize("normalize.rows.stage", "run_rows", work)
        normalize("normalize.repair.stage", "run_repair", work)
        normalize("normalize.tables.stage", "run_tables", work, source, corrections, settings)
    publish(work, source, out, settings, in_turn)


@contextmanager
def naming(source: Path) -> Iterator[None]:
    """Errors about a document's layout or rows get its file's name in front of their place.

    The stages after extraction do not know that name.
    """
    try:
        yield
    except (InputError, LayoutError) as error:
        said = error.where in ("the document", "the text", source.name)
        where = "" if said else f", {error.where}"
        raise type(error)(error.what, source.name + where, error.what_to_do) from error
    except TableError as error:
        raise TableError(error.breaches, source.name) from error


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
    """What the stages after extraction need: their code, the lists of bodies, the language's
    model.
    """
    from normalize.bodies.heads import compounds
    from normalize.repair import stage

    for module in _LATER:
        import_module(module)
    compounds()
    stage.load_knowledge()
    keep_what_is_loaded()


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

    with naming(source):
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
    Decisions of people that could not be used are told first, one a line.
    """
    from audit.searchable import add_metadata
    from publish import stage
    from publish.told import told_at_once

    for line in told_at_once(work):
        say(line)
    versions = stage.versions(work, source, settings)
    pdf = searchable or submit(*_SEARCHABLE, work, source)
    page: Callable[[], Path] = submit(*_REVIEW, work, source, out, _previous(out), versions)

    def review() -> Path:
        pdf()
        add_metadata(work)
        return page()

    stage.run(work, out, settings, versions, review)


def _previous(out: Path) -> Path | None:
    """What was published before, if anything: refused tables alone make a folder too."""
    return out if (out / "datapackage.json").exists() else None


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
    with only_run(work), noting_failure(work):
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
    program = (sys.executable, *_OWN_PROGRAM, "--params", str(arguments.params.resolve()))
    whole = documents.Archive(arguments.folder, arguments.out, program, params)
    done = Counter(
        outcome.status for outcome in documents.run(whole, arguments.scheduler, Progress())
    )
    others = documents.other_files(whole)
    left = f"; left, for no run reads them: {', '.join(sorted(others))} ({others.total()} files)"
    return (
        f"{arguments.out / SUMMARY}: {done['published']} documents published, {done['unchanged']} "
        f"unchanged{left if others else ''}"
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
    act_on = _ACTS.get(arguments.command, _run_stage)
    return act_on(arguments, params)


def _run_stage(arguments: argparse.Namespace, params: Params) -> str:
    """Run one stage as dvc.yaml does, from the project's folder.

    After the last stage it returns a line on what was found, after the first one on what is not
    installed, else an empty text.
    """
    os.chdir(PROJECT)
    run_stage(arguments.command, arguments.document, params)
    out = Path("out", arguments.document)
    if arguments.command == "extract":
        return _not_installed(source_of(arguments.document, params))
    return f"{out} is published{_found(out)}" if arguments.command == "publish" else ""


def _not_installed(source: Path) -> str:
    """What the system has not got although a scan is read better with it, as a line to print."""
    if source.suffix.lower() == ".txt":
        return ""
    from extract.engines.tesseract import missing_packages

    missing = missing_packages()
    return f"  missing {' and '.join(missing)}: with it less is left in review" if missing else ""


def _cache(arguments: argparse.Namespace, _: Params) -> str:
    from extract.page_cache import PageCache

    works = arguments.work or PROJECT / "out" / "work"
    kept = works / ".pages" if arguments.work else pages_folder(works)
    return PageCache(kept).told(arguments.trim)


def _check(_: argparse.Namespace, params: Params) -> str:
    check_dvc(PROJECT)
    check_raw(PROJECT / "raw", params)
    return ""


def _run(arguments: argparse.Namespace, params: Params) -> str:
    """The command run; what was found."""
    if arguments.end_with_parent:
        end_with_parent()
    begun, document = time.monotonic(), document_name(arguments.file)
    settings = with_jobs(params.of(document), arguments.jobs)
    out = arguments.out or Path("out", document)
    check_unlisted(out, document, PROJECT, params.documents)
    run(arguments.file, out, settings, arguments.wait)
    seconds = time.monotonic() - begun
    missing = _not_installed(arguments.file)
    return "\n".join(
        filter(None, [f"{out} is published, in {seconds:.1f} s{_found(out)}", missing])
    )


def _project(command: str) -> Path:
    """The project's folder, for a command that works on its documents; raises NoProject."""
    if project_at_hand() is None:
        what_to_do = "call it in the folder with params.yaml, dvc.yaml and raw/"
        raise NoProject(f"`{command}` works on the documents of a project", ".", what_to_do)
    return PROJECT


def _add(arguments: argparse.Namespace, _: Params) -> str:
    from schemas.project.listed_documents import replace_document

    file, raw = arguments.file, _project("add") / "raw"
    if is_decisions(file.name):
        return f"its decisions stand in raw/{take_in(file, raw).name}; `dvc repro` applies them"
    if arguments.replace is None:
        added = add_document(file, raw, arguments.params)
        return f"{added} is listed; `dvc repro` makes its tables"
    document = arguments.replace
    if not replace_document(file, document, raw, arguments.params):
        return f"{document} is this version already"
    return (
        f"{document} is a new version; `dvc repro` makes its tables, then see what changed: "
        f"`{PROGRAM} diff HEAD:out/{document} out/{document}`, `dvc metrics diff`"
    )


def _review(arguments: argparse.Namespace, params: Params) -> str:
    from audit.station.served import load_station, serve
    from normalize.tables.typed.check import check_typed
    from normalize.tables.typed.known import load_document

    document, project = arguments.document, _project("review")
    source, work = project / source_of(document, params), project / "out" / "work" / document

    def check(table: str, row_id: str, column: str, value: str) -> Mapping[str, object]:
        found = check_typed(table, column, value, typed_in().at(table, row_id, column))
        return {**asdict(found), "fits": found.fits}

    typed_in = cache(partial(load_document, work, params.of(document).bodies))
    with only_run(work / "sitting", doing=_SERVING):
        serve(load_station(work, source, check), say)
    return f"raw/{source.stem}.corrections.csv holds what was decided; `dvc repro` applies it"


def _remove(arguments: argparse.Namespace, params: Params) -> str:
    from schemas.project.listed_documents import check_removal, remove_document

    project, document = _project("remove"), arguments.document
    check_removal(document, project, params, with_decisions=arguments.with_decisions)
    work = project / "out" / "work" / document
    with only_run(work), only_run(work / "sitting", doing=_SERVING):
        remove_document(document, project, arguments.params)
    return (
        f"{document} is removed, with its files in raw/ and what was made of it below out/; "
        "`dvc gc --workspace` clears DVC's cache of it"
    )


def _status(arguments: argparse.Namespace, params: Params) -> str:
    from publish import status

    if arguments.folder is None and project_at_hand():
        found = status.of_project(PROJECT, params)
    else:
        found = status.of_folder(arguments.folder or Path("out"))
    return status.to_json(found) if arguments.json else status.to_text(found)


def _learn(_: argparse.Namespace, params: Params) -> str:
    _project("learn")
    counted = (
        f"{learn(params)} corrections counted; `dvc repro` reads the documents with what they teach"
    )
    return (
        f"{counted}; {offer(params)} names of bodies that recur and no list has stand in "
        f"{OFFERED.name}"
    )


_ACTS: Mapping[str, Callable[[argparse.Namespace, Params], str]] = {
    "run": _run,
    "archive": archive,
    "add": _add,
    "review": _review,
    "remove": _remove,
    "status": _status,
    "learn": _learn,
    "cache": _cache,
    "check": _check,
}


def _found(out: Path) -> str:
    """What a published folder holds, behind what else is said of it."""
    from publish.told import told

    found = told(out)
    return f"\n{found}" if found else ""


def ask(arguments: argparse.Namespace) -> int:
    """Carry out a command that looks at what is published, and prints itself; the exit code."""
    from audit import diff, explain

    if arguments.command == "diff":
        return diff.run(arguments)
    explain.run(arguments)
    return 0


def main(argv: Sequence[str]) -> int:
    """Run the command line ``argv``; the exit code."""
    os.umask(0o077)  # the documents' handling notice forbids passing them on
    command = next((word for word in argv if word in COMMANDS), PROGRAM)
    reports = PROJECT / "out" / "work" if project_at_hand() else cache_folder() / "reports"

    def run_it() -> int:
        arguments = parse(argv, PROJECT)
        if arguments.command in _ASKING:
            return ask(arguments)
        if said := act(arguments):
            say(said)
        return 0

    # as other programs that compare have it: 1 is a difference, 2 is trouble
    return guarded(run_it, command, [reports], 2 if command == "diff" else None)


def command() -> None:
    """The program: it runs its command line, and ends with the exit code."""
    keep_terminal()
    hear_signals()
    collect_rarely()
    with left_out():
        end_at_once(main(sys.argv[1:]))


if __name__ == "__main__":
    command()
