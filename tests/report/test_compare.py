"""The comparison of scenarios: moves of every kind, the bridge of cost, n results in and n columns out. All
expectations by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.case import Currency, Facility, PriceIndex
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report import claims
from jaryq.report.compare import comparison
from jaryq.report.compare.moves import AS_BASE, brief, years
from jaryq.report.compare.revalue import exchange_loss, outlays_pv, steps
from jaryq.report.result import Result
from jaryq.tables.change import Change
from jaryq.tables.scenarios import Changed
from tests.cases import add, edit, facility, full_case, full_plan, keyed, named, source, target, tiny_case
from tests.report.plans import solution

START = {("F1", "2026"): 1.0}
PAID = {("B", "F1", 2026): 10.0}


def result(key, case=None, plan=None, changed=(), **more):
    """A scenario with a plan; claims as a run states them."""
    case, plan = case or full_case(), plan or full_plan()
    factors = derive(case)
    stated = {**claims(case, factors, solution(plan, factors)), "value[objective]": -14.44, "bound[objective]": -14.2}
    return Result(key, **{"name": key.upper(), "name_ru": f"{key}-ру", "changed": changed, "factors": factors,
                          "plan": plan, "claims": stated, **more})


def failed(key, why="no room"):
    return Result(key, key.upper(), "", failure=why)


def flat(**changes):
    """Constant prices, no discounting, 4 KZT per yen: one facility of 10 bn, one package of 0.1 bn/km; a budget, a gift
    from abroad, a loan at 10 %."""
    case = tiny_case(
        discount_rate=0.0, indices={}, targets=(target("T", "facilities", 1.0),),
        facilities=keyed(facility("F1", cost=10.0)), crews=(),
        packages=keyed(tiny_case().packages["N1"]),
        currencies=keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.0, 2027: 4.0, 2028: 4.0})),
        sources=keyed(source("B"), source("G", kind="grant", partner="JP"),
                      source("L", kind="loan", rate=0.1, tenor=1.0, payments=1)),
    )
    return tiny_case(**{**{f: getattr(case, f) for f in ("settings", "indices", "targets", "facilities", "crews",
                                                         "packages", "currencies", "sources")}, **changes})


def importing(case, rate_2026=4.0):
    """Half of a plant is paid in yen; the rate of 2026 as stated, that of the price year 4."""
    case = edit(case, "asset_types", "plant", import_share=0.5, import_currency="JPY")
    return edit(case, "currencies", "JPY", rates={2025: 4.0, 2026: rate_2026, 2027: rate_2026, 2028: rate_2026})


def bridge(case, plan, base=None, base_plan=None):
    made = comparison([result("base", base or flat(), base_plan or Plan(START, draw=PAID)), result("s", case, plan)])
    (found,) = made.bridges
    assert math.fsum([found.base, *(v for _, _, v in found.steps)]) == pytest.approx(found.cost, abs=1e-9)
    return {key: value for key, _, value in found.steps if value}


def texts(made, key, lang="en"):
    """The row of a project: what stands in the columns of the scenarios."""
    row = next(row for row in made.projects.rows if row["project"] == key)
    return [value.say(lang) if isinstance(value, Text) else value for name, value in row.items()
            if name.startswith("plan_")]


# The bridge of cost.

def test_prices_are_the_change_of_unit_costs():
    """F1 costs 12.5 instead of 10, paid from the budget at face value: prices +2.5 and nothing else."""
    assert bridge(edit(flat(), "facilities", "F1", cost=12.5),
                  Plan(START, draw={("B", "F1", 2026): 12.5})) == {"prices": 2.5}


def test_price_index_counts_as_prices():
    """The class of plants is 20 % dearer in 2026 than in the price year; general prices are constant."""
    dear = PriceIndex(**named("plants"), levels={2025: 1.0, 2026: 1.2, 2027: 1.2, 2028: 1.2})
    case = edit(flat(indices=keyed(dear)), "asset_types", "plant", cost_class="plants")
    assert bridge(case, Plan(START, draw={("B", "F1", 2026): 12.0})) == {"prices": pytest.approx(2.0)}


def test_exchange_rate_counts_the_imported_part():
    """Half of 10 bn in yen, 25 % dearer: 5 + 5 x 1.25 = 11.25."""
    case = importing(flat(), 5.0)
    assert bridge(case, Plan(START, draw={("B", "F1", 2026): 11.25}), base=importing(flat())) == {"exchange": 1.25}


def test_volume_at_base_prices_then_prices():
    """Base: F1 for 10. Scenario: F1 and 20 km at 0.1, both twice as dear: volume +2, prices +12."""
    case = edit(edit(flat(), "facilities", "F1", cost=20.0), "packages", "N1", unit_cost=0.2)
    plan = Plan(START, renew={("N1", "2027"): 20.0}, draw={("B", "F1", 2026): 20.0, ("B", "N1", 2027): 4.0})
    assert bridge(case, plan) == {"volume": 2.0, "prices": 12.0}


def test_a_dropped_project_is_negative_volume():
    assert bridge(flat(), Plan()) == {"volume": -10.0}


def test_timing_is_valued_by_discounting():
    """10 % real, in mid-year: a year later saves 10 x (1.1^-1.5 - 1.1^-2.5)."""
    case = flat(discount_rate=0.1)
    later = Plan({("F1", "2027"): 1.0}, draw={("B", "F1", 2027): 10.0})
    assert bridge(case, later, base=case) == {"volume": pytest.approx(10 * (1.1**-2.5 - 1.1**-1.5))}


def test_financing_is_what_the_money_costs_beyond_the_works():
    """A gift from abroad costs nothing; a loan of one year at 10 % costs 1.1 without discounting."""
    assert bridge(flat(), Plan(START, draw={("G", "F1", 2026): 6.0, ("B", "F1", 2026): 4.0})) == {"financing": -6.0}
    assert bridge(flat(), Plan(START, draw={("L", "F1", 2026): 10.0})) == {"financing": pytest.approx(1.0)}


def test_the_exchange_loss_on_a_loan_has_a_step_of_its_own():
    """10 bn JPY drawn at 4 and paid back in 2027 with 10 %: 11 bn JPY at 5 instead of 4. Fees of 1 % on 12 bn JPY fall
    due at the old rate."""
    loan = source("Y", kind="loan", partner="JP", currency="JPY", rate=0.1, tenor=1.0, payments=1, signing_year=2026,
                  front_end=0.01)
    base = add(flat(facilities=keyed(facility("F1", cost=40.0))), "sources", loan)
    case = replace(base, currencies=keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.0, 2027: 5.0})))
    plan = Plan(START, draw={("Y", "F1", 2026): 40.0}, signed={"Y": 12.0})
    assert bridge(case, plan, base=base, base_plan=plan) == {"exchange_loss": pytest.approx(11.0)}
    assert exchange_loss(base, base, plan) == 0.0


def test_discounting_has_a_step_of_its_own():
    """At 10 % the same 10 bn are worth 10 x 1.1^-1.5."""
    found = bridge(flat(discount_rate=0.1), Plan(START, draw=PAID))
    assert found == {"discounting": pytest.approx(10 * 1.1**-1.5 - 10)}
    assert [key for key, _, _ in comparison([result("base", flat(), Plan()),
                                             result("s", flat(), Plan())]).bridges[0].steps] == [
        "volume", "prices", "exchange", "financing"]


def test_all_causes_at_once_end_at_the_scenarios_own_value():
    base, case = importing(flat()), importing(edit(flat(discount_rate=0.08), "facilities", "F1", cost=13.0), 5.5)
    plan = Plan(START, {("N1", "2028"): 7.0}, {("L", "F1", 2026): 13 * (0.5 + 0.5 * 5.5 / 4), ("G", "N1", 2028): 0.7})
    found = steps(base, Plan(START, draw=PAID), 10.0, case, plan, 17.0)
    assert all(value for step, value in found.items() if step != "exchange_loss")  # its loan is in KZT
    assert math.fsum(found.values()) == pytest.approx(7.0, abs=1e-12)
    assert outlays_pv(case, plan) == pytest.approx(derive(case).outlays_pv(plan), abs=1e-12)


def test_outlays_are_those_of_the_factors():
    for case, plan in ((full_case(), full_plan()), (tiny_case(), Plan({("F2", "2026"): 0.5}, {("N1", "2027"): 3.0}))):
        assert outlays_pv(case, plan) == pytest.approx(derive(case).outlays_pv(plan), abs=1e-12)


def test_stated_spending_that_moves_is_timing_and_its_amount_is_price():
    """Base 2 + 2 from 2026; scenario 3 + 5 from 2027: at base prices 1.5 + 2.5 = 4 as before, so no volume, and prices
    +4."""
    def case(spend):
        return flat(facilities=keyed(facility("F1", spend=spend)))

    base = Plan(START, draw={("B", "F1", 2026): 2.0, ("B", "F1", 2027): 2.0})
    plan = Plan({("F1", "2027"): 1.0}, draw={("B", "F1", 2027): 3.0, ("B", "F1", 2028): 5.0})
    assert bridge(case({2027: 3.0, 2028: 5.0}), plan, base=case({2026: 2.0, 2027: 2.0}),
                  base_plan=base) == {"prices": 4.0}


# Moves.

def compared(plan, base=None, case=None, other=None):
    return comparison([result("base", case or flat(), base or Plan(START, draw=PAID)),
                       result("s", other or case or flat(), plan)])


@pytest.mark.parametrize(("base", "plan", "says", "russian", "kind"), [
    (Plan(), Plan({("F1", "2027"): 1.0}, draw={("B", "F1", 2027): 10.0}), "added 2027", "добавлен: 2027", "added"),
    (Plan(START, draw=PAID), Plan(), "dropped", "исключён", "dropped"),
    (Plan({("F1", "2028"): 1.0}), Plan(START), "earlier by 2 years (2026)", "раньше на 2 года (2026)", "earlier"),
    (Plan(START), Plan({("F1", "2027"): 1.0}), "later by 1 year (2027)", "позже на 1 год (2027)", "later"),
    (Plan(START, draw={("B", "F1", 2026): 10.0}), Plan(START, draw={("G", "F1", 2026): 6.0, ("B", "F1", 2026): 4.0}),
     "paid by: B 100\u00a0% → G 60\u00a0%", "платят: B 100\u00a0% → G 60\u00a0%", "paid"),
    (Plan({("F1", "2026"): 0.5}), Plan(START), "share 50\u00a0% → 100\u00a0%", "доля 50\u00a0% → 100\u00a0%", "other"),
])
def test_moves_of_facilities(base, plan, says, russian, kind):
    made = compared(plan, base)
    assert texts(made, "F1")[1] == says
    assert texts(made, "F1", "ru")[1] == russian
    assert made.moves[1].en.startswith("1 differ: 1 ")
    assert {str(line.label.en): line.values for line in made.overview[-1].lines
            if not line.label.en.startswith("Projects in all")} == {
        {"paid": "Paid by others", "other": "Changed otherwise"}.get(kind, kind.capitalize()): (None, 1)}


@pytest.mark.parametrize(("base", "plan", "before", "says"), [
    ({"2026": 40.0}, {}, "40 km in 2026", "dropped (-40 km)"),
    ({}, {"2027": 12.5, "2028": 10.0}, "not in the plan", "added 22.5 km: 2027 12.5, 2028 10"),
    ({"2026": 40.0}, {"2026": 40.0, "2027": 20.0}, "40 km in 2026", "+20 km"),
    ({"2026": 40.0, "2027": 20.0}, {"2026": 40.0}, "60 km: 2026 40, 2027 20", "-20 km"),
    ({"2026": 40.0}, {"2026": 30.0, "2028": 10.0}, "40 km in 2026", "km moved: 2026 -10, 2028 +10"),
])
def test_moves_of_packages(base, plan, before, says):
    def renewing(kms):
        return Plan(renew={("N1", y): v for y, v in kms.items()},
                    draw={("B", "N1", int(y)): 0.1 * v for y, v in kms.items()})

    assert texts(compared(renewing(plan), renewing(base)), "N1") == [before, says]


def test_small_changes_are_none():
    """A source's share moves by 10 points exactly, a package by 4 metres: as base."""
    base = Plan(START, {("N1", "2026"): 10.0}, {("B", "F1", 2026): 5.0, ("G", "F1", 2026): 5.0})
    plan = Plan(START, {("N1", "2026"): 10.004}, {("B", "F1", 2026): 6.0, ("G", "F1", 2026): 4.0})
    made = compared(plan, base)
    assert made.projects.rows == ()
    assert made.moves[1].en == "all as base"


