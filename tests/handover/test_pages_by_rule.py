"""Front pages by year, gantt, renewal and by region: tables that add up, and each sentence by its rule on figures made
by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest

from jaryq.base.text import Text
from jaryq.factors.derive import derive
from jaryq.handover.gantt import gantt, runs, strongest, years_of
from jaryq.handover.places import most_money, moved, places, worst, worst_first
from jaryq.handover.renewal import renewal, renewed
from jaryq.handover.years import asked, busiest, whole, years
from jaryq.report import build_report
from jaryq.report.amounts import amounts
from jaryq.report.by_region import ranks
from jaryq.report.by_year import ALL, FINISHED, IN_SERVICE, RENEWED, RENEWED_SINCE, SPENT
from jaryq.report.figures import completed
from jaryq.report.shapes import Out
from jaryq.report.words import BUYS, NO, OUT_OF_SERVICE, WORKS, YES
from tests.report.plans import finished
from tests.report.works import made


def name(said):
    return Text(said, said)


@pytest.fixture(scope="module", params=["years", "quarters"])
def told(request):
    case, factors, answer = finished() if request.param == "years" else made()
    return case, amounts(case, factors, answer.plan), build_report(case, factors, answer)


def with_rows(report, sheet, rows):
    """The report with other rows in a table."""
    return replace(report, tables={**report.tables, sheet: replace(report.tables[sheet], rows=tuple(rows))})


def test_years_add_up_to_the_plan(told):
    case, found, report = told
    table, last = report.tables["by_year"], f"y_{case.settings.last_year}"
    assert whole(table, FINISHED)["before"] + whole(table, FINISHED)["total"] == pytest.approx(completed(found))
    assert whole(table, IN_SERVICE)[last] == pytest.approx(completed(found))
    networks = report.tables["networks"]
    assert whole(table, RENEWED)["total"] == pytest.approx(networks.total("renewed"))
    assert whole(table, RENEWED_SINCE)[last] == pytest.approx(networks.total("renewed") + networks.total("done"))
    for what in (FINISHED, RENEWED):
        parts = [row for row in table.rows if row["what"] == what and row["sector"] != ALL]
        assert math.fsum(row["total"] for row in parts) == pytest.approx(whole(table, what)["total"])
    assert whole(table, SPENT)["total"] == pytest.approx(report.tables["funding"].total("total"))


def test_regions_and_kinds_add_up_to_the_plan(told):
    case, found, report = told
    regions, kinds, networks = (report.tables[sheet] for sheet in ("by_region", "networks_by_kind", "networks"))
    for heading in ("scope", "done", "renewed"):
        assert regions.total(heading) == pytest.approx(networks.total(heading))
        assert kinds.total(heading) == pytest.approx(networks.total(heading))
    assert regions.total("total") == pytest.approx(math.fsum(found.outlay.values()))
    assert regions.total("part") == pytest.approx(100.0)
    assert regions.total("before") + regions.total("finished") == pytest.approx(completed(found))
    assert regions.total("facilities") == len(case.assets)


def test_money_a_head_is_cost_over_people():
    """2 bn KZT on 1,000 people are 2,000 thousand KZT a head; without people there is no such figure, and not 0."""
    case, _, answer = finished()
    key = next(iter(case.regions))
    peopled = replace(case, regions={**case.regions, key: replace(case.regions[key], population=1000.0)})
    rows = build_report(peopled, derive(peopled), answer).tables["by_region"].rows
    mine = next(row for row in rows if row["region"] == key)
    assert mine["total"] > 0
    assert mine["per_head"] == pytest.approx(mine["total"] * 1e9 / 1000 / 1e3)
    assert all(row["per_head"] is None for row in rows if row["region"] != key)


def test_wear_of_a_region_is_weighted_by_length_and_cost():
    """1 km at 0.1 bn KZT and 90 %, 9 km at 0.01 and 40 %: (0.1 x 90 + 0.09 x 40)/0.19 = 66.3 %; at no cost by length:
    45 %."""
    case, _, answer = finished()
    region = next(iter(case.regions))
    costs = ((1.0, 0.1, 0.9), (9.0, 0.01, 0.4))

    def now(priced):
        sample = next(iter(case.packages.values()))
        mine = {f"n{i}": replace(sample, id=f"n{i}", region=region, km=km, km_total=km, done={}, unit_cost=cost
                                 if priced else 0.0, wear=worn)
                for i, (km, cost, worn) in enumerate(costs)}
        worn_case = replace(case, packages={**{key: replace(p, wear=None) for key, p in case.packages.items()}, **mine})
        report = build_report(worn_case, derive(worn_case), answer)
        return next(row for row in report.tables["by_region"].rows if row["region"] == region)["wear_now"]

    assert now(True) == pytest.approx(12.6 / 0.19)
    assert now(False) == pytest.approx(45.0)


def test_equals_share_a_rank_and_the_unknown_have_none():
    assert ranks([50.0, None, 70.0, 50.0, 40.0]) == [2, None, 1, 2, 4]


def test_every_page_is_made_of_plans_with_years_and_with_quarters(told):
    case, _, report = told
    for page in (years(case, report), gantt(case, report), renewal(case, report)):
        assert all(text.say(lang).strip() for text in (page.title, page.note, *page.sentences) for lang in ("en", "ru"))
        assert not any(chart.empty for chart in page.charts)


def test_a_lane_for_each_facility_in_the_order_of_beginning(told):
    case, _, report = told
    lanes, built = gantt(case, report).gantt.lanes, {row["facility"] for row in report.tables["timetable"].rows}
    assert {lane.key for lane in lanes if lane.key not in case.packages} == built
    for some in ([lane for lane in lanes if lane.key in built], [lane for lane in lanes if lane.key not in built]):
        begins = [min(span.first for span in lane.spans) for lane in some]
        assert begins == sorted(begins)
    assert all(0 <= span.first <= span.last < len(case.periods) for lane in lanes for span in lane.spans)


def test_phases_of_the_hand_case():
    """AV procures in Q1 and Q2's works run to Q3, in which it is out of service (tests/report/works.py)."""
    case, factors, answer = made()
    lane = next(lane for lane in gantt(case, build_report(case, factors, answer)).gantt.lanes if lane.key == "AV")
    assert [(span.phase, span.first, span.last) for span in lane.spans] == [(BUYS, 0, 0), (WORKS, 1, 1),
        (OUT_OF_SERVICE, 2, 2)]


