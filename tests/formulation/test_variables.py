"""Decisions are declared once: what is stored, read, weighed in the tie-break and freed in a conflict follows from
their declarations."""

import hashlib
import math
import subprocess
import sys
from dataclasses import replace
from typing import get_args, get_type_hints

import numpy as np
import pytest
from scipy.optimize import linprog

from jaryq.api.question import question
from jaryq.case.plan import Plan
from jaryq.case.stages import TIE_BREAK
from jaryq.formulation.assemble import FAMILIES, rows_in_order
from jaryq.formulation.declare import ROWS, VARIABLES, variable
from jaryq.sheets.decisions import DECISIONS, decision
from jaryq.sheets.results_data import DATA
from jaryq.solve.lp import label
from jaryq.solve.read import plan_of
from tests.cases import full_case, package, source, target
from tests.formulation.small import case_of
from tests.formulation.test_golden import CASES, program
from tests.make import program_of


def test_each_decision_of_a_plan_has_a_variable_and_a_place_in_its_sheet():
    assert set(DECISIONS) <= set(VARIABLES)
    for family in DECISIONS.values():
        columns = [column.name for column in DATA[family.sheet].columns]
        assert set(family.columns) <= set(columns[:-1]), family.name
    assert {name for name, family in VARIABLES.items() if family.plan is None} == {"kept", "worst", "local", "agreed"}


def test_a_sheet_names_its_families_if_it_holds_several():
    for sheet in {family.sheet for family in DECISIONS.values()}:
        mine = [family.name for family in DECISIONS.values() if family.sheet == sheet]
        texts = {column.name: column.text.en for column in DATA[sheet].columns}
        assert texts.get("what") == (f"What ({', '.join(mine)})" if len(mine) > 1 else None)


def test_the_plan_has_a_field_of_the_right_type_for_each_decision():
    """A year is a whole number, all other parts of an index are texts; one part alone is a key itself."""
    typed = get_type_hints(Plan)
    assert list(typed) == list(DECISIONS)
    for name, family in DECISIONS.items():
        key, amount = get_args(typed[name])
        parts = get_args(key) or (key,)
        assert parts == tuple(int if of in ("year", "peak_year") else str for of in family.index), name
        assert amount is float


def test_two_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two families of decisions are called draw"):
        decision("draw", "x_draw", ("source",), "bn KZT")
    def draw(f, s):
        return 1.0
    with pytest.raises(ValueError, match="two families of decisions are called draw"):
        variable(lambda f: (), "km", "Draws", "Выборка", bound="own", decided="year")(draw)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_last_layer_of_the_tie_break_weighs_each_decision_by_its_name(name):
    """A weight of 1 to 2^20, over 2^20, from the first four bytes of the SHA-256 of family and index, whatever the
    order of rows and columns. What is not weighed follows from the rest: shortfalls and the largest of them have a cost
    in a stage that counts (rows with a price: in the objective)."""
    made = program_of(replace(case := CASES[name](), settings=replace(case.settings, tie_break=True)))[1]
    weights = made.objectives["by_name"][0]
    costly = np.any([vector != 0 for stage, (vector, _) in made.objectives.items() if stage not in TIE_BREAK], axis=0)
    for j, (family, index) in enumerate(made.columns):
        digest = hashlib.sha256("|".join([family, *map(str, index)]).encode()).hexdigest()
        expected = 0.0 if family in ("short", "excess", "worst") else (int(digest[:8], 16) % 1048576 + 1) / 1048576
        assert weights[j] == expected, label((family, index))
        assert expected or costly[j], label((family, index))


def test_a_weight_by_hand():
    """``printf 'start|F1|2026' | sha256sum`` begins with d6a1eaa9; its last 20 bits are 1eaa9 = 125609, and one
    more."""
    made = program("yearly")
    assert made.objectives["by_name"][0][made.column_at["start", ("F1", "2026")]] == 125610 / 1048576


def test_a_column_of_a_family_that_is_not_declared_is_an_error():
    f, made = program_of(CASES["yearly"]())
    strange = replace(made, columns=(("spare", ("F1",)), *made.columns[1:]))
    point = np.zeros(made.shape[1])
    with pytest.raises(ValueError, match="spare, which is not declared"):
        plan_of(question(f, strange), strange, point)


