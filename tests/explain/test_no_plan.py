"""Workbooks without a plan: the conflict that a person would name, written before it was looked at, and the cheapest
repair, derived by hand; with the changes of the repair the case plans. From 2026 to 2028, no discounting, works of 12
months, km for 1 bn, facilities whole.

Cost of a move by a share u of a size: slopes 1, 2, .. on widths of 0.1 (docs/numbers.md: What cannot be done). A date
is measured by the 3 planned years: a year is u = 1/3, 0.1 + 0.2 + 0.3 + 4/30 = 0.7333.
"""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.explained import why_no_plan
from jaryq.api.verified import decide
from jaryq.base.errors import Infeasible, InputRejected
from jaryq.rules.feasible import ARITHMETIC
from jaryq.tables.typed_changes import typed_changes
from tests.hand.test_from_workbooks import PIPE, book, facility, goal, loan, package

STAYS = {"may_move": False}
MUST = {"must_do": True, "savings": 0}


def years(*values, source="B", **more):
    return {"source_id": source, **{str(2026 + n): value for n, value in enumerate(values)}, **more}


def budget(**more):
    return {"source_id": "B", **more}


def hard(key, measure, value, unit, when, **more):
    return goal(key, measure, value, unit, when, "hard", **more)


def one_year():
    """20 bn are due in 2026, 12 are there. A year later for A (0.7333) is less than 8 of 12 bn more (u = 2/3: 2.1 +
    0.0667 x 7 = 2.57); C may not move."""
    return book([budget()], [facility("A", 10, latest=2026, **MUST), facility("C", 10, latest=2026, **MUST, **STAYS)],
                source_years=[years(12, 40, 40)])


def one_ceiling():
    """10 are due in 2026 and 6 are there: 4 more."""
    return book([budget()], [facility("A", 10, latest=2026, **MUST, **STAYS)], source_years=[years(6, 40, 40)])


def two_budgets():
    """180 are due in 2026, 100 and 50 are there. A bn of B costs 1/100, then 2/100, 3/100; of D 1/50: 10 + 10 of B, 5
    of D, 5 of B."""
    return book([budget(), budget() | {"source_id": "D"}], [facility("A", 180, latest=2026, **MUST, **STAYS)],
                source_years=[years(100, 0, 0), years(50, 0, 0, source="D")])


def even():
    """230 are due, 100 and 100 are there: after 10 of each the next bn costs the same of both, so 15 and 15."""
    return book([budget(), budget() | {"source_id": "D"}], [facility("A", 230, latest=2026, **MUST, **STAYS)],
                source_years=[years(100, 0, 0), years(100, 0, 0, source="D")])


def target_and_cap():
    """20 km at 1 bn within 15 bn. Of 5: the target's first 2 km cost 1/20 each, the cap's first 1.5 bn 1/15, then the
    target 2/20: 16.5 and 16.5."""
    return book(asset_types=PIPE, networks=[package()],
                targets=[hard("T", "km", 20, "km", "2028"), hard("Z", "spend", 15, "bn KZT", "2026-2028", sense="<=")])


def crews():
    """40 km need 4 crew-years, 1 a year is there: a third more in each year."""
    return book(asset_types=[{**PIPE[0], "crew": "pipe", "crew_need": 0.1}], networks=[package()],
                crews=[{"crew": "pipe", "2026": 1, "2027": 1, "2028": 1}],
                targets=[hard("T", "km", 40, "km", "2028", **STAYS)])


def group():
    """9 by a lender of whose group 8 may be drawn: nothing that policy decides can move, so what the contract says
    does, by 1."""
    return book([loan(envelope=20, group="G")], [facility("A", 9, **MUST)],
                source_groups=[{"group": "G", "envelope": 8}])


def outage():
    """Two units of 80 MW out of service in one year, 100 may be: 160, by law; dates may not move."""
    unit = {"capacity": 80, "capacity_unit": "MW", "region": "A", "asset_type": "chp", "latest": 2026}
    return book(regions=[{"region": "A"}], asset_types=[{"asset_type": "chp", "sector": "heat", "outage_months": 12,
                                                         "offline_share": 100}],
                facilities=[facility("F", 1, **unit, **MUST, **STAYS), facility("G", 1, **unit, **MUST, **STAYS)],
                outage_limits=[{"region": "A", "unit": "MW", "limit": 100}])


def whole():
    """10 in one year, 6, 6 and 7 a year: parts of it could be paid. 2028 lacks 3 of 7, the others 4 of 6."""
    return book([budget()], [facility("A", 10, **MUST)], source_years=[years(6, 6, 7)])


def must_draw():
    """All 12 of a grant must be drawn and only 8 can be spent: 4 of 12 less (a grant is a contract)."""
    return book([budget() | {"kind": "grant", "partner": "JP", "envelope": 12, "must_draw": True}],
                [facility("A", 8, savings=0)])


def choice():
    """Two of a group must be done for 20, the envelope is 15: 5 of 15."""
    return book([budget(envelope=15)], [facility("A", 10, choice="ONE", savings=0),
                                        facility("C", 10, choice="ONE", savings=0)],
                choices=[{"choice": "ONE", "at_least": 2}])


def order():
    """A waits for C, whose works take 24 months: it cannot be done before 2028, and is to be by 2027."""
    return book(facilities=[facility("A", 1, latest=2027, after="C", **MUST),
                            {**facility("C", 1, savings=0), "works_months": 24}])


