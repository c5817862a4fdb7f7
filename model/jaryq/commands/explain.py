"""``explain PLAN WHAT``: why a finished plan is as it is, from the plan alone."""

from __future__ import annotations

from pathlib import Path

from jaryq.api.accepted import accept
from jaryq.api.wishes import wished
from jaryq.base.text import Lang
from jaryq.commands.curve import Unknown, told_curve
from jaryq.commands.wishes import NO_WISHES, lines, step
from jaryq.workbook.finished import expect_plan, finished
from jaryq.workbook.plan import read_plan

WISHES = ("wishes", "overrides", "пожелания")
"""What asks for the wishes of the plan's inputs."""


def command(path: Path, what: str, low: float, high: float, whole: int, lang: Lang) -> int:
    """Print what is asked of a plan, a file or a folder of results: its wishes, or the curve of a limit, a source or a
    target. Raises Unknown where there is no such thing."""
    found = finished(path)
    if found is None:
        expect_plan(path)
    stored = read_plan(path if found is None else found.path)
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    if what.strip().lower() in WISHES:
        if not accepted.case.wishes:
            raise Unknown(NO_WISHES)
        priced = wished(accepted, stored.solution, lambda text: step(text, lang))
        print("\n".join(lines(accepted.case, priced, lang)))
    else:
        told_curve(accepted, what, low, high, whole, lang)
    return 0