def test_two_moves_in_one_cell_and_rows_in_the_order_of_the_input():
    case = flat(facilities=keyed(facility("F1", cost=10.0), facility("F2", cost=1.0)),
                order={"facilities": ("F2", "F1"), "networks": ("N1",)})
    base = Plan({("F1", "2026"): 1.0, ("F2", "2026"): 1.0}, {("N1", "2026"): 1.0},
                {("B", "F1", 2026): 10.0, ("B", "F2", 2026): 1.0})
    made = compared(Plan({("F1", "2027"): 1.0}, draw={("G", "F1", 2027): 10.0}), base, case)
    assert [row["project"] for row in made.projects.rows] == ["F2", "F1", "N1"]
    assert texts(made, "F1")[1] == "later by 1 year (2027); paid by: B 100\u00a0% → G 100\u00a0%"
    assert made.moves[1].en == "3 differ: 2 dropped, 1 later, 1 paid by others"


def test_quarters():
    case = flat(resolution="quarter", facilities=keyed(facility("F1", cost=10.0, works_months=3.0)))
    made = compared(Plan({("F1", "2027Q1"): 1.0}), Plan({("F1", "2026Q2"): 1.0}), case)
    assert texts(made, "F1") == ["2026Q2", "later by 3 quarters (2027Q1)"]


