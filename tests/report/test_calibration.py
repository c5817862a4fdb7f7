"""Published figures against what a case and a plan give, by hand (docs/numbers.md, Calibration)."""

from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.calibration import with_calibration
from jaryq.case.plan import Plan
from jaryq.case.rates import PriceIndex
from jaryq.factors.calibration import computed, inside
from jaryq.factors.derive import derive
from jaryq.handover import trust
from jaryq.handover.said import certain
from jaryq.report import build_report, claims
from jaryq.report.amounts import amounts
from jaryq.report.calibration import calibration_table, tally, within
from jaryq.report.question_firm import _inputs
from jaryq.report.words import ASIDE, NO, YES
from jaryq.sheets.inputs import INPUT
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import bursts, facility, keyed, named, package, source
from tests.make import bare_case
from tests.report.plans import solution

DEFAULTS = {column.name: column.default for column in INPUT["calibration"].columns}


def row(key="C", published=1.0, **cells):
    return {**DEFAULTS, "origin": f"calibration!{key}", "calibration": key, "name": None, "name_ru": None,
            "published": published, **cells}


def case_of(*rows):
    """Heat network of 200 km (100 in scope, 5 done in 2025, wear 60 %, life 50 years, 39 thousand of losses a km, 10
    bursts for 100 km a year that stay so and none after), a power line of 40 km in scope with 10 a km, and two plants
    of 30 and 50 MW for 60 and 140 bn."""
    case = bare_case(
        facilities=keyed(facility("F1", sector="power", cost=60.0, capacity=30.0),
                         facility("F2", sector="power", cost=140.0, capacity=50.0)),
        packages=keyed(package("N1", km=100.0, km_total=200.0, unit_cost=0.2, wear=0.6, life=50.0, losses=39.0,
                               losses_after=0.0, done={2025: 5.0},
                               bursts=bursts(rate=0.1, growth=0.0, after=0.0, most=5.0)),
                       package("N2", km=40.0, sector="power", region="R2", unit_cost=0.05)),
        sources=keyed(source("B")))
    return with_calibration(case, rows)


def plan_of(case):
    """20 km of N1 in 2026 and 30 in 2028, 10 of N2 in 2027, F1 in 2027."""
    start, renew = {("F1", "2027"): 1.0}, {("N1", "2026"): 20.0, ("N1", "2028"): 30.0, ("N2", "2027"): 10.0}
    outlay = derive(case).outlays(Plan(start=start, renew=renew))
    return Plan(start=start, renew=renew, draw={("B", p, y): amount for (p, y), amount in outlay.items()})


