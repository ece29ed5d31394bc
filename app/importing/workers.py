"""The workers of an import: processes that check chunks of the file and stage the rows, each in a file of its own.

A worker lives as long as the pipe to its import: if that is killed, the pipe ends, and so does the worker.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import Any

from app.errors import UserError
from app.importing.job import Chunk, FileToImport, Progress, Stage, Tell
from app.trouble_words import user_error
from app.words import _, language, use_language
from db.errors import DatabaseUnavailable
from db.importing.parts import Part, StagingPlace
from db.kinds import ImportKind

_MOST_WORKERS = 4
_AHEAD = 2  # chunks that a worker has waiting, so that it never waits itself


@dataclass(frozen=True, slots=True)
class _Done:
    """A chunk was staged."""

    rows: int


@dataclass(frozen=True, slots=True)
class _Failed:
    """The whole file is no good: the parts of a UserError."""

    parts: tuple[str, str, str]


def stage_file(file: FileToImport, kind: ImportKind, place: StagingPlace, tell: Tell) -> int:
    """Stage all rows of the file; how many it had. Raises UserError. A small file needs no other process."""
    chunks = file.chunks()
    first = list(islice(chunks, 2))
    tell(Progress(Stage.READING, 0, 0.0))
    if len(first) < _AHEAD:
        rows = _stage_here(file, kind, place, first)
    else:
        with _workers(file, kind, place) as workers:
            rows = _share_out(chain(first, chunks), workers, tell)
    tell(Progress(Stage.READING, rows, 1.0))
    return rows


def _stage_here(file: FileToImport, kind: ImportKind, place: StagingPlace, chunks: list[Chunk]) -> int:
    part = Part(place.part_path(0), kind)
    try:
        return sum(_stage(file, part, chunk.content) for chunk in chunks)
    finally:
        part.close()


def _stage(file: FileToImport, part: Part, content: Any) -> int:
    checked = file.check(content)
    part.add(checked.rows, checked.refusals, checked.odd)
    return len(checked.rows) + len({one.row for one in checked.refusals})


@contextmanager
def _workers(file: FileToImport, kind: ImportKind, place: StagingPlace) -> Iterator[list[Connection]]:
    """Started with `spawn`, as everywhere: a fork would carry the program's threads and locks along."""
    spawn = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for number in range(min(_MOST_WORKERS, os.cpu_count() or 1)):
        ours, theirs = spawn.Pipe()
        words = (theirs, file, kind, str(place.part_path(number)), language())
        processes.append(spawn.Process(target=_work, args=words, name=f"import worker {number}"))
        processes[-1].start()
        theirs.close()
        pipes.append(ours)
    try:
        yield pipes
        for pipe in pipes:
            pipe.send(None)
        for process in processes:
            process.join()
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.close()
            process.terminate()
            process.join()


def _share_out(chunks: Iterator[Chunk], workers: list[Connection], tell: Tell) -> int:
    """Each worker has a chunk in work and one waiting."""
    waiting = dict.fromkeys(workers, 0)
    rows, share = 0, 0.0
    for chunk in chunks:
        while min(waiting.values()) >= _AHEAD:
            rows += _heard(waiting)
            tell(Progress(Stage.READING, rows, share))
        worker = min(workers, key=waiting.__getitem__)
        try:
            worker.send(chunk.content)
        except OSError as error:
            raise _died() from error
        waiting[worker] += 1
        share = chunk.share
    while any(waiting.values()):
        rows += _heard(waiting)
    return rows


def _heard(waiting: dict[Connection, int]) -> int:
    """What workers have done since the last time. Raises UserError."""
    rows = 0
    for worker in wait([one for one, count in waiting.items() if count]):
        assert isinstance(worker, Connection)
        try:
            answer = worker.recv()
        except (EOFError, OSError) as error:  # how its end is seen depends on what was under way
            raise _died() from error
        if isinstance(answer, _Failed):
            raise UserError(*answer.parts)
        waiting[worker] -= 1
        rows += answer.rows
    return rows


def _died() -> UserError:
    return UserError(
        _("A part of the import ended before its time, perhaps for want of memory."),
        _("Nothing was imported. Try again."),
    )


def _work(pipe: Connection, file: FileToImport, kind: ImportKind, path: str, spoken: str) -> None:
    """A worker's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the import, which then ends our pipe
    gc.disable()  # rows make no circles, and looking for some takes as long as checking them
    use_language(spoken)
    try:
        part = Part(path, kind)
    except FileNotFoundError:  # the import was killed, and its folder is removed already
        return
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while (content := pipe.recv()) is not None:
            pipe.send(_answer(file, part, content))
    part.close()


def _answer(file: FileToImport, part: Part, content: Any) -> _Done | _Failed:
    try:
        return _Done(_stage(file, part, content))
    except UserError as error:
        return _Failed(error.parts)
    except DatabaseUnavailable as error:  # no room for the staging
        return _Failed(user_error(error).parts)
