"""Futures in batches: worked off by processes here or by a cluster, each batch kept in a file as it ends.

A batch holds the draws of fixed numbers, so that what comes out does not hang on who works it off or when; a batch that
is kept is not computed twice.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from jaryq.api.accepted import Accepted, accept
from jaryq.api.clusters import Say, cluster_at, unheard
from jaryq.api.reuse import key_of
from jaryq.api.uncertain.hands import TRIES, Going, WorkersGone, given_out
from jaryq.api.uncertain.judge import Judge
from jaryq.api.uncertain.kept import draws_in, drop_others, keep
from jaryq.base.collector import stays
from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.case.uncertain import Uncertain, changes_of_draw
from jaryq.tables.tables import Tables
from jaryq.uncertainty.outcomes import Judged

BATCH = 10
"""Draws in a batch. It is part of the key: files of another size are others."""

GONE = Text("the process that computed draws {first} to {last} was ended from outside {tries} times; was there too "
            "little memory? What is finished is kept: the same command with --resume goes on",
            "процесс, считавший варианты с {first} по {last}, {tries} раза завершён извне; не хватило памяти? Готовое "
            "сохранено: та же команда с --resume продолжит")

@dataclass(frozen=True)
class Order:
    """All that a worker needs: the case as its tables hold it, its plan, the uncertain inputs and the values of all
    draws. Orders of one key are one."""

    tables: Tables = field(compare=False)
    scenario: str = field(compare=False)
    plan: Plan = field(compare=False)
    rows: tuple[Uncertain, ...] = field(compare=False)
    values: tuple[tuple[float, ...], ...] = field(compare=False)
    key: str


def order_of(accepted: Accepted, plan: Plan, rows: Sequence[Uncertain],
             values: Sequence[Sequence[float]]) -> Order:
    """The order of a case. Its key is that of all it decides by: the input, code, solver, plan, rows and values."""
    drawn = tuple(tuple(float(value) for value in one) for one in values)
    told = json.dumps([key_of(accepted), BATCH, sorted((*key, share) for key, share in plan.start.items()),
                       [repr(row) for row in rows], [[value.hex() for value in one] for one in drawn]])
    return Order(accepted.tables, accepted.case.scenario, plan, tuple(rows), drawn,
                 hashlib.sha256(told.encode()).hexdigest())


@lru_cache(maxsize=1)
def accepted_of(order: Order) -> Accepted:
    """The case of an order, once in each process."""
    return accept(order.tables, [], order.scenario, as_changed=True)


@lru_cache(maxsize=1)
def judge_of(order: Order) -> Judge:
    """The case of an order, solved once in each process."""
    return Judge(accepted_of(order), order.plan)


@cache
def _worker() -> None:
    """A process that does nothing but work batches off keeps what it begins with."""
    stays()


def work(order: Order, numbers: Sequence[int]) -> list[Judged]:
    """The draws of these numbers."""
    judge = judge_of(order)
    return [judge.of(changes_of_draw(order.rows, order.values[number])) for number in numbers]


_TAKEN: list[Order] = []
"""The order that this process works at: it is given once, not with every batch."""


def _take(order: Order) -> None:
    _TAKEN[:] = [order]


def _work_taken(numbers: Sequence[int]) -> list[Judged]:
    judge_of(_TAKEN[0])
    _worker()
    return work(_TAKEN[0], numbers)


def batches(count: int) -> list[tuple[int, ...]]:
    """The numbers of the draws of each batch."""
    return [tuple(range(first, min(first + BATCH, count))) for first in range(0, count, BATCH)]


Pool = Callable[[Order, Sequence[tuple[int, ...]]], Iterator[tuple[tuple[int, ...], list[Judged]]]]
"""Works batches off, in any order."""


def worked_off(order: Order, folder: Path, pool: Pool, keys: Sequence[str], *, resume: bool,
               going: Going = lambda done, of: None) -> list[Judged]:
    """What came out of all draws, in their order; each batch is written into ``folder`` as it ends. ``resume``: batches
    that stand there with this key are taken over; those of other orders go, once all of this one stand there."""
    every = batches(len(order.values))
    found: dict[tuple[int, ...], list[Judged]] = {}
    for numbers in every if resume else ():
        if (judged := draws_in(folder, numbers, order.key, keys)) is not None:
            found[numbers] = judged
    going(sum(map(len, found)), len(order.values))
    for numbers, judged in pool(order, [one for one in every if one not in found]):
        keep(folder, numbers, judged, order.key, keys)
        found[numbers] = judged
        going(sum(map(len, found)), len(order.values))
    drop_others(folder, order.key)
    return [one for numbers in every for one in found[numbers]]


def here(order: Order, waiting: Sequence[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], list[Judged]]]:
    """In this process."""
    for numbers in waiting:
        yield numbers, work(order, numbers)


def processes(count: int) -> Pool:
    """In so many processes of this machine. One that is killed is replaced and its batch given out again; raises
    WorkersGone where that does not help."""

    def gone(numbers: tuple[int, ...]) -> Told:
        return WorkersGone(GONE.fill(first=numbers[0] + 1, last=numbers[-1] + 1, tries=TRIES))

    def pool(order: Order, waiting: Sequence[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], list[Judged]]]:
        yield from given_out(count, waiting, lambda made, numbers: made.submit(_work_taken, numbers), gone, _take,
                             (order,))

    return pool


def cluster(address: str, say: Say = unheard) -> Pool:
    """On a cluster of Dask (extra ``cluster``), which gives the batches of a lost worker to others."""

    def pool(order: Order, waiting: Sequence[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], list[Judged]]]:
        from distributed import as_completed

        with cluster_at(address, say) as client:
            shared = client.scatter(order, broadcast=True)
            futures = {client.submit(work, shared, numbers, key=f"{order.key}-{numbers[0]}", retries=TRIES - 1):
                       numbers for numbers in waiting}
            for future in as_completed(list(futures)):
                yield futures[future], future.result()

    return pool


class Left:
    """How long a run still takes, by what it has taken: told with how far it is."""

    def __init__(self, say: Callable[[int, int, float | None], None]) -> None:
        self.say, self.begun, self.first = say, time.monotonic(), -1

    def __call__(self, done: int, count: int) -> None:
        self.first = done if self.first < 0 else self.first  # what was kept took no time now
        spent, made = time.monotonic() - self.begun, done - self.first
        self.say(done, count, spent / made * (count - done) if made else None)