def test_stretches_add_up_and_money_of_a_source_is_told_in_its_currency():
    """A package of 10 km of which a first stretch of 2 and a second of 1 are missed, 12 km beyond a limit of 1: 3 short
    of the first target, 11 of the limit; a unit of the source's currency costs 500 tenge in the price year, so 250 bn
    KZT of old money are 0.5 bn of it."""
    case = case_of(
        package("N", km=10.0, unit_cost=1.0), source("B", carry_over="one_year", keep=1.0,
                                                     ceilings={2026: 1.0, 2027: 1.0, 2028: 1.0}),
        targets=(target("A", "km", 10.0, priority="1", sense=">="), target("Z", "km", 1.0, priority="2", sense="<="),
                 target("E", "km", 5.0, priority="2", sense="=")))
    f, made = program_of(case)
    f = replace(f, money=replace(f.money, exchange0={**f.money.exchange0, "B": 500.0}))
    at = {("short", ("A", 0)): 2.0, ("short", ("A", 1)): 1.0, ("excess", ("Z", 0)): 11.0, ("excess", ("E", 3)): 1.5,
          ("short", ("E", 0)): 0.25,
          ("old", ("B", 2027)): 250.0}
    point = np.zeros(made.shape[1])
    for name, value in at.items():
        point[made.column_at[name]] = value
    assert plan_of(question(f, made), made, point) == Plan(old={("B", 2027): 0.5},
                                                           short={"A": 3.0, "E": 0.25, "Z": 11.0}, excess={"E": 1.5})


def largest(made, families):
    """The largest value of each column of some families, all of them freed of their upper bounds, by the rows alone;
    infinity where nothing holds it."""
    rows = made.matrix.toarray()
    equal = made.row_lower == made.row_upper
    above, below = ~equal & np.isfinite(made.row_upper), ~equal & np.isfinite(made.row_lower)
    sides = {"A_ub": np.vstack([rows[above], -rows[below]]),
             "b_ub": np.concatenate([made.row_upper[above], -made.row_lower[below]]),
             "A_eq": rows[equal], "b_eq": made.row_lower[equal]}
    bounds = [(low, None if family in families else high)
              for (family, _), low, high in zip(made.columns, made.col_lower, made.col_upper, strict=True)]
    for j, (family, _) in enumerate(made.columns):
        if family in families:
            cost = np.zeros(len(bounds))
            cost[j] = -1.0
            found = linprog(cost, bounds=bounds, **{name: value for name, value in sides.items() if len(value)})
            assert found.status in (0, 3), found.message
            yield j, -found.fun if found.status == 0 else math.inf


@pytest.mark.parametrize("name", ["yearly", "lending", "full"])
def test_bounds_that_are_said_to_follow_from_rows_do(name):
    """A conflict is told with these bounds taken away, so the rows must imply them: no larger value is possible without
    them."""
    made = program_of(full_case())[1] if name == "full" else program(name)
    freed = {family.name for family in VARIABLES.values() if family.bound == "rows"}
    assert freed == {"draw", "old", "idle", "supplied", "line", "local"}
    seen = 0
    for j, most in largest(made, freed):
        assert most <= made.col_upper[j] + 1e-7, label(made.columns[j])
        seen += 1
    assert seen


def test_the_bound_of_what_is_signed_does_not_follow_from_rows():
    """Rows hold a signed amount from below only, but for a fund that pays the fees and may be given more: the test
    above can fail."""
    made = program("lending")
    assert all(most > made.col_upper[j] + 1 for j, most in largest(made, {"signed"}))


def test_the_order_of_rows_is_that_of_their_files():
    """Not that in which modules happen to import each other; each family stands in a file that is listed."""
    files = [row.rule.__module__ for row in rows_in_order()]
    assert list(dict.fromkeys(files)) == [module.__name__ for module in FAMILIES]
    assert len(files) == len(ROWS)


@pytest.mark.parametrize("first", ["follows", "moves", "variables", "assemble"])
def test_the_order_of_the_program_hangs_not_on_who_is_imported_first(first):
    """Decisions, then what follows from them: all that a process has which begins elsewhere."""
    code = (
        f"import jaryq.formulation.{first}, jaryq.formulation.assemble; from jaryq.formulation.declare import "
        "VARIABLES; print(*VARIABLES)")
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert made == [name for name in VARIABLES if name in made]
    assert made.index("kept") < made.index("short")
