"""Cases with answers worked out by hand: the folders in ``cases`` and small ones built in a test, planned and
verified."""

from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from jaryq.workbook.read import read
from tests.cases import facility, keyed
from tests.make import bare_case, solved, with_settings

CASES = Path(__file__).parent / "cases"


def job(name, tables=None, **settings):
    """The folder ``cases/name`` with ``settings`` changed and its tables passed through ``tables``, planned; its plan
    is verified."""
    found, issues = read(CASES / name)
    if settings:
        found = with_settings(found, **settings)
    if tables is not None:
        found = tables(found)
    return decide(accept(found, issues), Clock(), lambda _: None)


def edited(sheet, **changes):
    """Tables with columns of every row of a sheet set: ``edited("sources", envelope=65)``."""
    def change(tables):
        table = tables.get(sheet)
        return tables.with_sheet(type(table).of(sheet, [{**record, **changes} for _, record in table.records()]))
    return change


def one_cost(cost, *sources, **more):
    """100 bn (``cost``) that must be spent in 2026, and who may pay for it; no discounting unless said."""
    return bare_case(facilities=keyed(facility("A", cost=cost, must=True, latest=2026, benefit=0.0)),
                     sources=keyed(*sources), **more)


def answer(case):
    """The Solution of a case; its plan is sound by the independent check."""
    found = solved(case)
    assert not failed(recompute(case, found.plan)[1])
    return found


def drawn(solution, source):
    return sum(amount for (s, _, _), amount in solution.plan.draw.items() if s == source)


def started(solution):
    """The projects that start, with their period."""
    return {f: t for (f, t), share in solution.plan.start.items() if share > 0.5}


def km(solution, package):
    return sum(amount for (n, _), amount in solution.plan.renew.items() if n == package)


near = pytest.approx
