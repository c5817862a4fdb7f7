"""Answers before they are asked for: a second process, which gives way to everything else, moves one lever after the
other while nobody waits: next to where it stands, to its ends, and to all positions of those that take long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from jaryq.desk.levers import Lever
from jaryq.desk.warmed import Answer, Warmed

SLOW = 1.5
"""Seconds of processor from which on a lever is worth that more of its positions are prepared."""

MOST = 120
"""Answers that are prepared."""

EVERY = 0.05


@dataclass(eq=False)
class Prepared:
    """What the levers of a case answer from where it stands, each alone. ``answers``: by their changes, as the process
    ``of`` gives them; begun once that one stands. ``behind``: whether it gives way to everything else."""

    of: Warmed
    levers: Sequence[Lever]
    slow: float = SLOW
    behind: bool = True
    answers: dict[tuple[str, ...], Answer] = field(default_factory=dict)
    done: bool = False

    def __post_init__(self) -> None:
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the process."""
        self._closed.set()
        self._thread.join()

    def _go(self) -> None:
        if self._until(lambda: self.of.answers.ready is not None, self.of):
            behind = Warmed(self.of.source, self.of.scenario, behind=self.behind)
            try:
                if self._until(lambda: behind.answers.ready is not None, behind):
                    self._prepare_all(behind)
            finally:
                behind.close()
        self.done = True

    def _prepare_all(self, behind: Warmed) -> None:
        """Answer in the order of ``in_turn``, until nothing comes any more or MOST are there."""
        order = in_turn(self.levers, self.slow)
        effort: float | None = None
        with suppress(StopIteration):
            while len(self.answers) < MOST:
                lever, place = next(order) if effort is None else order.send(effort)
                effort = self._prepare(behind, lever.changes(place))
                if effort is None:
                    return

    def _prepare(self, behind: Warmed, changes: tuple[str, ...]) -> float | None:
        """Seconds of processor that an answer took; nothing where there is none to come."""
        # A visitor's own question goes first.
        if not self._until(lambda: not self.of.waits, self.of):
            return None
        behind.ask(changes)
        if not self._until(lambda: not behind.waits, behind) or behind.answers.ended:
            return None
        given = behind.given(changes)
        found = given.refused or given.moved
        if found is None:
            return None
        self.answers[changes] = found
        return float(found.get("effort", 0.0))

    def _until(self, come: Callable[[], bool], process: Warmed) -> bool:
        """Wait; whether it came before somebody closed this or the process ended."""
        while not self._closed.is_set() and not process.answers.ended:
            if come():
                return True
            self._closed.wait(EVERY)
        return False


def in_turn(levers: Sequence[Lever], slow: float) -> Generator[tuple[Lever, float], float, None]:
    """Levers and places in the order in which they are worth an answer, each once; to be sent what the last one took.
    All places of levers that move dates, which take longest, the nearest first; next to where each other lever stands;
    the ends of each, those of the lever that took longest first; then the others of levers that take ``slow`` or more,
    the nearest first, as long as they do."""
    took: dict[str, float] = {}
    left = {lever.key: places_of(lever) for lever in levers}
    while dated := [lever for lever in levers if lever.dates and left[lever.key]]:
        for lever in dated:
            took[lever.key] = yield lever, left[lever.key].pop(0)
    for lever in levers:
        if left[lever.key]:
            took[lever.key] = yield lever, left[lever.key].pop(0)
    slowest = sorted((lever for lever in levers if lever.key in took), key=lambda one: -took[one.key])
    for lever in slowest:
        for end in (lever.low, lever.high):
            found = next((place for place in left[lever.key] if abs(place - end) < 0.5 * lever.step), None)
            if found is not None:
                left[lever.key].remove(found)
                took[lever.key] = max(took[lever.key], (yield lever, found))
    while going := [lever for lever in slowest if left[lever.key] and took[lever.key] >= slow]:
        for lever in going:
            took[lever.key] = yield lever, left[lever.key].pop(0)


def places_of(lever: Lever) -> list[float]:
    """Where a lever can stand but where it does, the nearest first."""
    count = round((lever.high - lever.low) / lever.step)
    found = [lever.low + place * lever.step for place in range(count + 1)]
    return sorted((place for place in found if lever.changes(place)), key=lambda one: (abs(one - lever.now), -one))
