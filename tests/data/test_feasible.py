"""Arithmetic before the solve: for each rule a workbook that no plan can satisfy (code, cell, the number that can be
reached) and one just inside.

The programme, in 2026-2028 at constant prices: F1 (must be done) 10 bn, F2 and F3 5 bn, a year of works each, F4 (4 bn)
done in 2025; N1 in R1 and N2 in R2, 100 km at 0.1 bn, N1 40 km a year. B gives 12 bn a year, L 6 bn in all and half of
a project. Crews: a bn of plant needs 0.1 of 2 a year, a km 0.01 of 0.8 a year in the country and of 0.5 in R1.
"""

import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from jaryq.base.issues import KINDS_OF_ISSUE, stops
from jaryq.base.issues_of_sense import REACH
from jaryq.case.build import build
from jaryq.factors.derive import derive
from jaryq.rules.feasible import FEASIBLE
from jaryq.rules.run import sense, structure
from jaryq.rules.sizes import rounded
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed

F, N, M, Y, T, C, S, E, P, G, A = (
    "facilities", "networks", "sources", "source_years", "targets", "crews", "settings", "eligibility", "progress",
    "source_groups", "asset_types")
BASE = {
    S: [{"setting": "first_year", "value": 2025}, {"setting": "plan_from", "value": 2026},
        {"setting": "last_year", "value": 2028}],
    "regions": [{"region": "R1"}, {"region": "R2"}],
    A: [{"asset_type": "plant", "sector": "heat", "crew": "build", "crew_need": 0.1},
        {"asset_type": "pipe", "sector": "water", "crew": "dig", "crew_need": 0.01}],
    F: [{"facility": key, "asset_type": "plant", "region": "R1", "cost": cost, "must_do": key == "F1", "latest": None,
         "works_months": None}
        for key, cost in (("F1", 10.0), ("F2", 5.0), ("F3", 5.0), ("F4", 4.0))],
    N: [{"package": "N1", "asset_type": "pipe", "region": "R1", "km": 100.0, "unit_cost": 100.0, "km_per_year": 40.0},
        {"package": "N2", "asset_type": "pipe", "region": "R2", "km": 100.0, "unit_cost": 100.0, "km_per_year": None}],
    P: [{"project": "F4", "year": 2025, "status": "done", "km": None}],
    M: [{"source_id": "B", "kind": "budget", "carry_over": "none", "max_share": None, "envelope": None, "group": None,
         "counterpart": None, "rate": None, "tenor": None},
        {"source_id": "L", "kind": "loan", "carry_over": "loan", "max_share": 50.0, "envelope": 6.0, "group": None,
         "counterpart": None, "rate": 5.0, "tenor": 10.0}],
    Y: [{"source_id": "B", "2026": 12.0, "2027": 12.0, "2028": 12.0}],
    C: [{"crew": "build", "region": None, "2026": 2.0, "2027": 2.0, "2028": 2.0},
        {"crew": "dig", "region": None, "2026": 0.8, "2027": 0.8, "2028": 0.8},
        {"crew": "dig", "region": "R1", "2026": 0.5, "2027": 0.5, "2028": 0.5}],
    T: [], E: [], G: [],
}


def target(measure, value, years=None, sense=">=", priority="hard", **more):
    unit = {"km": "km", "facilities": "facilities", "share_done": "%"}.get(measure, "bn KZT")
    price = more.pop("price", None)
    return {"target": more.pop("key", "T1"), "measure": measure, "filter": more.pop("filter", None),
            "by": more.pop("by", None), "years": years, "sense": sense,
            "value": value, "unit": unit, "priority": None if price is not None else priority, "price": price, **more}


def no(source, project):
    return {"source_id": source, "allowed": False, "project": project}


