"""Real moves, ties, and what was not examined; the split of volume and timing; parts of a net value. All by hand."""

import math

import pytest

from jaryq.case.plan import Plan
from jaryq.report.compare import comparison
from jaryq.report.compare.overview import apart
from jaryq.report.compare.revalue import volume_of
from jaryq.report.compare.shapes import Block, Line
from jaryq.report.words import same
from jaryq.solve.choice import Choice
from tests.cases import edit, facility, keyed, package, source
from tests.report.test_compare import PAID, START, failed, flat, result

LATER = Plan({("F1", "2027"): 1.0}, draw={("B", "F1", 2027): 10.0})


def standing(plan, base=None, case=None, other=None, choices=(), near=0.0, **more):
    """How the one move of the scenario stands, and why; ``near``: the distance of both plans from the best."""
    claims = {"value[objective]": 0.0, "bound[objective]": near}
    sides = [result("base", case or flat(), base or Plan(START, draw=PAID), choices=choices),
             result("s", other or case or flat(), plan, **more)]
    for one in sides:
        one.claims.update(claims)
    (row,) = comparison(sides).listed.rows
    return row["standing"].en, row["why"].en


def choice(kind, verdict, now="in", other="out"):
    return Choice(kind, "F1", now, other, verdict, "multipliers")


@pytest.mark.parametrize(("verdict", "says"), [("always", "real move"), ("never", "real move"), ("open", "tie"),
                                               ("undecided", "not examined")])
def test_what_the_base_says_of_its_choice_decides(verdict, says):
    """F1, worth nothing, costs 10 in the base and is dropped: 10 hang on it, the plans are at most 1 from the best."""
    assert standing(Plan(), choices=(choice("facility", verdict),), near=1.0)[0] == says


@pytest.mark.parametrize(("near", "says"), [(9.99, "not examined"), (10.0, "tie"), (10.01, "tie")])
def test_within_the_distance_from_the_best_it_is_a_tie(near, says):
    assert standing(Plan(), near=near)[0] == says


def test_the_verdict_on_another_start_is_none_on_this():
    """Moved to 2027; the base was asked about 2028 and says never: nothing is known of 2027. Asked about 2027 it says:
    open."""
    assert standing(LATER, base=Plan(START, draw={("G", "F1", 2026): 10.0}),
                    choices=(choice("start", "never", "2026", "2028"),))[0] == "not examined"
    assert standing(LATER, choices=(choice("start", "never", "2026", "2027"),))[0] == "real move"
    assert standing(LATER, choices=(choice("start", "open", "2026", "2027"),))[0] == "tie"


def test_a_move_of_two_kinds_is_a_tie_only_if_both_are():
    """Later and paid by a gift: the start alone is open, of the payer nothing is said, and 10 hang on it."""
    plan = Plan({("F1", "2027"): 1.0}, draw={("G", "F1", 2027): 10.0})
    assert standing(plan, choices=(choice("start", "open", "2026", "2027"),))[0] == "not examined"
    both = (choice("start", "open", "2026", "2027"), choice("payer", "open", "B", "-B"))
    assert standing(plan, choices=both)[0] == "tie"
    assert standing(plan, choices=(both[0], choice("payer", "always", "B", "-B")))[0] == "real move"


def test_what_one_of_the_two_does_not_allow_is_real():
    """The window of F1 opens in 2027 in the scenario; the source that paid is closed there; the base had no such
    source."""
    assert standing(LATER, other=edit(flat(), "facilities", "F1", earliest=2027), near=99.0) == ("real move",
        "the scenario does not allow what the base does")
    paid = Plan(START, draw={("G", "F1", 2026): 10.0})
    assert standing(paid, other=edit(flat(), "sources", "B", open=False, closed_reason="shut"),
                    near=99.0)[0] == "real move"
    assert standing(paid, case=edit(flat(), "sources", "G", open=False, closed_reason="shut"), other=flat(),
                    near=99.0) == (
        "real move", "the base does not allow what the scenario does")
    assert standing(paid, near=99.0)[0] == "tie"


def test_km_that_the_scenario_does_not_allow():
    """20 km in 2026; the scenario's window opens in 2027."""
    def renewing(year):
        return Plan(renew={("N1", str(year)): 20.0}, draw={("B", "N1", year): 2.0})

    narrow = edit(flat(), "packages", "N1", earliest=2027)
    assert standing(renewing(2027), base=renewing(2026), other=narrow, near=99.0)[0] == "real move"
    assert standing(renewing(2027), base=renewing(2026), near=99.0)[0] == "tie"


def test_where_an_earlier_shortfall_differs_no_money_makes_a_tie():
    """The target of one facility is met in the base and missed without F1: the count decides, however little money
    hangs on it."""
    sides = [result("base", flat(), Plan(START, draw=PAID)), result("s", flat(), Plan(short={"T": 1.0}))]
    for one in sides:
        one.claims.update({"value[objective]": 0.0, "bound[objective]": 99.0})
    assert [row["standing"].en for row in comparison(sides).listed.rows] == ["not examined"]


def test_a_project_of_one_scenario_alone_is_real():
    other = flat(facilities=keyed(facility("F1", cost=10.0), facility("F9", cost=1.0)))
    assert standing(Plan({**START, ("F9", "2028"): 1.0}, draw=PAID), other=other, near=99.0) == ("real move",
        "the project itself is another in the scenario")


def test_without_money_nor_bound_nothing_is_a_tie():
    sides = [result("base", flat(), Plan(START, draw=PAID)), result("s", flat(), Plan())]
    for one in sides:
        del one.claims["bound[objective]"]
    assert [row["standing"].en for row in comparison(sides).listed.rows] == ["not examined"]