def test_packages_have_a_lane_with_the_km_of_each_year(told):
    """All km that are renewed stand on it, each in its year, and the cost is that of the package."""
    case, _, report = told
    table = {row["package"]: row for row in report.tables["networks"].rows if row["renewed"] > 0}
    lanes = {lane.key: lane for lane in gantt(case, report).gantt.lanes if lane.key in case.packages}
    assert lanes.keys() == table.keys() != set()
    for key, lane in lanes.items():
        by_year = {case.periods[span.first].year: span.amount for span in lane.spans}
        assert by_year == pytest.approx({y: km for y in case.settings.years if (km := table[key][f"km_{y}"]) > 0})
        assert all(case.periods[span.first].year == case.periods[span.last].year for span in lane.spans)
        assert lane.cost == table[key]["total"]


def test_a_year_of_km_runs_from_its_first_period_with_works_to_its_last():
    """Quarters 2 and 4 of 2026 and 1 of 2027: 3 + 4 km over quarters 2 to 4, then 5."""
    periods = [SimpleNamespace(year=year, label=f"{year}Q{q}") for year in (2026, 2027) for q in (1, 2, 3, 4)]
    spans = years_of(periods, {"2026Q2": 3.0, "2026Q4": 4.0, "2027Q1": 5.0, "2027Q2": 0.0})
    assert [(span.first, span.last, span.amount) for span in spans] == [(1, 3, 7.0), (4, 4, 5.0)]


def test_runs_and_the_mark_of_several_starts():
    assert runs([True, True, False, True, False]) == [(0, 1), (3, 3)]
    assert strongest([BUYS, None, OUT_OF_SERVICE, WORKS]) is OUT_OF_SERVICE
    assert strongest([None]) is None