def tables_of(edits):
    """BASE with edits: {sheet: rows} adds rows, {(sheet, position): values} changes one."""
    records = {sheet: [dict(row) for row in rows] for sheet, rows in BASE.items()}
    for place, values in edits.items():
        if isinstance(place, tuple):
            records[place[0]][place[1]].update(values)
        else:
            records[place] = [*records.get(place, []), *values]
    tables, faults = typed(Tables("reach", {sheet: Table.of(sheet, rows) for sheet, rows in records.items() if rows}))
    assert [issue.say() for issue in faults if issue.severity == "stop"] == []
    assert [issue.say() for issue in structure(tables) if issue.severity == "stop"] == []
    return tables


def found_by(name, edits):
    rule = next(rule for rule in FEASIBLE if rule.__name__ == name)
    tables = tables_of(edits)
    return list(rule(tables, derive(build(tables))))


DIVISIBLE = {S: [{"setting": "facilities", "value": "divisible"}]}
REACHED, ROOM, FIT, PAID, MONEY, CREWS, WORKS = (rule.__name__ for rule in FEASIBLE)
HARD, SOFT = "hard_target_out_of_reach", "target_out_of_reach"
DEAR = {(F, 1): {"cost": 20.0}, (F, 2): {"cost": 20.0}}
ONLY_2026 = {"latest": 2026, "must_do": True}

MW = {"quantities": [{"quantity": "mw", "unit": "MW", "kind": "level"}], (F, 0): {"q_mw": 30.0}, (F, 1): {"q_mw": 20.0},
      (N, 0): {"q_mw": 0.1}}


def mw(value, years, sense=">="):
    return {**target("km", value, years, sense), "measure": "quantity", "unit": "MW", "quantity": "mw"}


