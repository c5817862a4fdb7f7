"""Answers before they are asked for: a second process, which gives way to everything else, moves one lever after the
other while nobody waits, and all positions of those that take long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
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
        """A position of each lever, the nearest first; then the next one of those that take long."""
        going, turn = list(self.levers), 0
        while going:
            for lever in tuple(going):
                places = places_of(lever)
                effort = self._prepare(behind, lever.changes(places[turn])) if turn < len(places) else 0.0
                if effort is None or len(self.answers) >= MOST:
                    return
                if effort < self.slow or turn >= len(places):
                    going.remove(lever)
            turn += 1

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


def places_of(lever: Lever) -> list[float]:
    """Where a lever can stand but where it does, the nearest first."""
    count = round((lever.high - lever.low) / lever.step)
    found = [lever.low + place * lever.step for place in range(count + 1)]
    return sorted((place for place in found if lever.changes(place)), key=lambda one: (abs(one - lever.now), -one))
