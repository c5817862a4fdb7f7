"""What changes steeply from year to year, by hand: km of kinds, bills; and what ends with the plan."""

import pytest

from jaryq.case.case import AssetType
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.fragile import at_the_end, fragile_facts, fragile_table
from jaryq.report.shapes import Out
from jaryq.report.steep import bills_fact, falls, falls_fact, sentence
from jaryq.report.words import same
from tests.cases import add, edit, named, package, tiny_case


def found(**renewed):
    """Kinds pipe (N1) and wire (N2), km by year."""
    case = add(tiny_case(packages={}), "asset_types", AssetType(**named("wire"), sector="power", life=20.0))
    case = add(case, "packages", package("N1", km=200.0, unit_cost=100.0),
               package("N2", km=200.0, unit_cost=100.0, asset_type="wire"))
    return amounts(case, derive(case), Plan(renew={(n, str(2026 + i)): float(km) for n, of in renewed.items()
                                                   for i, km in enumerate(of)}))


def test_the_steepest_fall_of_each_kind_is_told():
    """N1: 40 to 20 is half, 20 to 16 a fifth. N2: 80 to 60 is a quarter, which is not more; then to 10: five sixths."""
    kinds, steep = falls(found(N1=(40, 20, 16), N2=(80, 60, 10)))
    assert (kinds, [(one.name.en, one.year, one.before, one.after) for one in steep]) == (
        2, [("wire", 2028, 60.0, 10.0), ("pipe", 2027, 40.0, 20.0)])
    fact, = falls_fact(found(N1=(40, 20, 16), N2=(80, 60, 60)))
    assert sentence(fact).en == ("Kinds of network whose km fall by more than a quarter from one year to the next: 1 "
                                 "of 2 that the plan renews; most: pipe in 2027, from 40 to 20 km.")
    assert sentence(fact).ru == ("Видов сетей, чьи км за год падают больше чем на четверть: 1 из 2 обновляемых; "
                                 "сильнее всего: pipe в 2027 году, с 40 до 20 км.")


def test_no_fall_is_told_where_none_is_steep():
    """A kind that nothing is done of is none that the plan renews; from nothing nothing falls."""
    assert falls(found(N1=(40, 30, 30), N2=(0, 0, 0))) == (1, [])
    assert falls_fact(found(N1=(0, 40, 30))) == ()


def test_a_fall_and_a_rise_by_just_what_is_allowed_are_not_more():
    """Three quarters of 338.0625 km, and a half of a bill, a hair off as solvers leave them."""
    assert falls(found(N1=(338.0625, 253.546875 - 1e-10, 253.0))) == (1, [])
    assert bills_fact(Out("tariffs", ("region",), (bill(50.0 + 1e-10, 2026),))).value == 0.0


def bill(rise, year, allowed=None):
    return {"region": same("R"), "sector": same("heat"), "year": year, "rise": rise, "allowed": allowed}


@pytest.mark.parametrize(("rows", "value", "note"), [
    ((bill(50.0, 2026), bill(120.4, 2027), bill(-55.0, 2028), bill(60.0, 2029)), 2.0,
     "of 4 by region, utility and year; most: R, heat in 2027, by 120 %; no bill is limited in this plan"),
    ((bill(9.0, 2026, 11.0), bill(12.0, 2027)), 0.0,
     "of 2 by region, utility and year; 1 of all have a limit of their rise in this plan")])
def test_bills_that_rise_by_more_than_a_half_are_counted(rows, value, note):
    """A rise by a half is not more than a half; what falls is none."""
    fact = bills_fact(Out("tariffs", ("region",), rows))
    assert (fact.value, fact.note.en) == (value, note)


@pytest.mark.parametrize(("saved", "waits"), [(0.0, 1), (50.0, 0)])
def test_what_ends_with_the_plan_and_whether_waiting_is_the_reason(saved, waits):
    """F1 (a year, 10 bn at prices that rise by a tenth and money worth a tenth less) is begun in the last year: without
    savings putting it off is worth something; with 50 bn a year it loses more than it saves. F2 ends a year before."""
    case = edit(edit(tiny_case(targets=(), indices={}), "facilities", "F1", savings=saved), "facilities", "F2",
                works_months=12.0)
    here = amounts(case, derive(case), Plan({("F1", "2028"): 1.0, ("F2", "2027"): 1.0}))
    table = fragile_table(here)
    count, why = at_the_end(here, table.rows)
    assert (count, why.en.partition(" ")[0]) == (1, str(waits))
    assert [fact.label.en for fact in fragile_facts(here, table)] == ["Works without slack"], "a plan by years"