def test_works_that_only_end_later_and_projects_that_only_one_has():
    base = flat(facilities=keyed(facility("F1", cost=10.0), facility("F2", cost=1.0)))
    other = flat(facilities=keyed(facility("F1", cost=10.0, works_months=24.0), facility("F9", cost=1.0)))
    made = compared(Plan({**START, ("F9", "2028"): 1.0}), Plan({**START, ("F2", "2026"): 1.0}), base, other)
    assert texts(made, "F1")[1] == "finished later by 1 year (2026–2027)"
    assert texts(made, "F2") == ["2026", "dropped"]
    assert texts(made, "F9") == ["not among the projects", "added 2028"]


def test_words():
    assert [years(n).ru for n in (1.0, 2.0, 5.0, 0.75)] == ["1 год", "2 года", "5 лет", "3 квартала"]
    assert brief(Text("Pension fund (UAPF) through bonds, indexed", "(ЕНПФ)")) == Text("Pension fund through bonds",
        "(ЕНПФ)")


# The whole.

def test_a_scenario_equal_to_base_shows_zeros():
    made = comparison([result("base"), result("same")])
    changes = [line.difference(1) for block in made.overview for line in block.lines]
    assert {v for v in changes if v is not None} == {0.0}
    assert made.projects.rows == ()
    assert {row["change"] for row in made.money.rows} == {None, 0.0}
    assert [v for _, _, v in made.bridges[0].steps] == [0.0] * 4
    assert made.failures is None