BY_HAND = {
    # km of 31 December of 2026: 5 + 20; of the year alone 20, of 2026 to 2028 50; the most in a year 30 of heat, 30
    # with the line
    "km": (25.0, {"measure": "km", "unit": "km", "filter": "sector=heat", "years": "2026"}),
    "km of a year": (20.0, {"measure": "km", "unit": "km", "filter": "sector=heat", "years": "2026", "take": "change"}),
    "km of all": (60.0, {"measure": "km", "unit": "km", "take": "change"}),
    "km of 2025": (5.0, {"measure": "km", "unit": "km", "years": "2026", "works": False}),
    # the largest value of the years 2026 to 2028: 0.2 x 20 = 4, 0.05 x 10 + 60 = 60.5, 0.2 x 30 = 6
    "most": (60.5, {"measure": "spend", "unit": "bn KZT", "take": "most"}),
    "spend": (70.5, {"measure": "spend", "unit": "bn KZT"}),
    "spend on lines": (0.5, {"measure": "spend", "unit": "bn KZT", "filter": "sector=power; kind=network",
                             "years": "2026-2028"}),
    "most km": (30.0, {"measure": "km", "unit": "km", "take": "most"}),
    "last km": (2027.0, {"measure": "km", "unit": "km", "filter": "region=R2", "take": "last"}),
    # mn KZT a km: (4 + 0.5 + 6)/60 x 1000 = 175, km done before are not of these years
    "mn a km": (175.0, {"measure": "spend", "unit": "bn KZT", "filter": "kind=network", "per": "km", "times": 1000.0,
                        "as_unit": "mn KZT/km"}),
    # 31 December of 2025: 60 %; of 2026: (180 x 62 + 20 x 0)/200 = 55.8
    "fall of wear": (4.2, {"measure": "wear", "unit": "%", "filter": "sector=heat", "years": "2026", "take": "change",
                           "times": -1.0}),
    "wear": (55.8, {"measure": "wear", "unit": "%", "filter": "sector=heat", "years": "2026"}),
    # 2025 to 2028 without works: 3 years of a 50th
    "ageing": (6.0, {"measure": "wear", "unit": "%", "filter": "sector=heat", "take": "change", "works": False}),
    # 31 December of 2028: without works 66 %, with them (150 x 66 + 20 x 4 + 30 x 0)/200 = 49.9; over the 50 km of the
    # years
    "effect": (16.1, {"measure": "wear", "unit": "%", "filter": "sector=heat", "years": "2026-2028", "take": "effect",
                      "times": -1.0}),
    "effect of a km": (0.322, {"measure": "wear", "unit": "%", "filter": "sector=heat", "years": "2026-2028",
                               "take": "effect", "times": -1.0, "per": "km",
                               "per_filter": "sector=heat"}),
    # 16.1 of those 66
    "relative": (1610 / 66, {"measure": "wear", "unit": "%", "filter": "sector=heat", "years": "2026-2028",
                             "take": "relative", "times": -100.0}),
    # bursts of 2028: 200 km have 20 a year, 20 km renewed in 2026 none; those of 2028 count from 2029
    "fewer bursts": (10.0, {"measure": "failures", "unit": "failures", "filter": "sector=heat", "years": "2028",
                            "take": "relative", "times": -100.0}),
    "fewer of nothing": (None, {"measure": "spend", "unit": "bn KZT", "take": "relative"}),
    # 2027 without works 7,800, with them 180 x 39
    "effect on losses": (-780.0, {"measure": "losses", "unit": "Gcal", "years": "2027", "take": "effect"}),
    "losses": (7800.0, {"measure": "losses", "unit": "Gcal", "years": "2026", "works": False}),
    # a kilometre counts from the next period: 180 x 39 in 2027
    "losses of the plan": (7020.0, {"measure": "losses", "unit": "Gcal", "years": "2027"}),
    "bursts": (10.0, {"measure": "failures", "unit": "failures", "filter": "sector=heat", "years": "2026",
                      "works": False, "per": "length", "per_filter": "sector=heat",
                      "times": 100.0}),
    # the case itself: F1 and F2 200, N1 20, N2 2; 140 km in scope; 30 + 50 MW
    "cost": (222.0, {"measure": "cost", "unit": "bn KZT"}),
    "unit cost": (1000 * 22 / 140, {"measure": "cost", "unit": "bn KZT", "filter": "kind=network", "per": "scope",
                                    "times": 1000.0}),
    "length": (235.0 + 5.0, {"measure": "length", "unit": "km"}),
    "a megawatt": (2.5, {"measure": "cost", "unit": "bn KZT", "filter": "sector=power; kind=facility",
                         "per": "capacity", "per_filter": "kind=facility"}),
    "last year": (2028.0, {"measure": "spend", "unit": "bn KZT", "filter": "sector=heat", "take": "last"}),
    "last year of lines": (2027.0, {"measure": "spend", "unit": "bn KZT", "filter": "region=R2", "take": "last"}),
    "nothing": (None, {"measure": "spend", "unit": "bn KZT", "filter": "project=F2", "take": "last"}),
    "no whole": (None, {"measure": "spend", "unit": "bn KZT", "per": "spend", "per_filter": "project=F2"}),
}
"""Each by itself on paper; ``length``: N1 200, N2 40 (its km in scope, none done)."""


@pytest.mark.parametrize("name", BY_HAND)
def test_what_is_compared(name):
    value, cells = BY_HAND[name]
    case = case_of(row(**cells))
    found = computed(derive(case), case.calibration[0], plan_of(case))
    assert found == (None if value is None else pytest.approx(value))


def test_verify_computes_the_same_and_finds_another_claim():
    case = case_of(*(row(name, value if value is not None else 1.0, **cells)
                     for name, (value, cells) in BY_HAND.items()))
    factors, plan = derive(case), plan_of(case)
    stated = {key: value for key, value in claims(case, factors, solution(plan, factors)).items()
              if key.startswith("calibration")}
    assert stated == pytest.approx({f"calibration[{name}]": value for name, (value, _) in BY_HAND.items()
                                    if value is not None}
                                   | {"calibration_inside": len(BY_HAND) - 3.0})
    totals, _ = recompute(case, plan)
    assert [finding.place for finding in compare(totals, stated) if not finding.ok] == []
    assert [finding.ok for finding in compare(totals, {"calibration[wear]": 55.7, "calibration_inside": 3.0,
                                                       "calibration[nothing]": 1.0})] == [False] * 3