def test_the_busiest_years_are_told(told):
    case, _, report = told
    first, last = case.settings.years[0], case.settings.last_year
    row = {"what": FINISHED, "sector": ALL, "unit": name("facilities"), **{f"y_{y}": 1.0 for y in case.settings.years},
           f"y_{last}": 70.0, "total": 71.0}
    money = {**row, "what": SPENT, f"y_{first}": 1234.0, f"y_{last}": 5.0, "total": 1240.0}
    said = busiest(case, with_rows(report, "by_year", [row, money]))
    assert [text.en for text in said] == [f"Of {first}–{last} most facilities are finished in {last} (70 of 71); most "
                                          f"is spent in {first} (1,234 of 1,240 bn KZT)."]
    assert said[0].ru.startswith(f"За {first}–{last} годы больше всего объектов завершается в {last} году (70 из 71)")
    assert busiest(case, with_rows(report, "by_year", [{**row, "total": 0.0}])) == []


def test_targets_of_each_year_are_told(told):
    _, _, report = told
    row = {"measure": Text("km renewed", "км обновлено"), "filter": None, "sense": ">=", "unit": Text("km", "км"),
           "value": 22500.0, "reached": 22110.0,
           "shortfall": 390.0, "met": NO, "year": "2026"}
    rows = [{**row, "year": "2027", "reached": 30000.0, "shortfall": 0.0, "met": YES}, row,
            {**row, "filter": "sector=heat"}, {**row, "sense": "<="}]
    assert [text.en for text in asked(with_rows(report, "targets", rows))] == [
        "By 2026: 22,110 of 22,500 km asked are renewed, 390 short.", "By 2027: 30,000 of 22,500 km asked are renewed."]
    assert asked(with_rows(report, "targets", [])) == []


def region(key, rank=None, **figures):
    return {"region": key, "name": name(key), "rank": rank, **figures}


def test_the_worst_off_stand_first_and_the_unknown_last():
    table = Out("by_region", ("region", "name"), (region("A"), region("B", 2), region("C", 1)))
    assert [row["region"] for row in worst_first(table)] == ["C", "B", "A"]


def test_sentences_on_places():
    rows = [region("C", 1, wear_now=65.75, wear_plan=74.67, per_head=100.0),
            region("B", 2, wear_now=50.0, wear_plan=50.04, per_head=2652.4)]
    assert worst(rows)[0].en == "The most worn networks at the end are those of C: 65.8 % now, 74.7 % then."
    assert most_money(rows)[0].en == "Most is spent a head in B (2,652 thousand KZT), least in C (100)."
    assert moved(rows)[0].en == "Networks are more worn at the end than now in 1 of 2 regions."
    unknown = [region("A"), region("B")]
    assert worst(unknown) == most_money(unknown) == moved(unknown) == []


def test_the_share_renewed_is_told(told):
    case, _, report = told
    rows = [{"kind": name("pipes"), "share": 7.5}, {"kind": name("lines"), "share": 23.2},
            {"kind": name("none"), "share": None}]
    last = case.settings.last_year
    assert renewed(case, with_rows(report, "networks_by_kind", rows))[0].en == (
        f"By {last} the largest part of what is in scope is renewed of “lines” 23 %, the smallest of “pipes” 8 %.")
    assert "smallest" not in renewed(case, with_rows(report, "networks_by_kind", rows[:1]))[0].en


def test_a_case_without_networks_facilities_or_regions_has_fewer_pages(told):
    case, _, report = told
    bare = {sheet: table for sheet, table in report.tables.items() if sheet != "networks_by_kind"}
    assert renewal(case, replace(report, tables=bare)) is None
    idle = with_rows(report, "timetable", [])
    assert {lane.key for lane in gantt(case, idle).gantt.lanes} <= case.packages.keys()  # networks alone
    assert gantt(case, with_rows(idle, "networks", [])) is None
    assert places(case, with_rows(report, "by_region", report.tables["by_region"].rows[:1])) is None