def test_figures_of_the_overview():
    """full_plan: outlays 25, F1-F4 done, 80 km; Japan 12, budget 10 (B 5 and Y 5), own 3; S1 misses 10 of 90."""
    made = comparison([result("base"), result("s", plan=full_plan(draw={}))])
    found = {line.label.en: line.values[0] for block in made.overview for line in block.lines}
    assert found["Facilities completed by the end"] == 4
    assert found["Networks renewed by the end"] == pytest.approx(80.0)
    assert found["Spending, nominal"] == pytest.approx(25.0)
    assert (found["Japan"], found["Budget"], found["Utilities' own money"]) == (12.0, 10.0, 3.0)
    assert found["All sources, nominal"] == 25.0
    assert found["Certified distance from the best plan, of spending"] == pytest.approx(100 * 0.24 / 25)
    assert found["Shortfalls of priority 1, sum of shares missed"] == pytest.approx(100 * 10 / 90)
    line = next(line for block in made.overview for line in block.lines if line.label.en == "Japan")
    assert line.difference(1) == -12.0


def test_n_results_make_n_columns_and_failures_their_reason():
    made = comparison([result("base"), failed("bad", "hard rules contradict"), result("same")])
    assert [name.en for name in made.names] == ["BASE", "BAD", "SAME"]
    assert all(len(line.values) == 3 for block in made.overview for line in block.lines)
    assert [h for h in made.projects.headings if h.startswith("plan_")] == ["plan_0", "plan_1", "plan_2"]
    assert [h for h in made.targets.headings if h.startswith("met_")] == ["met_0", "met_1", "met_2"]
    assert dict.fromkeys(row["scenario"].en for row in made.money.rows) == dict.fromkeys(["BASE", "SAME"])
    assert made.failures is not None
    assert [(row["id"], row["reason"]) for row in made.failures.rows] == [("bad", "hard rules contradict")]
    assert made.moves[1].en == "no plan"
    assert all(line.difference(1) is None for block in made.overview for line in block.lines if line.part != "changed")