def length():
    """8 km a year are 24 in three years, 30 are wanted: 10 a year."""
    return book(asset_types=PIPE, networks=[package(km_per_year=8)],
                targets=[hard("T", "km", 30, "km", "2028", **STAYS)])


def borrowing():
    """A loan pays 10 and 5 may be borrowed."""
    return book([loan(envelope=50)], [facility("A", 10, **MUST)],
                targets=[hard("Z", "borrowing", 5, "bn KZT", "2026-2028", sense="<=")])


def ticket():
    """9 by a lender that pays 12 for a project at least: 9, by contract."""
    return book([loan(envelope=20, ticket=12)], [facility("A", 9, **MUST)])


def ticket_of_a_lot():
    """The two of a lot cost 4 and 5, in all 9; another lender asks for 2, and has 3."""
    other = loan(envelope=3, ticket=2) | {"source_id": "M"}
    return book([loan(envelope=20, ticket=13), other], [facility("A", 4, lot="K", savings=0),
                                                        facility("C", 5, lot="K", **MUST)])


def percent():
    """Both of two facilities at 10 for 15 that may not move: one of them is 50 %."""
    return book([budget(envelope=15, **STAYS)], [facility("A", 10, savings=0), facility("C", 10, savings=0)],
                targets=[hard("T", "share_done", 100, "%", "2028")])


CASES = {
    one_year: ({"start_required[A]", "start_required[C]", "latest[A]", "latest[C]", "ceiling[B,2026]"},
               {"facilities; facility=A; latest; set 2027"}),
    one_ceiling: ({"start_required[A]", "latest[A]", "ceiling[B,2026]"}, {"source_years; source_id=B; 2026; set 10"}),
    two_budgets: ({"start_required[A]", "latest[A]", "ceiling[B,2026]", "ceiling[D,2026]"},
                  {"source_years; source_id=B; 2026; set 125", "source_years; source_id=D; 2026; set 55"}),
    even: ({"start_required[A]", "latest[A]", "ceiling[B,2026]", "ceiling[D,2026]"},
           {"source_years; source_id=B; 2026; set 115", "source_years; source_id=D; 2026; set 115"}),
    target_and_cap: ({"target[T]", "target[Z]"}, {"targets; target=T; value; set 16.5",
                                                  "targets; target=Z; value; set 16.5"}),
    crews: ({"target[T]", "crews[pipe@*,2026]", "crews[pipe@*,2027]", "crews[pipe@*,2028]"},
            {f"crews; crew=pipe; {y}; set 1.33334" for y in (2026, 2027, 2028)}),
    group: ({"start_required[A]", "group_envelope[G]"}, {"source_groups; group=G; envelope; set 9"}),
    outage: ({"start_required[F]", "start_required[G]", "latest[F]", "latest[G]", "outage[A@MW]"},
             {"outage_limits; region=A, unit=MW; limit; set 160"}),
    whole: ({"start_required[A]", "ceiling[B,2026]", "ceiling[B,2027]", "ceiling[B,2028]"},
            {"source_years; source_id=B; 2028; set 10"}),
    must_draw: ({"must_draw[B]", "envelope[B]"}, {"sources; source_id=B; envelope; set 8"}),
    choice: ({"choice_least[ONE]", "envelope[B]"}, {"sources; source_id=B; envelope; set 20"}),
    order: ({"start_required[A]", "works_after[A]", "latest[A]"}, {"facilities; facility=A; latest; set 2028"}),
    length: ({"target[T]", "km_per_year[N]"}, {"networks; package=N; km_per_year; set 10"}),
    borrowing: ({"start_required[A]", "target[Z]"}, {"targets; target=Z; value; set 10"}),
    percent: ({"target[T]", "envelope[B]"}, {"targets; target=T; value; set 50"}),
    ticket: ({"start_required[A]", "ticket[L]"}, {"sources; source_id=L; ticket; set 9"}),
    ticket_of_a_lot: ({"start_required[C]", "ticket[L]", "envelope[M]"}, {"sources; source_id=L; ticket; set 9"}),
}
BY_LAW = (group, outage, must_draw, ticket, ticket_of_a_lot)


def explained(tables):
    """What is said of a case without a plan."""
    with pytest.raises((Infeasible, InputRejected)):
        decide(accept(tables, []), Clock(), lambda _: None)
    found = why_no_plan(accept(tables, [], past=ARITHMETIC))
    assert found is not None
    return found


def names(record):
    """Names of the rules of a conflict, as the cases above write them."""
    return {f"{kind}[{','.join(rule['speaks_of'])}]" for rule in record["conflict"]
            for kind in [rule["name"].partition("[")[0]]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_conflict_and_the_repair(case):
    conflict, changes = CASES[case]
    found = explained(case())
    assert names(found.record) == conflict
    assert found.record["irreducible"]
    assert found.record["proved"] == ("branching" if case is whole else "farkas")
    repair = found.record["repair"]
    assert {move["change"] for move in repair["moves"]} == changes
    assert (repair["tested"], repair["decided_by"]) == (True, "law" if case in BY_LAW else "policy")
    made, wrong = typed_changes([move["change"] for move in repair["moves"]], "--set")
    assert not wrong
    decide(accept(case(), [], "base", made), Clock(), lambda _: None)