OUT_OF_REACH = [
    # km: 200 in scope; N1 40 in 2026; crews for 80 km in 2026; B may not pay for N2, of which L pays half.
    (REACHED, {T: [target("km", 201.0, "2028")]}, HARD, "G4",
     "at most 200 km by the end of 2028, because of what is in scope"),
    (REACHED, {T: [target("km", 201.0, "2028", priority="2")]}, SOFT, "G4",
     "at most 200 km can be reached by the end of 2028, because of what is in scope"),
    (REACHED, {T: [target("km", 41.0, "2026", filter="region=R1")]}, HARD, "G4",
     "at most 40 km by the end of 2026, because of windows, durations and km a year"),
    (REACHED, {T: [target("km", 81.0, "2026")]}, HARD, "G4",
     "at most 80 km by the end of 2026, because of the works capacity"),
    (REACHED, {T: [target("km", 101.0, "2028")], E: [no("B", "N2")]}, HARD, "G4",
     "at most 100 km by the end of 2028, because of projects that nobody may pay for in full"),
    # each year; the worst is told
    (REACHED, {T: [target("km", 90.0, sense="=")]}, HARD, "G4", "at most 80 km by the end of 2026"),
    (REACHED, {T: [target("km", 60.0, "2026", by="region")], (C, 2): {"2026": 0.3}}, HARD, "G4",
     "at most 30 km by the end of 2026 (R1), because of the works capacity"),
    # Both regions take 80 km of crews in 2026, R1 30 of them at most.
    (REACHED, {T: [target("km", 81.0, "2026")], (C, 2): {"2026": 0.3}, (N, 0): {"km_per_year": None}}, HARD, "G4",
     "at most 80 km"),
    # Facilities: one done, three to do. At 20 bn each, 42 bn pay for F1 and for one and a bit of the others.
    (REACHED, {T: [target("facilities", 5.0, "2028")]}, HARD, "G4",
     "at most 4 facilities by the end of 2028, because of what is in scope"),
    (REACHED, {T: [target("facilities", 4.0, "2028")], **DEAR}, HARD, "G4",
     "at most 3 facilities by the end of 2028, because of the money of the sources"),
    (REACHED, {T: [target("facilities", 3.7, "2028")], **DEAR, **DIVISIBLE}, HARD, "G4", "at most 3.6 facilities"),
    # Shares: of 44 bn, 4 are done; 18 bn of money in 2026: 22 of 44.
    (REACHED, {T: [target("share_done", 51.0, "2026")]}, HARD, "G4",
     "at most 50 % by the end of 2026, because of the money of the sources"),
    # Money: 18 bn in 2026; F3 costs 5; L has 6 bn and pays half of F3.
    (REACHED, {T: [target("spend", 18.1, "2026")]}, HARD, "G4",
     "at most 18 bn KZT in 2026, because of the money of the sources"),
    (REACHED, {T: [target("spend", 5.1, "2026-2028", filter="project=F3")]}, HARD, "G4",
     "at most 5 bn KZT in 2026-2028, because of windows"),
    (REACHED, {T: [target("draw", 6.1, "2026-2028", filter="source=L")]}, HARD, "G4",
     "at most 6 bn KZT in 2026-2028, because of the money of the sources"),
    (REACHED, {T: [target("draw", 2.6, "2026-2028", filter="source=L; project=F3")]}, HARD, "G4",
     "at most 2.5 bn KZT in 2026-2028, because of what its projects cost"),
    (REACHED, {T: [target("borrowing", 6.1, "2026-2028", priority="1")]}, SOFT, "G4",
     "at most 6 bn KZT can be reached in 2026-2028"),
    (REACHED, {T: [target("draw", 30.1, "2026-2028")], (M, 0): {"group": "g"}, (M, 1): {"group": "g"},
               G: [{"group": "g", "envelope": 30.0}]}, HARD, "G4", "at most 30 bn KZT"),
    # Megawatts: F1 30, F2 20, a km of N1 0.1, of which 40 in 2026.
    (REACHED, {T: [mw(54.1, "2026")], **MW}, HARD, "G4", "at most 54 MW in 2026, because of windows, durations and km "
                                                         "a year"),
    # Ceilings: F4 is done, F1 must be; F1 may be paid by B and L only together.
    (ROOM, {T: [target("facilities", 1.0, "2028", "<=")]}, "hard_limit_below_commitments", "G4",
     "at least 2 facilities by the end of 2028"),
    (ROOM, {T: [target("facilities", 1.0, "2028", "=", "1")]}, "limit_below_commitments", "G4",
     "at least 2 facilities"),
    (ROOM, {T: [target("spend", 9.0, "2026-2028", "<=")]}, "hard_limit_below_commitments", "G4",
     "at least 10 bn KZT in 2026-2028"),
    (ROOM, {T: [target("draw", 9.0, "2026-2028", "<=")]}, "hard_limit_below_commitments", "G4", "at least 10 bn KZT"),
    (ROOM, {T: [target("draw", 9.0, "2026-2028", "<=", filter="source=B")], E: [no("L", "F1")]},
     "hard_limit_below_commitments", "G4", "at least 10 bn KZT"),
    (ROOM, {T: [target("km", 9.0, "2028", "<=")], P: [{"project": "N1", "year": 2025, "status": "done", "km": 10.0}]},
     "hard_limit_below_commitments", "G4", "at least 10 km"),
    # (4 + 10) of 44
    (ROOM, {T: [target("share_done", 31.0, "2028", "<=")]}, "hard_limit_below_commitments", "G4", "at least 31.8182 %"),
    # Floors against ceilings.
    (FIT, {T: [target("km", 60.0, "2026", filter="region=R1"), target("km", 50.0, "2026", "<=", key="T2")]},
     "hard_floor_above_ceiling", "G5", "targets!G4: together at least 60 km"),
    (FIT, {T: [target("km", 60.0, "2026"), target("km", 50.0, "2028", "<=", key="T2")]}, "hard_floor_above_ceiling",
     "G5", "at most 50 by the end of 2028"),
    (FIT, {T: [target("km", 30.0, "2026", by="region"), target("km", 50.0, "2026", "<=", key="T2")]},
     "hard_floor_above_ceiling", "G5", "together at least 60 km"),
    (FIT, {T: [target("km", 60.0, "2026", priority="1"), target("km", 50.0, "2026", "<=", key="T2")]},
     "floor_above_ceiling", "G5", "targets!G4"),
    (FIT, {T: [target("draw", 3.0, "2026", filter="source=L"), target("draw", 3.0, "2027", filter="source=L", key="T2"),
               target("draw", 5.0, "2026-2028", "<=", key="T3")]},
     "hard_floor_above_ceiling", "G6", "targets!G4, targets!G5"),
    (FIT, {T: [target("debt_stock", 5.0, "2028"), target("debt_stock", 4.0, "2028", "<=", key="T2")]},
     "hard_floor_above_ceiling", "G5", "at least 5 bn KZT"),
    # All of N1 and N2 is 20 of 44 bn.
    (FIT, {T: [target("share_done", 100.0, "2028", filter="kind=network"),
               target("share_done", 45.0, "2028", "<=", key="T2")]}, "hard_floor_above_ceiling", "G5", "45.4546 %"),
    # Shares of payers: L alone pays half; B in a group pays 40 %; L asks for money of B, which may not pay.
    (PAID, {E: [no("B", "F1")]}, "commitment_not_payable", "D4",
     "at most 50 % of its cost can be paid: largest shares"),
    (PAID, {E: [no("B", "F2")]}, "project_not_payable", "D5", "at most 50 %"),
    (PAID, {E: [no("B", "N2")]}, "project_not_payable", "A5", "at most 50 %"),
    (PAID, {(M, 0): {"group": "g"}, G: [{"group": "g", "max_share": 40.0}],
            E: [no("L", "F1"), no("L", "F2"), no("L", "N1"), no("L", "N2"), no("B", "F1"), no("B", "N1"),
                no("B", "N2")],
            (F, 0): {"must_do": False}, (F, 2): {"cost": 0.0}}, "project_not_payable", "D5", "at most 40 %"),
    (PAID, {(M, 1): {"max_share": None, "counterpart": 50.0}, E: [no("B", "F2")]}, "project_not_payable", "D5",
     "at most 0 %"),
    (PAID, DIVISIBLE | {E: [no("B", "F2")]}, "project_not_payable", "D5", "at most 50 %"),
    # 20 bn in one year: 12 of B and 6 of L. 36 in two: 18 a year, but L has 6 in all: 30.
    (PAID, {(F, 1): {"cost": 20.0}}, "project_not_payable", "D5",
     "at most 90 % of its cost can be paid: money of the sources"),
    (PAID, {(F, 1): {"cost": 36.0, "works_months": 24.0}}, "project_not_payable", "D5", "at most 83.3 % of"),
    (PAID, {(F, 0): {"cost": 20.0}}, "commitment_not_payable", "D4", "at most 90 %"),
    # 14 + 5 in 2026 with 18; 5 + 5 that L alone may pay, with 6.
    (MONEY, {(F, 0): {"cost": 14.0, **ONLY_2026}, (F, 1): ONLY_2026}, "commitments_above_money", "D4",
     "2 projects (F1, F2), needs at least 19 bn KZT in 2026; the sources that may pay for it give at most 18"),
    (MONEY, {(F, 1): {"must_do": True}, (F, 2): {"must_do": True}, (M, 1): {"max_share": None},
             E: [no("B", "F2"), no("B", "F3")]}, "commitments_above_money", "D5",
             "(F2, F3), needs at least 10 bn KZT in 2026-2028"),
    (MONEY, {(F, 0): {"cost": 43.0}, **DIVISIBLE}, "commitments_above_money", "D4",
     "what must be done, 1 project (F1), needs at least 43"),
    # 1.2 + 0.9 crew-years in 2026 with 2; three years with 6.
    (CREWS, {(F, 0): {"cost": 12.0, **ONLY_2026}, (F, 1): {"cost": 9.0, **ONLY_2026}}, "commitments_above_crews", "C4",
     "(F1, F2), needs at least 2.1 crew-years in 2026; there are 2"),
    (CREWS, {(F, 0): {"cost": 20.5}, (F, 1): {"cost": 20.0, "must_do": True}, (F, 2): {"cost": 20.0, "must_do": True}},
     "commitments_above_crews", "C4", "needs at least 6.05 crew-years in 2026-2028; there are 6"),
    (WORKS, {(F, 1): {"cost": 21.0}}, "works_above_crews", "D5",
     "need 2.1 crew-years of build (all regions) in 2026; there are 2"),
    (WORKS, {(F, 0): {"cost": 21.0}}, "commitment_above_crews", "D4", "need 2.1 crew-years"),
]