def test_rows_stand_in_the_order_real_not_examined_tie():
    """F1 is done otherwise (always), F2 hangs on 4 > 1, F3 on 0.5."""
    case = flat(facilities=keyed(*(facility(key, cost=cost) for key, cost in (("F1", 10.0), ("F2", 4.0), ("F3", 0.5)))),
                order={"facilities": ("F3", "F2", "F1")})
    base = Plan({(key, "2026"): 1.0 for key in ("F1", "F2", "F3")},
                draw={("B", key, 2026): cost for key, cost in (("F1", 10.0), ("F2", 4.0), ("F3", 0.5))})
    sides = [result("base", case, base, choices=(choice("facility", "always"),)), result("s", case, Plan())]
    for one in sides:
        one.claims.update({"value[objective]": 0.0, "bound[objective]": 1.0})
    made = comparison(sides)
    assert [(row["project"], row["standing"].en) for row in made.listed.rows] == [("F1", "real move"),
        ("F2", "not examined"), ("F3", "tie")]
    assert [row["project"] for row in made.projects.rows] == ["F1", "F2", "F3"]
    assert made.stories[1].standings == {"real": 1, "open": 1, "tie": 1}
    assert made.stories[1].real == {"dropped": 1}


# Volume and timing.

def test_more_is_volume_and_later_is_timing():
    """10 % real, in mid-year. F1 of 10 a year later; 20 km at 0.1 in 2026 become 30 km in 2027: 10 km more at what a km
    costs in the base, the 30 km a year later is timing."""
    case = flat(discount_rate=0.1)
    first, second = 1.1**-1.5, 1.1**-2.5
    base = Plan(START, {("N1", "2026"): 20.0})
    plan = Plan({("F1", "2027"): 1.0}, {("N1", "2027"): 30.0})
    volume, timing = volume_of(case, base, case, plan)
    assert volume == pytest.approx(10 * 0.1 * first)
    assert timing == pytest.approx((10 + 30 * 0.1) * (second - first))


def test_what_only_the_scenario_does_is_volume():
    assert volume_of(flat(), Plan(), flat(), Plan(START)) == (10.0, 0.0)
    assert volume_of(flat(), Plan(START), flat(), Plan()) == (-10.0, 0.0)


# The net value.

def test_the_net_value_in_parts():
    """F1 saves 3 a year of 2027..2030 (12 in all) and costs 10 from the budget. The scenario builds it for 12.5 by a
    gift of 6: cost 6.5."""
    case = edit(flat(), "facilities", "F1", savings=3.0)
    dear = edit(case, "facilities", "F1", cost=12.5)
    made = comparison([result("base", case, Plan(START, draw=PAID)),
                       result("s", dear, Plan(START, draw={("B", "F1", 2026): 6.5, ("G", "F1", 2026): 6.0}))])
    worth = made.stories[1].worth
    assert (worth.base, worth.value) == (pytest.approx(2.0), pytest.approx(5.5))
    assert {key: value for key, value in worth.parts.items() if value} == {"prices": -2.5, "financing": 6.0}
    assert made.stories[0].worth is None


def test_parts_of_any_two_plans_add_up():
    """Works, years, prices, money and discounting all differ; 0.4 bn of crews and deficits have no part here."""
    base = edit(flat(), "facilities", "F1", savings=2.0)
    other = flat(discount_rate=0.08, facilities=keyed(facility("F1", cost=13.0, savings=1.5)),
                 packages=keyed(package("N1", km=100.0, unit_cost=0.2, savings=0.01)),
                 sources=keyed(source("B"), source("G", kind="grant", partner="JP"),
                               source("L", kind="loan", rate=0.1, tenor=1.0, payments=1)))
    made = comparison([result("base", base, Plan(START, draw=PAID)),
                       result("s", other, Plan({("F1", "2027"): 1.0}, {("N1", "2028"): 7.0},
                                               {("L", "F1", 2027): 13.0, ("G", "N1", 2028): 1.4}))])
    worth = made.stories[1].worth
    assert math.fsum([worth.base, *worth.parts.values()]) == pytest.approx(worth.value, abs=1e-8)
    assert sum(1 for v in worth.parts.values() if v) >= 5


# What differs first.

def line(label, *values, **more):
    return Line(same(label), "", values, **more)


def test_lines_that_differ_stand_apart_and_a_sum_keeps_its_parts():
    blocks = (Block(same("A"), (line("x", 1.0, 1.0003), line("y", 1.0, 1.001), line("z", None, 1.0))),
              Block(same("B"), (line("sum", 3.0, 3.0, adds=2), line("p", 1.0, 2.0), line("q", 2.0, 1.0),
                                line("w", same("a"), same("b")))),
              Block(same("C"), (line("sum", 1.0, 1.0, adds=1), line("p", 1.0, 1.0))))
    differ, alike = apart(blocks)
    assert [(block.head.en, [one.label.en for one in block.lines]) for block in differ] == [("A", ["y"]),
        ("B", ["sum", "p", "q", "w"])]
    assert [(block.head.en, [one.label.en for one in block.lines]) for block in alike] == [("A", ["x", "z"]),
        ("C", ["sum", "p"])]


@pytest.mark.parametrize("results", [[failed("base"), failed("s")], [failed("base"), result("s")],
                                     [result("base"), failed("s")], [result("base")], [result("base"), result("s")]])
def test_alike_or_without_a_plan_nothing_moves(results):
    made = comparison(results)
    assert made.listed.rows == ()
    assert all(story.worth is None or not any(story.worth.parts.values()) for story in made.stories)
    assert [story.facts is None for story in made.stories] == [not one.done for one in results]
