"""Small whole cases for the analytic tests: how they are put together, solved, checked and read. 2026 to 2028, constant
prices, no discounting, divisible, money of a year counted (and drawn, loans apart) at its start, projects of 12 months
without a kind of asset, unless said otherwise."""

from dataclasses import replace

from jaryq.solve.solution import MAXIMISED
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from tests.cases import facility, keyed, source
from tests.make import bare_case, solved

EVERY = (2026, 2027, 2028)


def plain(key, **more):
    return facility(key, **{"asset_type": None, **more})


def budget(key="B", first=100.0, second=100.0, third=100.0, **more):
    return source(key, ceilings=dict(zip(EVERY, (first, second, third), strict=True)), **more)


def case_of(*records, **more):
    """A bare case of facilities, packages and sources, by what the records are."""
    kinds = {"Facility": "facilities", "Package": "packages", "Source": "sources"}
    timing = more.get("discount_timing", "start")
    records = [replace(r, draw_timing=timing) if kinds[type(r).__name__] == "sources" and r.kind != "loan" else r
               for r in records]
    tables = {name: keyed(*(r for r in records if kinds[type(r).__name__] == name)) for name in kinds.values()}
    return bare_case(**{"discount_timing": "start", **tables, **more})


def answer(case):
    """The Solution; its plan is sound by the independent check, and what is certified is not worse than what was
    reached."""
    found = solved(case)
    assert not failed(recompute(case, found.plan)[1])
    better = (found.certified_bound - found.value) * (1 if case.settings.objective in MAXIMISED else -1)
    assert better >= -1e-7
    if not case.settings.whole:
        assert better <= 1e-6
    return found


def drawn(found, s, y=None):
    return sum(amount for (key, _, year), amount in found.plan.draw.items() if key == s and y in (None, year))


def share(found, p):
    return sum(value for (key, _), value in found.plan.start.items() if key == p)


def km(found, y=None):
    return sum(value for (_, t), value in found.plan.renew.items() if y in (None, int(t[:4])))