JUST_INSIDE = [
    (REACHED, {T: [mw(54.0, "2026")], **MW}),
    (ROOM, {T: [mw(1.0, "2028", "<=")], **MW, (F, 0): {"q_mw": 30.0}, (F, 1): {"q_mw": -40.0}}),
    (REACHED, {T: [target("km", 200.0, "2028")]}),
    (REACHED, {T: [target("km", 40.0, "2026", filter="region=R1")]}),
    (REACHED, {T: [target("km", 80.0, "2026")]}),
    (REACHED, {T: [target("km", 100.0, "2028")], E: [no("B", "N2")]}),
    (REACHED, {T: [target("km", 201.0, "2028", price=1.0)]}),
    (REACHED, {T: [target("km", 201.0, "2028", "<=")]}),
    (REACHED, {T: [target("facilities", 4.0, "2028")]}),
    (REACHED, {T: [target("facilities", 3.0, "2028")], **DEAR}),
    (REACHED, {T: [target("facilities", 3.6, "2028")], **DEAR, **DIVISIBLE}),
    (REACHED, {T: [target("share_done", 50.0, "2026")]}),
    (REACHED, {T: [target("spend", 18.0, "2026"), target("spend", 5.0, "2026-2028", filter="project=F3", key="T2")]}),
    (REACHED, {T: [target("draw", 6.0, "2026-2028", filter="source=L"),
                   target("draw", 2.5, "2026-2028", filter="source=L; project=F3", key="T2")]}),
    (REACHED, {T: [target("debt_stock", 1e6, "2028")]}),  # of debt nothing is said
    # floors_are_open says it
    (REACHED, {T: [target("draw", 5.0, "2026-2028", filter="source=L")], (M, 1): {"status": "closed"}}),
    (ROOM, {T: [target("facilities", 2.0, "2028", "<="), target("facilities", 1.0, "2027", "<=", key="T2")]}),
    (ROOM, {T: [target("spend", 10.0, "2026-2028", "<="), target("spend", 0.0, "2026", "<=", key="T2", scale=1.0),
                target("spend", 9.0, "2026-2028", key="T3")]}),
    (ROOM, {T: [target("draw", 4.0, "2026-2028", "<=", filter="source=B")]}),
    (ROOM, {T: [target("debt_stock", 0.0, "2028", "<=", scale=1.0)]}),
    (FIT, {T: [target("km", 50.0, "2026", filter="region=R1"), target("km", 50.0, "2026", "<=", key="T2")]}),
    (FIT, {T: [target("km", 60.0, "2027"), target("km", 50.0, "2026", "<=", key="T2")]}),
    (FIT, {T: [target("km", 30.0, "2026", filter="region=R1"),
               target("km", 30.0, "2026", filter="kind=network", key="T2"),
               target("km", 50.0, "2026", "<=", key="T3")]}),
    (FIT, {T: [target("km", 60.0, "2026", filter="region=R1"),
               target("km", 50.0, "2026", "<=", filter="region=R2", key="T2")]}),
    (FIT, {T: [target("km", 60.0, "2026"), target("km", 50.0, "2026", "<=", key="T2", price=1.0)]}),
    (FIT, {T: [target("debt_stock", 5.0, "2028", filter="source=L"),
               target("debt_stock", 4.0, "2027", "<=", key="T2")]}),
    (PAID, {}),
    (PAID, {(F, 1): {"cost": 18.0}}),
    (PAID, {(F, 1): {"cost": 30.0, "works_months": 24.0}}),
    (PAID, {(F, 1): {"cost": 20.0}, **DIVISIBLE}),
    (PAID, {E: [no("B", "F4")]}),
    (MONEY, {(F, 0): {"cost": 13.0, **ONLY_2026}, (F, 1): ONLY_2026}),
    (MONEY, {(F, 0): {"cost": 14.0, **ONLY_2026}, (F, 1): {"must_do": True}}),
    (CREWS, {(F, 0): {"cost": 11.0, **ONLY_2026}, (F, 1): {"cost": 9.0, **ONLY_2026}}),
    (CREWS, {(F, 0): {"cost": 12.0, **ONLY_2026}, (F, 1): {"cost": 9.0, **ONLY_2026}, (C, 0): {"2026": None}}),
    (WORKS, {(F, 1): {"cost": 20.0}, (F, 2): {"cost": 40.0, "works_months": 24.0}}),
    (WORKS, {(F, 1): {"cost": 21.0}, **DIVISIBLE}),
]


