"""Rows of other rules than sheet targets that may fall short: they are weighed, spread and shown as target rows are."""

from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.factors import soft_rows
from jaryq.factors.derive import derive
from jaryq.factors.linear import Linear
from jaryq.factors.soft import Rule
from jaryq.formulation.declare import ROWS, row
from jaryq.formulation.express import expression
from jaryq.formulation.targets import missed
from jaryq.report.amounts import amounts
from jaryq.report.measures import largest_missed, priority_costs
from jaryq.report.overview import missing
from jaryq.report.targets import targets_table
from tests.cases import keyed, package, source, target
from tests.make import bare_case, program_of, solved, stage_values

PACKAGES = [package(f"N{i}", km=100.0, unit_cost=1.0) for i in range(2)]


def asked(f, priority="1"):
    """100 km of N1 by the end."""
    km = Linear({("renew", ("N1", t)): 1.0 for t in f.works.open["N1"]}, 0.0, "km")
    yield Rule("enough", ("N1", 2028), priority, 100.0, 2028, lambda _: (km, Linear({}, 100.0, "km")),
               Text("Enough of N1", "N1"), Text("km", "км"), "km", "test!A1")


@pytest.fixture
def ruled(monkeypatch):
    """Programs hold one more family of rows, of a rule with a priority."""
    @row(lambda f: (rule.index for rule in soft_rows.rules_of(f).values()), "km", "Enough", "Достаточно", "the rule")
    def enough(m, f, n, y):
        rule = soft_rows.rules_of(f)[f"enough[{n},{y}]"]
        beyond = rule.beyond(f)
        return expression(m, f, beyond) + missed(m.short, rule.id) >= -beyond.constant

    monkeypatch.setattr(soft_rows, "RULES", (asked,))
    yield
    del ROWS["enough"], enough


def shortage(money, *goals):
    return bare_case(packages=keyed(*PACKAGES), sources=keyed(source("B", envelope=money)), targets=goals)


GOALS = [target(f"T{i}", "km", 100.0, filter={"project": f"N{i}"}) for i in range(2)]


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize(("money", "each"), [(60.0, 30.0), (65.0, 32.5), (137.0, 68.5)])
def test_a_shortage_is_spread_over_targets_and_rules(money, each):
    """Two networks of 100 km at 1 bn KZT/km, one asked for by a target, one by a rule: half each. What one misses is 1
    - each/100 of its scale; the cost of u = 0.7 is 0.1 (1 + 2 + .. + 7) = 2.8, of 0.675 2.8 - 0.025 x 7 = 2.625, of
    0.315 0.6 + 4 x 0.015 = 0.66."""
    found = solved(shortage(money, GOALS[0]))
    assert sum(v for (n, _), v in found.plan.renew.items() if n == "N1") == pytest.approx(each, abs=1e-6)
    assert found.plan.short == pytest.approx({"T0": 100.0 - each, "enough[N1,2028]": 100.0 - each}, abs=1e-6)
    values = stage_values(found)
    assert values["priority_1"] == pytest.approx(2 * {60.0: 2.8, 65.0: 2.625, 137.0: 0.66}[money])
    assert values["spread_1"] == pytest.approx(1 - each / 100)


@pytest.mark.usefixtures("ruled")
def test_a_rule_alone_makes_a_stage():
    """No targets: money for 40 km of 100: 0.6 of the scale, 0.1 x 21 = 2.1; one row has nothing to spread."""
    found = solved(shortage(40.0))
    values = stage_values(found)
    assert values["priority_1"] == pytest.approx(2.1)
    assert "spread_1" not in values


@pytest.mark.usefixtures("ruled")
def test_the_stretches_of_a_rule_are_bounded_by_what_it_can_miss():
    """The columns of the shortfall: nine stretches of 10 km and what is left to 100."""
    _, program = program_of(shortage(40.0))
    at = program.column_at
    assert [program.col_upper[at["short", ("enough[N1,2028]", k)]] for k in range(10)] == pytest.approx([10.0] * 10)


@pytest.mark.usefixtures("ruled")
def test_a_rule_is_shown_with_the_targets():
    """60 bn for 200 km: 30 km of N1, 70 missed, 70 % of 100; the cost of the priority and the largest shortfall hold it
    too."""
    case = shortage(60.0, GOALS[0])
    f, found = derive(case), solved(case)
    made = amounts(case, f, found.plan)
    table = targets_table(made)
    line = {name: value for name, value in table.rows[-1].items() if not isinstance(value, Text)}
    assert [str(one["target"]) for one in table.rows] == ["T0", "enough[N1,2028]"]
    assert line | {"value": 100.0} == line
    assert (line["reached"], line["shortfall"], line["normalised"]) == pytest.approx((30.0, 70.0, 70.0))
    assert priority_costs(f, found.plan.short, found.plan.excess) == pytest.approx({"1": 5.6})
    assert largest_missed(f, found.plan.short, found.plan.excess) == pytest.approx({"1": 0.7})
    facts = [fact.label.en for fact in missing(made, {"targets": table}).facts]
    assert facts[1:] == ["T0: missed by", "Enough of N1: missed by"]


def test_a_hard_rule_has_no_shortfall(monkeypatch):
    """It is in no stage; whoever declares it says so in its row."""
    monkeypatch.setattr(soft_rows, "RULES", (lambda f: asked(f, "hard"),))
    _, program = program_of(shortage(60.0))
    assert not any(name in ("short", "worst") for name, _ in program.columns)
    assert replace(next(asked(derive(shortage(60.0)))), priority="hard").soft.priority == "hard"
