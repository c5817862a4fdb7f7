"""The seven means of a plan that is believed, each in a workbook of a few rows, by the whole line: read as rows,
accepted, decided, verified, written as a plan and verified again from the file. From 2026 to 2028, no discounting,
money without end, works of 12 months, unless said otherwise: a facility that is done in 2026 saves in 2027 and 2028."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.findings import outcome
from jaryq.api.hashes import code_hash
from jaryq.api.manifest import versions
from jaryq.api.verified import decide
from jaryq.commands.verify import verdict_of
from jaryq.report.build import build_report
from jaryq.tables.tables import Table, Tables
from jaryq.workbook.plan import write_plan
from jaryq.workbook.plan_file import open_plan
from jaryq.workbook.plan_read import stored_plan
from tests.sampled import exhaustive_but

PIPE = [{"asset_type": "pipe", "sector": "heat"}]
REGIONS = [{"region": "A"}, {"region": "B"}]


def facility(key, cost, **more):
    return {"facility": key, "cost": cost, "works_months": 12, **more}


def loan(**more):
    return {"source_id": "L", "kind": "loan", "rate": 0, "tenor": 4, "payments": 1, "clock": "cohort", "envelope": 100,
            **more}


def package(**more):
    return {"package": "N", "asset_type": "pipe", "km": 40, "unit_cost": 1000, **more}


def goal(key, measure, value, unit, years=None, priority="1", **more):
    return {"target": key, "measure": measure, "value": value, "unit": unit, "years": years, "priority": priority,
            **more}


def book(sources=({"source_id": "B", "envelope": 1000},), facilities=(), settings=None, **sheets):
    values = {"first_year": 2026, "last_year": 2028, "evaluation_last_year": 2028, "discount_rate": 0, "prices": 0,
              "gap": 0, **(settings or {})}
    given = {"settings": [{"setting": name, "value": value} for name, value in values.items()], "sources": sources,
             "source_years": [{"source_id": source["source_id"], "2026": None} for source in sources],
             "facilities": facilities, **sheets}
    return Tables("hand", {name: Table.of(name, list(rows), [] if rows else ["facility", "cost"])
                           for name, rows in given.items()})


def season():
    """Heat from October to March at 1 million KZT, in A 2 million from 2027, 2,000 Gcal a year, works of 6 months. A: 1
    in 2026Q4, 2 and 2 in 2027, cost 3; B: 1 + 1 + 1 for 3.2, which 3,000 Gcal in 2027 want too: 2 - 0.2."""
    return book(settings={"resolution": "quarter", "last_year": 2027, "evaluation_last_year": 2027}, regions=REGIONS,
                quantities=[{"quantity": "heat", "unit": "Gcal", "kind": "flow", "season_from": 10, "season_to": 3,
                             "value": 1e6}],
                quantity_values=[{"quantity": "heat", "region": "A", "2027": 2e6}],
                facilities=[facility("F1", 3.0, region="A", q_heat=2000, works_months=6),
                            facility("F2", 3.2, region="B", q_heat=2000, works_months=6)],
                targets=[goal("T", "quantity", 3000, "Gcal", "2027", quantity="heat")])


def sewage(**more):
    """100,000 persons at 5,000 KZT a year each, and power that the works need at 20,000 a MWh: 2 x (0.5 - 0.01) - 0.9;
    of 5,000 MWh not worth it."""
    return book(quantities=[{"quantity": "mwh", "unit": "MWh", "kind": "flow", "value": 20000},
                            {"quantity": "people", "unit": "persons", "kind": "level", "value": 5000}],
                facilities=[facility("S1", 0.9, q_mwh=-500, q_people=100000),
                            facility("S2", 0.9, q_mwh=-5000, q_people=100000)], **more)


def late(months, latest=2028):
    """Signed and paid at the start of a year, effective after 18 months: 25 % by the end of 2027, 75 % by 2028, so of
    60, for which 60 are signed at 1 %, 45, and the budget has the other 15. 30 a year to 2030, what is late being
    credited: 120 - 60 - 0.6. After 30 months 25 % by 2028: never."""
    return book(settings={"last_year": 2029, "evaluation_last_year": 2030, "discount_timing": "start"},
                facilities=[facility("P", 60.0, savings=30, latest=latest)],
                sources=[loan(pace="50; 50", effective_months=months, signing_year=2026, front_end=1, clock="loan",
                              tenor=9), {"source_id": "B", "envelope": 15}])


def rise(*progress):
    """1,000 km are wanted by 2027 at 0.1 bn; 25 % and 10 km a year more than the year before."""
    return book(settings={"last_year": 2027, "evaluation_last_year": 2027},
                asset_types=[{**PIPE[0], "ramp_up": 25, "ramp_least": 10}],
                networks=[package(km=1000, unit_cost=100)], targets=[goal("T", "km", 1000, "km", "2027")],
                **({"progress": [{"project": "N", **row} for row in progress]} if progress else {}))


DONE, CONTRACT = {"year": 2025, "status": "done", "km": 100}, {"year": 2026, "status": "committed", "km": 200}


def lot():
    """Ticket of 5: two of 3 in a lot are worth 4 - 3 each; C of 4 would be worth 4 and is below it, the budget pays
    0.5."""
    return book([loan(ticket=5), {"source_id": "B", "envelope": 0.5}],
                [facility("A", 3, savings=2, lot="LOT"), facility("B", 3, savings=2, lot="LOT"),
                 facility("C", 4, savings=4)])


def lot_of_packages(pays):
    """A lot of 30 of 40 km, all or none, 1 bn each, worth 0.55 a year: 0.1 a km. The ticket of 25 is met by the lot;
    with 20 in all it is never met."""
    return book([loan(ticket=25, envelope=pays)], settings={"last_year": 2026}, asset_types=PIPE,
                networks=[package(savings=550, lot="LOT", lot_km=30)])


def tenors(most):
    """Two projects of 10, each worth 15; of the two tenors with 10 each one costs 10 % at signing."""
    return book([loan(envelope=10, group="ONE"), {**loan(envelope=10, front_end=10, tenor=20, group="ONE"),
                                                  "source_id": "L20"}],
                [facility("A", 10, savings=7.5), facility("B", 10, savings=7.5)],
                source_groups=[{"group": "ONE", "signed_most": most}])


def must(draw):
    """12 are signed: drawn for C (10 - 12) rather than for A and B (-12); if they need not be, for nothing."""
    return book([loan(envelope=12, signed=12, signing_year=2025, must_draw=draw)],
                [facility("A", 8, savings=0.0), facility("B", 4, savings=0.0), facility("C", 12, savings=5)])


def areas(**limit):
    """North has 30 to spare, South lacks 40, the tie bears 10, from 2027 with T (5 bn) 25: 30 + 15 + 15."""
    levels = [{"quantity": key, "unit": "MW", "kind": "level"} for key in ("mw", "tie_mw")]
    row = {"unit": "MW", "quantity": "mw", "peak_2026": 100, **limit}
    return book(regions=REGIONS, quantities=levels, facilities=[facility("T", 5, q_tie_mw=15)],
                balances=[{"area": "North", "regions": "A", "available_2026": 130, **row},
                          {"area": "South", "regions": "B", "available_2026": 60, **row}],
                ties=[{"tie": "NS", "from_area": "North", "to_area": "South", "unit": "MW", "quantity": "tie_mw",
                       "2026": 10}])


def winter():
    """50 of 100 MW are out in the last 6 of 12 months, the peak of 80 comes from November to February: only a start in
    October leaves it alone. 1 a year, as much as was given up being credited: 2 - 1."""
    return book(settings={"resolution": "quarter"}, regions=REGIONS,
                balances=[{"area": "City", "unit": "MW", "regions": "A", "peak_2026": 80, "available_2026": 100,
                           "price": 0.1}],
                facilities=[facility("P", 1, savings=1, capacity=50, capacity_unit="MW", outage_months=6, offline=50,
                                     region="A")])


def households():
    """(40 + x) x 75 % of 2,400 bn are 1.5625 % at x = 10: 100 km in each of two years."""
    return book([{"source_id": "OWN", "kind": "own", "envelope": 1000}],
                settings={"last_year": 2027, "evaluation_last_year": 2027},
                regions=[{"region": "A", "population": 1e6, "income": 200000}], asset_types=PIPE,
                networks=[package(region="A", km=1000, unit_cost=100)],
                tariffs=[{"region": "A", "sector": "heat", "base": 40, "household_share": 75}],
                targets=[goal("BURDEN", "burden", 1.5625, "%", sense="<="), goal("KM", "km", 300, "km", "2027", "2")])


def owing(priority=None, limit=None, **more):
    """40 km of 1 bn are wanted in 2026, all by a loan at 0 % in four yearly payments. Cash 10, others 2 in 2027, cover
    1.25: x/4 + 2 <= 8; without hard cover 40. 80 % guaranteed, at most 16: 20."""
    cash = {f"cash_{year}": 10 for year in range(2026, 2031)}
    owner = {"borrowers": [{"borrower": "CO", "cover": 1.25, "priority": priority, "other_2027": 2,
                            **cash}]} if priority else {}
    limits = [goal("G", limit, 16, "bn KZT", "2026", "hard", sense="<=")] if limit else []
    return book([loan(**more)], settings={"last_year": 2026, "evaluation_last_year": 2026}, asset_types=PIPE,
                networks=[package()],
                targets=[goal("KM", "km", 40, "km", "2026", "2"), *limits], **owner)


def choice(least, most):
    """Worth 5, 4 and -3."""
    return book(facilities=[facility(key, cost, savings=5, choice="K")
                            for key, cost in (("A", 5), ("B", 6), ("C", 13))],
                choices=[{"choice": "K", "at_least": least, "at_most": most}])


def together(savings):
    """X may be done with Y only, which loses 5."""
    return book(facilities=[facility("X", 4, savings=savings, only_with="Y"), facility("Y", 5, savings=0.0)])


def order(*rows):
    """Quarters, works of 5 months, so each may slide by 1: what waits fits into quarter i if the months before it are
    at most 3 i + 1. Each is worth 1.5."""
    keys = sorted({key for row in rows for key in row[:2]})
    return book(settings={"resolution": "quarter"}, facilities=[facility(key, 1, savings=1, works_months=5)
        for key in keys],
                sequence=[dict(zip(("project", "after", "lag", "relation"), row, strict=False)) for row in rows])


START = "start_start"
BY_HAND = {
    "season": (season(), 1.8, {"F1": "2026Q1", "F2": "2026Q1"}),
    "sewage": (sewage(), 0.08, {"S1": "2026"}),
    "power not below nothing": (sewage(targets=[goal("T", "quantity", 0, "MWh", "2029", quantity="mwh", scale=1000)]),
                                0.0, {}),
    "effective late": (late(18), 59.4, {"P": "2028"}),
    "effective too late": (late(30), 0.0, {}),
    "km from a standstill": (rise(), -(10 + 22.5) / 10, {}),
    "km after a hundred": (rise(DONE), -(135 + 178.75) / 10, {}),
    "km with a contract": (rise(DONE, CONTRACT), -(335 + 428.75) / 10, {}),
    "lot": (lot(), 2.0, {"A": "2026", "B": "2026"}),
    "lot of packages": (lot_of_packages(100), 40 * 0.1, {}),
    "lot too small": (lot_of_packages(20), 0.0, {}),
    "one tenor": (tenors(1), 5.0, None),
    "both tenors": (tenors(2), 9.0, {"A": "2026", "B": "2026"}),
    "must draw": (must(True), -2.0, {"C": "2026"}),
    "may draw": (must(False), 0.0, {}),
    "deficit priced": (areas(price=1), -65.0, {"T": "2026"}),
    "deficit with priority": (areas(priority="1"), -5.0, {"T": "2026"}),
    "deficit told": (areas(), 0.0, {}),
    "winter": (winter(), 1.0, {"P": "2026Q4"}),
    "households": (households(), -20.0, {}),
    "cover hard": (owing("hard", borrower="CO", who_repays="utility"), -24.0, {}),
    "cover last": (owing("3", borrower="CO", who_repays="utility"), -40.0, {}),
    "guarantees": (owing(limit="guarantees", guaranteed=80), -20.0, {}),
    "new guarantees": (owing(limit="new_guarantees", guaranteed=80), -20.0, {}),
    "at most 1": (choice(None, 1), 5.0, {"A": "2026"}),
    "exactly 2": (choice(2, 2), 9.0, {"A": "2026", "B": "2026"}),
    "at least 3": (choice(3, None), 6.0, {"A": "2026", "B": "2026", "C": "2026"}),
    "not with a loss": (together(3.5), 0.0, {}),
    "with a loss": (together(5), 1.0, {"X": "2026", "Y": "2026"}),
    "after": (order(("B", "A")), 3.0, {"A": "2026Q1", "B": "2026Q3"}),  # 5 <= 7
    "after, a month early": (order(("B", "A", -1)), 3.0, {"A": "2026Q1", "B": "2026Q2"}),  # 4 <= 4
    "after 20 months": (order(("B", "A", 20)), 3.0, {"A": "2026Q1", "B": "2028Q1"}),  # 25 <= 25
    "4 months from the start": (order(("B", "A", 4, START)), 3.0, {"A": "2026Q1", "B": "2026Q2"}),  # 4 <= 4
    "5 months from the start": (order(("B", "A", 5, START)), 3.0, {"A": "2026Q1", "B": "2026Q3"}),  # 5 <= 7
    # 5 - 1 + 5 - 1 > 7
    "chain": (order(("B", "A", -1), ("C", "B", -1)), 4.5, {"A": "2026Q1", "B": "2026Q2", "C": "2026Q4"}),
}


QUICK = ("season", "effective late", "km with a contract", "lot of packages", "both tenors", "must draw",
         "deficit priced", "households", "cover hard", "guarantees", "exactly 2",
         "with a loss", "after 20 months", "chain")
"""One of each means."""


def by_the_whole_line(tables, path):
    """What was decided, with its claims; its plan is written, read, and holds."""
    done = decide(accept(tables, [], "base"), Clock(), lambda _: None)
    manifest = {"code_sha256": code_hash(), **{f"version {part}": text for part, text in versions().items()}}
    manifest |= outcome(done.accepted.case, done.solution, done.findings, "ru")
    write_plan(path, done.accepted.case, build_report(done.accepted.case, done.accepted.factors, done.solution,
                                                      done.findings, manifest), tables, done.solution,
               done.claims, manifest, "ru")
    file = open_plan(path, everything=True)
    assert stored_plan(file).plan == done.solution.plan
    found = verdict_of(file)
    assert (found.holds, found.differences) == (True, ())
    return done


def started(done):
    """The first period of what is done, by facility."""
    return {facility: period for (facility, period), share in done.solution.plan.start.items() if share > 0.5}


@pytest.mark.parametrize("name", exhaustive_but(BY_HAND, QUICK))
def test_by_the_whole_line(name, tmp_path):
    tables, value, starts = BY_HAND[name]
    done = by_the_whole_line(tables, tmp_path / "plan.xlsx")
    assert done.solution.value == pytest.approx(value, abs=1e-6)
    if starts is not None:
        assert started(done) == starts
