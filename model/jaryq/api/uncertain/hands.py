"""Who works off what needs nothing of each other: processes of this machine, of which one that is killed is replaced,
or a cluster of Dask; and pieces of work that are kept in files as they end, so that none is computed twice."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar

import numpy as np

from jaryq.api.clusters import Say, cluster_at, unheard
from jaryq.api.hashes import code_hash
from jaryq.base.errors import Told
from jaryq.base.places import write_whole
from jaryq.base.text import Text
from jaryq.solve.highs import versions as solver_versions
from jaryq.uncertainty.pieces import Answer, Piece, Work

K = TypeVar("K", bound=Any)
R = TypeVar("R")

TRIES = 3
"""So many times a task is given out before its worker is said to die of it."""

EVERY = 5.0
"""Seconds after which it is said again how far a run is."""

GONE = Text("the process that computed one of {count} parts was ended from outside {tries} times; was there too little "
            "memory? What is finished is kept: the same command with --resume goes on",
            "процесс, считавший одну из {count} частей, {tries} раза завершён извне; не хватило памяти? Готовое "
            "сохранено: та же команда с --resume продолжит")

Going = Callable[[int, int], None]
"""Says how far a run is: what is done, of how much."""


class WorkersGone(Told):
    """A task whose worker died again and again."""

    exit_code = 4
    status = "failed"


Kept = Work
"""Work whose answers are kept."""

Hands = Callable[[Sequence[Piece]], Iterator[tuple[int, Answer]]]
"""Works pieces off, in any order: each answer with the number of its piece."""


def one_hand(pieces: Sequence[Piece]) -> Iterator[tuple[int, Answer]]:
    """In this process."""
    for number, piece in enumerate(pieces):
        yield number, piece.answer()


def many_hands(count: int) -> Hands:
    """In so many processes of this machine. Raises WorkersGone."""

    def hands(pieces: Sequence[Piece]) -> Iterator[tuple[int, Answer]]:
        def gone(number: int) -> Told:
            return WorkersGone(GONE.fill(count=len(pieces), tries=TRIES))

        yield from given_out(count, range(len(pieces)), lambda made, number: made.submit(_answer, pieces[number]), gone)

    return hands


def far_hands(address: str, say: Say = unheard) -> Hands:
    """On a cluster of Dask (extra ``cluster``), which gives the pieces of a lost worker to others."""

    def hands(pieces: Sequence[Piece]) -> Iterator[tuple[int, Answer]]:
        from distributed import as_completed

        with cluster_at(address, say) as client:
            futures = {client.submit(_answer, piece, key=f"{key_of_piece(piece)}-{number}", retries=TRIES - 1): number
                       for number, piece in enumerate(pieces)}
            for future in as_completed(list(futures)):
                yield futures[future], future.result()

    return hands


def _answer(piece: Piece) -> Answer:
    return piece.answer()


def given_out(count: int, tasks: Sequence[K], submit: Callable[[ProcessPoolExecutor, K], Future[R]],
              gone: Callable[[K], Told], begun: Callable[..., None] | None = None,
              of: tuple[Any, ...] = ()) -> Iterator[tuple[K, R]]:
    """Tasks with what came out as they end, in so many processes, each of which does ``begun(*of)`` first. One that is
    killed is replaced and its task given out again; raises ``gone`` of the task where that does not help."""
    left, tries = list(tasks), dict.fromkeys(tasks, 0)
    while left:
        with ProcessPoolExecutor(min(count, len(left)), multiprocessing.get_context("spawn"), begun, of) as made:
            futures = {submit(made, task): task for task in left}
            try:
                yield from _ended(futures, left)
            except BrokenProcessPool:
                for task in left[:count]:
                    tries[task] += 1
                worst = max(left, key=lambda task: tries[task])
                if tries[worst] >= TRIES:
                    raise gone(worst) from None
            except BaseException:
                _stop(made)
                raise


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool at once: those that compute hear of nothing."""
    running = multiprocessing.active_children()
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()


def _ended(futures: Mapping[Future[R], K], left: list[K]) -> Iterator[tuple[K, R]]:
    """Tasks as they end; each is taken off ``left``."""
    running = set(futures)
    while running:
        done, running = wait(running, timeout=EVERY, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda one: futures[one]):
            result = future.result()
            left.remove(futures[future])
            yield futures[future], result


def kept_work(folder: Path, hands: Hands, *, resume: bool, going: Going) -> Work:
    """Pieces worked off by ``hands``, each kept in ``folder`` as it ends under what it hangs on: its function, what it
    is asked, code, solver. ``resume``: those that stand there are taken over."""

    def work(pieces: Sequence[Piece]) -> list[Answer]:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / f"{key_of_piece(piece)}.npz" for piece in pieces]
        found = {number: answer for number, path in enumerate(paths) if resume and (answer := _read(path)) is not None}
        going(len(found), len(pieces))
        waiting = [number for number in range(len(pieces)) if number not in found]
        for place, answer in hands([pieces[number] for number in waiting]):
            found[waiting[place]] = answer
            _write(paths[waiting[place]], answer)
            going(len(found), len(pieces))
        return [found[number] for number in range(len(pieces))]

    return work


def _write(path: Path, answer: Answer) -> None:
    """Whole or not at all."""
    made = io.BytesIO()
    np.savez(made, *answer)
    write_whole(path, lambda draft: draft.write_bytes(made.getvalue()))


def _read(path: Path) -> Answer | None:
    """What is kept; None where it is not there, or damaged."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as read:
            return tuple(np.asarray(read[f"arr_{number}"], dtype=np.float64) for number in range(len(read.files)))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def key_of_piece(piece: Piece) -> str:
    """SHA-256 of all that an answer hangs on."""
    digest = hashlib.sha256(repr((code_hash(), solver_versions(), piece.ask.__module__, piece.ask.__qualname__,
                                  piece.known)).encode())
    for arg in () if piece.known else piece.args:
        _told(digest, arg)
    return digest.hexdigest()


def _told(digest: Any, value: Any) -> None:
    """What a value is, array by array."""
    if hasattr(value, "indptr"):  # a sparse matrix
        for part in (np.array(value.shape), value.data, value.indices, value.indptr):
            _told(digest, part)
    elif isinstance(value, np.ndarray):
        digest.update(f"\0{value.dtype}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        digest.update(f"\0{type(value).__qualname__}".encode())
        for field in fields(value):
            _told(digest, getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, of in sorted(value.items(), key=lambda item: repr(item[0])):
            digest.update(f"\0{key!r}".encode())
            _told(digest, of)
    elif isinstance(value, FunctionType):
        digest.update(f"\0{value.__module__}.{value.__qualname__}".encode())
    elif isinstance(value, (tuple, list)) and any(isinstance(one, np.ndarray) for one in value):
        for one in value:
            _told(digest, one)
    elif isinstance(value, (set, frozenset)):
        digest.update(f"\0{sorted(map(repr, value))}".encode())
    else:
        digest.update(f"\0{value!r}".encode())