def test_spending_in_money_of_the_price_year():
    """Prices rise by 10 % a year from 2026, the price year 2026: 4 in 2026, 60.5 x 1.1 in 2027 and 6 x 1.21 in 2028 are
    4, 60.5 and 6 in money of 2026; over 60 km 0.175 for networks. Verification finds the same."""
    case = case_of(row("real", measure="spend_real", unit="bn KZT"), row("nominal", measure="spend", unit="bn KZT"),
                   row("a km", measure="spend_real", unit="bn KZT", filter="kind=network", per="km"),
                   row("of all", measure="spend", unit="bn KZT", per="spend_real"))
    case = replace(case, indices=keyed(PriceIndex(**named("general"), levels={2026: 100.0, 2027: 110.0, 2028: 121.0})))
    plan, factors = plan_of(case), derive(case)
    found = {made.id: computed(factors, made, plan) for made in case.calibration}
    nominal = 4.0 + 66.55 + 7.26
    assert found == pytest.approx({"real": 70.5, "nominal": nominal, "a km": 10.5 / 60, "of all": nominal / 70.5})
    totals, _ = recompute(case, plan)
    assert {key: totals.calibration[key] for key in found} == pytest.approx(found)


def test_a_plan_without_rows_claims_nothing_and_has_no_table():
    case = case_of()
    factors, plan = derive(case), plan_of(case)
    answer = solution(plan, factors, prices=())
    assert not any(key.startswith("calibration") for key in claims(case, factors, answer))
    assert "calibration" not in build_report(case, factors, answer).tables


@pytest.mark.parametrize(("published", "band", "held"), [
    (222.0, {}, True), (185.0, {}, True), (184.9, {}, False), (277.5, {}, True), (277.6, {}, False),
    (300.0, {"least": 222.0}, True), (300.0, {"least": 222.1}, False),
    (150.0, {"most": 222.0}, True), (150.0, {"most": 221.9}, False), (300.0, {"least": 100.0}, True)])
def test_the_band_is_stated_or_a_fifth_to_each_side(published, band, held):
    """222 against the published figure: 185 x 1.2 = 222, 277.5 x 0.8 = 222."""
    case = case_of(row(published=published, measure="cost", unit="bn KZT", **band))
    assert inside(case.calibration[0], computed(derive(case), case.calibration[0], Plan())) == held


def test_a_fall_has_its_band_too():
    """-10 published: from -12 to -8."""
    (made,) = case_of(row(published=-10.0, measure="cost", unit="bn KZT")).calibration
    assert (made.least, made.most) == (-12.0, -8.0)


def test_a_row_put_aside_is_shown_with_its_reason_and_not_counted():
    """222 in the band of 200 twice, once put aside; 70.5 outside that of 100. One of two is met, and the third is told
    apart: in the sheet, on the front page of trust and by verification."""
    case = case_of(row("A", 200.0, measure="cost", unit="bn KZT"), row("B", 100.0, measure="spend", unit="bn KZT"),
                   row("C", 200.0, measure="cost", unit="bn KZT", counts=False, why="one company",
                       why_ru="одна компания"))
    factors, plan = derive(case), plan_of(case)
    found, answer = amounts(case, factors, plan), solution(plan, factors, prices=())
    _, _, aside = calibration_table(found).rows
    assert (aside["computed"], aside["inside"], aside["why"]) == (pytest.approx(222.0),
        Text("not comparable", "не сравнимо"), Text("one company", "одна компания"))
    assert within(found) == 1
    totals, _ = recompute(case, plan)
    assert totals.calibration_inside == 1
    assert totals.calibration["C"] == pytest.approx(222.0)
    report = build_report(case, factors, answer)
    (fact,) = [fact for section in report.overview for fact in section.facts if fact.key == "calibration"]
    assert (fact.value, fact.note.en, fact.note.ru) == (
        1.0, "of 2 that are compared; a band is 20 % to either side, or the spread of sources that is entered",
        "из 2 сравниваемых; полоса: 20 % в обе стороны или указанный разброс источников")
    block = trust._published(case, report)
    assert [line[0] for line in block.rows] == [Text("B", "B"), Text("A", "A")]
    why = next(at for at, field in enumerate(block.fields) if field.head.en == "Why not within its band")
    assert [line[why] for line in block.rows] == [trust.UNSAID, None]
    assert [note.en.split(";")[0] for note in block.notes] == ["Not comparable and not counted: 1 more"]
    assert report.tables["calibration"].rows[2]["inside"] is ASIDE
    off = _inputs(report.tables, None)
    assert [said.en for said in off] == [
        "1 of 2 published figures lies outside the band of each (20 % to either side, or the spread of sources that "
        "is entered)"]


