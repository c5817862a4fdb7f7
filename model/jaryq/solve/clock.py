"""The clock by which everything ends at the latest. Plans do not follow from it: what solving does is measured by the
solver's own work, alike on every machine, however busy; the clock is the fence far behind."""

from __future__ import annotations

import time

SLOWER = 20.0
"""On a machine with so much else to do that a second of work takes so many, limits of time are halved."""


def now() -> float:
    """Seconds of processor time of this process, and a twentieth of those on the wall (where it only waits, or hardly
    gets to work)."""
    return time.process_time() + time.perf_counter() / SLOWER
