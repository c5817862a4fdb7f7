"""A draw that cannot be is told with what was drawn, at the cell of the parameter that states it, for each distribution
and either side of its middle."""

from dataclasses import replace

import pytest

from jaryq.api.accepted import accept
from jaryq.api.question import program_of, question
from jaryq.api.uncertain.judge import Judge
from jaryq.case.uncertain import changes_of_draw, uncertain_of
from jaryq.solve.run import solve
from tests.uncertainty.make_uncertain import uncertain
from tests.uncertainty.test_futures import hand_tables

COST = {"sheet": "facilities", "selector": "facility=F", "column": "cost", "operation": "multiply"}
SHARE = {"sheet": "sources", "selector": "source_id=S", "column": "max_share", "operation": "multiply"}
MONTHS = {"sheet": "facilities", "selector": "facility=F", "column": "works_months", "operation": "add"}
ALL = {"name": "Input", "low": None, "likely": None, "high": None, "probability": None, "values": None}
RANGE = {"low": 0.5, "high": 1.0}
KINDS = [
    ({**COST, "distribution": "triangular", **RANGE, "likely": 0.75}, -1.0, "low", "facilities"),
    ({**SHARE, "distribution": "triangular", **RANGE, "likely": 0.75}, 1.5, "high", "sources"),
    ({**COST, "distribution": "uniform", **RANGE}, -1.0, "low", "facilities"),
    ({**SHARE, "distribution": "uniform", **RANGE}, 1.5, "high", "sources"),
    ({**COST, "distribution": "lognormal", **RANGE}, -1.0, "low", "facilities"),
    ({**SHARE, "distribution": "lognormal", **RANGE}, 1.5, "high", "sources"),
    ({**COST, "distribution": "discrete", "values": "0.5:0.5; 1:0.5"}, -1.0, "values", "facilities"),
    ({**COST, "distribution": "comes", "probability": 0.5, "low": 0.5}, 0.0, "low", "facilities"),
    ({**MONTHS, "distribution": "delay", "low": 0.0, "likely": 1.0, "high": 2.0}, -60.0, "low", "facilities"),
    ({**MONTHS, "distribution": "delay", "low": -60.0, "likely": -50.0, "high": -40.0}, -50.0, "likely", "facilities"),
]


def judged(row, value):
    """The future of a draw of one row, judged on the hand case; its cells by column."""
    tables = hand_tables(uncertainty=[{"uncertain": "x", **ALL, **row}], scenarios=[], scenario_changes=[],
                         sources=[{"source_id": "S", "name": "Budget", "kind": "budget", "max_share": 100.0}])
    sound = accept(hand_tables(uncertainty=[], scenarios=[], scenario_changes=[],
                               sources=[{"source_id": "S", "name": "Budget", "kind": "budget", "max_share": 100.0}]),
                               [])
    program = program_of(sound.factors)
    accepted = replace(sound, tables=sound.tables.with_sheet(tables["uncertainty"]))
    rows = uncertain_of(accepted.tables)
    if row["distribution"] == "comes":  # what the row is made with where it does not come
        rows = (replace(rows[0], low=-1.0),)
    return Judge(accepted, solve(question(sound.factors, program), program).plan).of(changes_of_draw(rows,
        [value])), tables["uncertainty"]


@pytest.mark.parametrize(("row", "value", "column", "sheet"), KINDS,
                         ids=[f"{row['distribution']} {column}" for row, _, column, _ in KINDS])
def test_an_impossible_draw_is_told_at_its_parameter(row, value, column, sheet):
    """A cost below nothing, a share of 150 %, works of less than no months: the cell is that of the parameter, the
    value what was drawn."""
    future, table = judged(row, value)
    drawn = -1.0 if row["distribution"] == "comes" else value
    assert future.impossible.en.startswith(
        f"uncertainty!{table.columns[column]}{table.rows[0]} {column}: {drawn:g}"), future.impossible.en
    assert future.impossible.ru.startswith(
        f"uncertainty!{table.columns[column]}{table.rows[0]} {column}: "), future.impossible.ru


def test_two_rows_that_break_a_rule_together_are_told_at_the_values():
    """The earliest start is 2027 or 2028, the latest 2027 or 2028: the ends agree, 2028 with 2027 does not; both stand
    in the column values."""
    rows = [{"uncertain": key, **ALL, "sheet": "facilities", "selector": "facility=F", "column": column,
             "operation": operation, "distribution": "discrete", "values": values}
            for key, column, operation, values in (("a", "earliest", "add", "0:0.5; 1:0.5"),
                                                   ("b", "latest", "set", "2027:0.5; 2028:0.5"))]
    accepted = accept(hand_tables(uncertainty=rows), [])
    program = program_of(accepted.factors)
    future = Judge(accepted, solve(question(accepted.factors, program),
                                   program).plan).of(changes_of_draw(uncertain_of(accepted.tables), [1.0, 2027.0]))
    table = accepted.tables["uncertainty"]
    assert future.impossible.en.partition(":")[0] in {f"uncertainty!{table.columns['values']}{row} values"
                                                      for row in table.rows}


def test_what_states_a_draw():
    """Of a triangular up to likely, likely, above; of what has no likely by the middle of both ends."""
    of = uncertain("triangular", 0.5, 0.75, 1.0)
    assert [of.stated_in(value) for value in (0.5, 0.7, 0.75, 0.8, 1.0)] == ["low", "low", "likely", "high", "high"]
    assert [uncertain(kind, 0.5, None, 1.0).stated_in(value) for kind in ("uniform", "lognormal")
            for value in (0.5, 0.76)] == ["low", "high"] * 2
    assert [uncertain("discrete", values=((1.0, 1.0),)).stated_in(1.0),
            uncertain("comes", probability=0.5).stated_in(0.0)] == ["values", "low"]