@pytest.mark.parametrize(("name", "edits", "code", "cell", "said"), OUT_OF_REACH)
def test_out_of_reach(name, edits, code, cell, said):
    found = found_by(name, edits)
    assert [(issue.code, issue.cell) for issue in found] == [(code, cell)]
    assert said in found[0].say()
    assert "{" not in found[0].say("ru")
    assert found[0].say("ru") != found[0].say()


@pytest.mark.parametrize(("name", "edits"), JUST_INSIDE)
def test_just_inside(name, edits):
    assert [issue.say() for issue in found_by(name, edits)] == []


VARIANT = {"option_of": "F1"}
NO_PAYER, NO_CREWS = "commitment_not_payable", "commitment_above_crews"


@pytest.mark.parametrize(("name", "edits", "expected"), [
    # F1 must be done, F2 is a variant of it: what both lack stops, what one lacks is a surprise.
    (PAID, {(F, 0): {"cost": 20.0}, (F, 1): {"cost": 20.0, **VARIANT}}, [(NO_PAYER, "D4"), (NO_PAYER, "D5")]),
    (PAID, {(F, 0): {"cost": 20.0}, (F, 1): VARIANT}, [("project_not_payable", "D4")]),
    (PAID, {(F, 0): {"cost": 20.0, "must_be_this": True}, (F, 1): VARIANT}, [(NO_PAYER, "D4")]),
    (WORKS, {(F, 0): {"cost": 21.0}, (F, 1): {"cost": 22.0, **VARIANT}}, [(NO_CREWS, "D4"), (NO_CREWS, "D5")]),
    (WORKS, {(F, 0): {"cost": 21.0}, (F, 1): VARIANT}, [("works_above_crews", "D4")]),
    # For F1 (10 bn) crews lack, for F2 money: neither can be done.
    (WORKS, {(F, 1): VARIANT, (C, 0): {"2026": 0.9, "2027": 0.9, "2028": 0.9}, E: [no("B", "F2")]}, [(NO_CREWS, "D4")]),
    (PAID, {(F, 1): VARIANT, (C, 0): {"2026": 0.9, "2027": 0.9, "2028": 0.9}, E: [no("B", "F2")]}, [(NO_PAYER, "D5")]),
    # Together with F3 (5 bn) the cheaper of the two: 13.5 + 5 of 18, or 13 + 5; 1.15 + 0.9 crew-years of 2, or 1.1 +
    # 0.9.
    (MONEY, {(F, 0): {"cost": 14.0, **ONLY_2026}, (F, 1): {"cost": 13.5, "latest": 2026, **VARIANT}, (F, 2): ONLY_2026},
     [("commitments_above_money", "D4")]),
    (MONEY, {(F, 0): {"cost": 14.0, **ONLY_2026}, (F, 1): {"cost": 13.0, "latest": 2026, **VARIANT}, (F, 2): ONLY_2026},
     []),
    (CREWS, {(F, 0): {"cost": 12.0, **ONLY_2026}, (F, 1): {"cost": 11.5, "latest": 2026, **VARIANT},
             (F, 2): {"cost": 9.0, **ONLY_2026}}, [("commitments_above_crews", "C4")]),
    (CREWS, {(F, 0): {"cost": 12.0, **ONLY_2026}, (F, 1): {"cost": 11.0, "latest": 2026, **VARIANT},
             (F, 2): {"cost": 9.0, **ONLY_2026}}, []),
    # F4 is done, and F1 (10 bn) or F2 (5 bn) will be; a count of F1 counts whichever it is.
    (ROOM, {(F, 1): VARIANT, T: [target("facilities", 1.0, "2028", "<=")]}, [("hard_limit_below_commitments", "G4")]),
    (ROOM, {(F, 1): VARIANT, T: [target("spend", 4.9, "2026-2028", "<=")]}, [("hard_limit_below_commitments", "G4")]),
    (ROOM, {(F, 1): VARIANT, T: [target("spend", 5.0, "2026-2028", "<=")]}, []),
    (ROOM, {(F, 1): VARIANT, T: [target("draw", 4.9, "2026-2028", "<=")]}, [("hard_limit_below_commitments", "G4")]),
    # 42 bn of money, the least of F1 and F2 (2 bn) taken off: 40 for F3.
    (REACHED, {(F, 1): {"cost": 2.0, **VARIANT}, (F, 2): {"cost": 41.0}, **DIVISIBLE,
               T: [target("facilities", 1.0, "2028", filter="project=F3")]}, [(HARD, "G4")]),
    (REACHED, {(F, 1): {"cost": 2.0, **VARIANT}, (F, 2): {"cost": 40.0}, **DIVISIBLE,
               T: [target("facilities", 1.0, "2028", filter="project=F3")]}, []),
])
def test_a_commitment_that_any_variant_meets(name, edits, expected):
    assert [(issue.code, issue.cell) for issue in found_by(name, edits)] == expected


