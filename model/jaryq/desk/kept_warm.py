"""The one case that a desk keeps warm for what-ifs, where its levers stand, and the desk's jobs."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from jaryq.base.faults import Fault
from jaryq.base.once import once
from jaryq.desk.desk import Desk
from jaryq.desk.jobs import Jobs
from jaryq.desk.levers import Lever
from jaryq.desk.prepared import Prepared
from jaryq.desk.warmed import Answer, Warmed

EVERY = 0.5
"""Seconds between two looks at the queue."""


@dataclass(eq=False)
class KeptWarm:
    """One case at a time: it takes some hundreds of megabytes. ``ahead``: what is answered before it is asked;
    ``places``: of the levers, by visitor, case and scenario; ``plans``: those that were looked at last, by case. Both
    outlive a reload and a change of language."""

    now: Warmed | None = None
    ahead: Prepared | None = None
    places: dict[tuple[str, Path, str], dict[str, float]] = field(default_factory=dict)
    plans: dict[Path, list[str]] = field(default_factory=dict)

    def of(self, case: Path, scenario: str) -> Warmed:
        """The process of a case as it stands; that of another is ended, which its pages tell (see ``put_away``)."""
        if self.now is not None and ((self.now.source, self.now.scenario) != (case, scenario) or not self.now.fresh):
            self.close()
        if self.now is None:
            self.now = Warmed(case, scenario)
        return self.now

    def put_away(self, warmed: Warmed) -> Warmed | None:
        """The process of another case or scenario for which this one was ended, if it was."""
        now = self.now
        return now if now is not None and (now.source, now.scenario) != (warmed.source, warmed.scenario) else None

    def prepare(self, levers: Sequence[Lever]) -> None:
        """Begin to answer what may be asked of the case that is kept now."""
        if self.now is not None and self.ahead is None:
            self.ahead = Prepared(self.now, levers)

    def known(self, changes: tuple[str, ...]) -> Answer | None:
        """The answer to changes, where it is there already."""
        return self.ahead.answers.get(changes) if self.ahead is not None else None

    def close(self) -> None:
        """End the processes, if there are any."""
        if self.ahead is not None:
            self.ahead.close()
            self.ahead = None
        if self.now is not None:
            self.now.close()
            self.now = None


@once
def kept_warm(desk: Desk) -> KeptWarm:
    """The one of a desk; it ends with the server."""
    made = KeptWarm()
    atexit.register(made.close)
    return made


@once
def jobs_of(desk: Desk) -> Jobs:
    """The queue of a desk, which goes on by itself while the server runs."""
    made = Jobs(desk.root)
    threading.Thread(target=_going, args=(made,), daemon=True).start()
    return made


def _going(jobs: Jobs) -> None:
    while True:
        with suppress(Fault):  # which the queue tells under Run; it is tried again
            jobs.go_on()
        time.sleep(EVERY)
