"""Sheet calibration as it is read and checked: what a row compares, what the case alone tells, what repeats an input
(docs/numbers.md, Calibration)."""

import pytest

from jaryq.case.build import build
from jaryq.factors.derive import derive
from jaryq.rules.calibration import calibration_is_meant, calibration_speaks_of_something, calibration_without_a_plan
from jaryq.tables.tables import Table
from jaryq.tables.typed import typed
from tests.workbooks import minimal_tables

COLUMNS = ("calibration", "measure", "filter", "years", "take", "works", "per", "per_filter", "times", "published",
           "least", "most", "unit", "as_unit", "quantity", "source", "counts", "why")


def tables_of(targets=(), **cells):
    row = {**dict.fromkeys(COLUMNS), "calibration": "C", "measure": "cost", "published": 20.0, "unit": "bn KZT",
           **cells}
    facilities = [{"facility": "F1", "asset_type": "chp", "region": "R1", "cost": 12.5, "capacity": 5.0,
                   "capacity_unit": "MW"},
                  {"facility": "F2", "asset_type": "chp", "region": "R1", "cost": 7.5, "capacity": 10.0,
                   "capacity_unit": "Gcal/h"}]
    more = {"targets": list(targets)} if targets else {}
    return minimal_tables(calibration=[row], facilities=facilities,
                          regions=[{"region": "R1", "name": "Karaganda", "name_ru": "Караганда"}],
                          asset_types=[{"asset_type": "chp", "sector": "power"}], **more)


def told(**cells):
    """Codes and columns of the issues of the sheet, of cells and of every rule."""
    tables, issues = typed(tables_of(**cells))
    issues = [*issues, *calibration_is_meant(tables)]
    if not any(issue.severity == "stop" for issue in issues):
        factors = derive(build(tables, "base"))
        issues += [*calibration_speaks_of_something(tables, factors), *calibration_without_a_plan(tables, factors)]
    return [(issue.code, issue.column) for issue in issues if issue.sheet == "calibration"]


@pytest.mark.parametrize("cells", [
    {"published": 21.0}, {"published": 21.0, "filter": "region=R1"}, {"measure": "spend", "years": "2026-2028"},
    {"measure": "spend", "per": "cost", "published": 0.9},
    {"measure": "facilities", "unit": "facilities", "take": "change"},
    {"published": 1.0, "per": "capacity", "per_filter": "project=F1", "filter": "project=F2", "least": 1.0,
     "most": 2.0},
    {"measure": "draw", "filter": "source=S1"}, {"published": 30.0, "least": 20.0}])
def test_nothing_to_say(cells):
    """F1 and F2 cost 20, F2 7.5 over F1's 5 MW is 1.5."""
    assert told(**cells) == []


@pytest.mark.parametrize(("cells", "code", "column"), [
    ({"unit": "km"}, "target_unfit", "unit"), ({"measure": "losses", "unit": "bn KZT"}, "target_unfit", "unit"),
    ({"filter": "colour=red"}, "bad_selector", "filter"), ({"filter": "source=S1"}, "bad_selector", "filter"),
    ({"per": "cost", "per_filter": "x"}, "bad_selector", "per_filter"),
    ({"per_filter": "region=R1"}, "calibration_unfit", "per_filter"), ({"years": "2040"}, "target_unfit", "years"),
    ({"years": "soon"}, "target_unfit", "years"),
    ({"measure": "spend", "take": "change"}, "calibration_unfit", "take"),
    ({"take": "last", "times": 2.0}, "calibration_unfit", "take"),
    ({"take": "last", "per": "cost"}, "calibration_unfit", "take"), ({"least": 20.1}, "calibration_unfit", "least"),
    ({"most": 19.9}, "calibration_unfit", "most"),
    ({"take": "effect"}, "calibration_unfit", "take"), ({"measure": "spend", "take": "effect", "works": False},
                                                        "calibration_unfit", "take"),
    ({"published": 2.0, "per": "capacity"}, "calibration_unfit", "per"),
    ({"take": "relative"}, "calibration_unfit", "take"),
    ({"measure": "failures", "take": "relative", "per": "km"}, "calibration_unfit", "per"),
    ({"filter": "region=R9"}, "selector_matches_nothing", "filter"),
    ({"per": "cost", "per_filter": "region=R9"}, "selector_matches_nothing", "per_filter"),
    ({"published": None}, "missing_value", "published"),
    ({"measure": "costs"}, "value_not_allowed", "measure"), ({"per": "wear"}, "value_not_allowed", "per")])