def test_without_a_base_the_others_still_come_out():
    made = comparison([failed("base"), result("a"), result("b", plan=full_plan(start={("F1", "2026"): 1.0}))])
    assert made.bridges == ()
    assert all(line.difference(i) is None for block in made.overview for line in block.lines for i in (1, 2)
               if line.part != "changed")
    assert texts(made, "F2") == [None, "2027", "not in the plan"]
    assert len({row["scenario"].en for row in made.money.rows}) == 2
    assert {row["change"] for row in made.money.rows} == {None}
    assert made.targets.rows


def test_nothing_but_failures():
    made = comparison([failed("base"), failed("other")])
    assert (made.projects.rows, made.money.rows, made.targets.rows, made.waterfall.rows) == ((), (), (), ())
    with pytest.raises(ValueError):
        comparison([])


def test_blocks_of_money_have_the_same_sources_in_rank_order():
    case = edit(edit(flat(), "sources", "G", rank=1), "sources", "B", rank=2)
    made = comparison([result("base", case, Plan(START, draw=PAID)),
                       result("s", case, Plan(START, draw={("G", "F1", 2026): 10.0}))])
    assert [(row["scenario"].en, row["source"], row["total"], row["change"]) for row in made.money.rows] == [
        ("BASE", "G", 0.0, None), ("BASE", "B", 10.0, None), ("S", "G", 10.0, 10.0), ("S", "B", 0.0, -10.0)]


def test_a_scenario_that_asks_for_something_else_says_so():
    made = comparison([result("base", flat(), Plan()), result("s", flat(targets=(target("T", "facilities", 5.0),)),
        Plan(START, draw=PAID))])
    (row,) = made.targets.rows
    assert (row["value"], row["asked_1"]) == (1.0, 5.0)
    assert (row["reached_0"], row["short_0"], row["reached_1"], row["short_1"]) == (0.0, 1.0, 1.0, 4.0)
    assert "asked_0" not in made.targets.headings


def test_changed_inputs_with_old_and_new_values():
    times = Change("facilities", "", "cost", "", "multiply", 1.25, "scenario_changes", "A9")
    close = Change("sources", "", "status", "", "set", "closed", "--set", "")
    changed = (Changed("facilities", "F1", "cost", "facilities!P4", "10", 12.5, times),
               Changed("sources", "B", "status", "sources!F4", None, "closed", close))
    first, second = comparison([result("base"), result("s", changed=changed)]).inputs.rows
    assert (first["scenario"], first["key"], first["cell"], first["old"], first["new"]) == (Text("S", "s-ру"), "F1",
        "facilities!P4", 10.0, 12.5)
    assert first["how"] == Text("multiplied by 1.25 (scenario_changes, row 9)",
                                "умножено на 1.25 (scenario_changes, строка 9)")
    assert (second["old"].en, second["new"], second["how"].en) == ("(blank)", "closed", "set to closed (--set)")


def test_a_facility_done_before_in_one_scenario():
    done = flat(facilities=keyed(Facility(**named("F1"), done=2025)))
    assert texts(compared(Plan(), Plan(), flat(), done), "F1") == ["not in the plan", "done 2025"]
    assert compared(Plan(), Plan(), done).projects.rows == ()
    assert AS_BASE.en == "as base"


def test_a_scenario_that_asks_of_another_year_says_so():
    """The base asks for one facility by 2026 and reaches none; a scenario asks the same by 2027 and reaches it: its
    year stands beside what it reaches."""
    base, late = (flat(targets=(target("T", "facilities", 1.0, year=year),)) for year in (2026, 2027))
    made = comparison([result("base", base, Plan()), result("s", late, Plan(START, draw=PAID)),
                       result("t", base, Plan(START, draw=PAID))])
    (row,) = made.targets.rows
    assert (row["year"], row["year_1"]) == ("2026", "2027")
    assert [name for name in made.targets.headings if name.startswith(("year_", "asked_"))] == ["year_1"]
    assert [one.facts.moved for one in made.stories] == [0, 1, 0]