def test_the_sheet_and_the_summary_of_a_plan():
    """222 inside a fifth of 200; 70.5 outside that of 100; the year of no spending is neither."""
    case = case_of(row("A", 200.0, measure="cost", unit="bn KZT", source="a report", why="it is inside"),
                   row("B", 100.0, measure="spend", unit="bn KZT", as_unit="bn of all", as_unit_ru="млрд всего",
                       why="named in part", why_ru="названы не все"),
                   row("N", 2028.0, **BY_HAND["nothing"][1]))
    factors, plan = derive(case), plan_of(case)
    found = amounts(case, factors, plan)
    first, second, third = calibration_table(found).rows
    assert (first["published"], first["computed"], first["ratio"], first["least"], first["most"], first["inside"],
            first["source"]) == (
        200.0, pytest.approx(222.0), pytest.approx(1.11), 160.0, 240.0, YES, "a report")
    assert (first["why"], second["why"], third["why"]) == (None, Text("named in part", "названы не все"), None)
    assert (second["inside"], second["unit"].en, second["unit"].ru, second["year"]) == (NO, "bn of all", "млрд всего",
        "2026-2028")
    assert (third["computed"], third["ratio"]) == (None, None)
    assert third["inside"].en == "nothing to compare"
    assert within(found) == 1
    answer = solution(plan, factors, prices=())
    report = build_report(case, factors, answer)
    (fact,) = [fact for section in report.overview for fact in section.facts
               if fact.label.en == "Published figures within their bands"]
    assert (fact.value, fact.note.en.partition("; a band")[0], fact.note.ru.partition("; полоса")[0]) == (
        1.0, "of 2 that are compared; 1 more has nothing to compare", "из 2 сравниваемых; ещё 1 сравнить не с чем")
    assert "calibration" in report.tables


def test_what_has_nothing_to_compare_is_told_apart_wherever_the_count_stands():
    """Of four rows that count one lies inside, one outside, two are of works that the plan has not: two are compared.
    So in the summary, on the pages Decision and Trust and where it is asked how firm the plan is."""
    case = case_of(row("A", 200.0, measure="cost", unit="bn KZT"), row("B", 100.0, measure="spend", unit="bn KZT"),
                   *(row(key, 2028.0, **BY_HAND["nothing"][1]) for key in "NM"))
    factors, plan = derive(case), plan_of(case)
    report = build_report(case, factors, solution(plan, factors, prices=()))
    assert tally(report.tables["calibration"].rows) == (2, 1, 2)
    (fact,) = [fact for section in report.overview for fact in section.facts if fact.key == "calibration"]
    assert (fact.value, fact.note.en.partition("; a band")[0], fact.note.ru.partition("; полоса")[0]) == (
        1.0, "of 2 that are compared; 2 more have nothing to compare", "из 2 сравниваемых; ещё 2 сравнить не с чем")
    (said,) = certain(case, report)
    assert said.en.partition(", and ")[2] == (
        "1 of 2 published figures lies within the band of each (20 % to either side, or the spread of sources that "
        "is entered); 2 more have nothing to compare.")
    assert said.ru.endswith("1 из 2 опубликованных величин; ещё 2 сравнить не с чем.")
    (off,) = _inputs(report.tables, None)
    assert off.en.startswith("1 of 2 published figures lies outside the band of each")
    (note,) = trust._published(case, report, 1).notes
    assert note.en.startswith("Not shown: 1 inside theirs, 2 with nothing to compare (")
    assert note.ru.startswith("Не показаны: в своей полосе: 1, сравнивать не с чем: 2 (")


def test_where_nothing_is_compared_no_share_is_told():
    case = case_of(row("N", 2028.0, **BY_HAND["nothing"][1]))
    factors, plan = derive(case), plan_of(case)
    assert [fact for section in build_report(case, factors, solution(plan, factors, prices=())).overview
            for fact in section.facts if fact.key == "calibration"] == []


def test_rows_change_no_plan():
    """They are compared afterwards: the factors of a case with rows are those of the case without."""
    with_rows = case_of(*(row(name, **cells) for name, (_, cells) in BY_HAND.items()))
    plan = plan_of(with_rows)
    assert derive(with_rows).outlays(plan) == derive(replace(with_rows, calibration=())).outlays(plan)