def test_what_is_wrong_is_told(cells, code, column):
    assert (code, column) in told(**cells)


@pytest.mark.parametrize(("published", "found"), [(17.0, []), (25.0, []), (16.6, ["calibration_outside"]),
                                                  (25.1, ["calibration_outside"]), (20.0, ["calibration_repeats"])])
def test_the_case_alone_tells_what_lies_outside(published, found):
    """20 bn of both facilities against a band of a fifth: 16.67 x 1.2 = 20, 25 x 0.8 = 20. Exactly 20 proves
    nothing."""
    assert [code for code, _ in told(published=published)] == found


@pytest.mark.parametrize("published", [16.6, 20.0])
def test_of_a_row_put_aside_nothing_is_told(published):
    assert told(published=published, counts=False, why="works of one company") == []
    assert told(published=published, counts=False) == [("calibration_unfit", "why")]


def test_the_ratio_is_told():
    tables, _ = typed(tables_of(published=10.0))
    (issue,) = calibration_without_a_plan(tables, derive(build(tables, "base")))
    assert issue.severity == "surprise"
    assert issue.say("en").count("the case gives 20, 2 of the published figure, outside the band of 8 to 12") == 1


def test_large_figures_are_told_without_an_exponent():
    """20 bn times 1,950."""
    tables, _ = typed(tables_of(published=20000.0, times=1950.0))
    (issue,) = calibration_without_a_plan(tables, derive(build(tables, "base")))
    assert "the case gives 39000, 1.95 of the published figure" in issue.say("en")


def test_what_depends_on_a_plan_is_not_told():
    """1 bn is far from what any plan spends, and no plan is there yet."""
    assert told(measure="spend", published=1.0) == []


@pytest.mark.parametrize(("cells", "said"), [
    ({}, ["calibration_repeats"]), ({"published": 1.5}, []), ({"years": "2027"}, []), ({"filter": "region=R1"}, []),
    ({"times": 2.0}, []), ({"works": False}, ["calibration_outside"])])
def test_a_target_that_asks_the_same_makes_the_row_prove_nothing(cells, said):
    target = {"target": "T", "measure": "facilities", "years": "2028", "value": 2.0, "unit": "facilities",
              "priority": "1"}
    row = {"measure": "facilities", "unit": "facilities", "published": 2.0, "years": "2028", **cells}
    assert [code for code, _ in told(targets=[target], **row)] == said


def test_names_in_both_filters_are_read_as_keys():
    tables, issues = typed(tables_of(filter="region=Караганда", per="cost", per_filter="region=Karaganda"))
    frame = tables["calibration"].frame
    assert (frame["filter"][0], frame["per_filter"][0]) == ("region=R1", "region=R1")
    assert [(issue.code, issue.column) for issue in issues if issue.sheet == "calibration"] == [("repaired_letters",
        "filter"), ("repaired_letters", "per_filter")]


def test_without_the_sheet_nothing_is_compared():
    tables, _ = typed(minimal_tables())
    assert build(tables, "base").calibration == ()


def test_rows_keep_the_order_of_the_sheet():
    rows = [{"calibration": key, "measure": "cost", "published": 1.0, "unit": "bn KZT"} for key in ("Z", "A", "M")]
    tables, _ = typed(minimal_tables().with_sheet(Table.of("calibration", rows)))
    assert [row.id for row in build(tables, "base").calibration] == ["Z", "A", "M"]