@pytest.mark.parametrize("rule", FEASIBLE, ids=lambda rule: rule.__name__)
def test_every_rule_has_both(rule):
    assert found_by(rule.__name__, {}) == []
    assert rule.__name__ in {case[0] for case in OUT_OF_REACH}
    assert rule.__name__ in {case[0] for case in JUST_INSIDE}


def test_every_kind_is_triggered():
    assert {code for code, *_ in REACH} == {case[2] for case in OUT_OF_REACH}


def test_what_is_certain_for_hard_rules_stops_and_soft_ones_go_on():
    for _, edits, code, cell, _ in OUT_OF_REACH:
        try:
            found = accept(tables_of(edits), []).issues
        except InputRejected as error:
            found = error.issues
            assert any(issue.severity == "stop" for issue in found)
        assert (code, cell) in {(issue.code, issue.cell) for issue in found}
        assert KINDS_OF_ISSUE[code].severity == ("stop" if code.startswith(("hard_", "commitment")) else "surprise")


@pytest.mark.parametrize(("value", "down", "up"), [
    (2.0, "2", "2"), (31.8181818, "31.8181", "31.8182"), (0.1 + 0.2, "0.3", "0.3"), (76840.3456, "76840.3", "76840.4"),
    (0.0, "0", "0"),
    (1234567.8, "1234560", "1234570"),
])
def test_numbers_are_rounded_to_the_side_that_holds(value, down, up):
    assert (rounded(value), rounded(value, up=True)) == (down, up)


def test_what_stops_is_found_without_the_rules_that_stop_nothing():
    """The same stops with all rules and with those that can stop alone; of targets none is told where none is hard."""
    silent = 0
    for _, edits, *_ in OUT_OF_REACH:
        tables, _ = typed(tables_of(edits))
        factors = derive(build(tables))
        every, few = sense(tables, factors), sense(tables, factors, stops_alone=True)
        assert stops(few) == stops(every)
        if not any(one.priority == "hard" for one in factors.case.targets):
            assert not any(issue.sheet == "targets" for issue in few)
            silent += any(issue.sheet == "targets" for issue in every)
    assert silent
