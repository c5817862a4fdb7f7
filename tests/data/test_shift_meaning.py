"""What blanks mean moves with what is late, and what is signed and under way keeps its dates, blank or not: cells and
plans by hand (docs/numbers.md, Scenarios that shift)."""

import pytest

from jaryq.tables.scenarios import apply
from tests.data.test_shift import SPAN, planned, settings, shift, tables_of

YEARS = {"first_year": 2026, "discount_rate": 0, "prices": 0, "gap": 0}
SOURCE = [{"source_id": "S", "name": "S", "kind": "own", "envelope": 10.0}]


def rows_of(tables, sheet, *columns):
    return [tuple(row.get(column) for column in columns) for _, row in tables[sheet].records()]


def late(rows, by=1, selector="", sheet="programme"):
    done, _, issues = apply(tables_of(settings=SPAN, **rows), [shift(sheet, by, selector)])
    assert issues == []
    return done


@pytest.mark.parametrize("between", [(), ("peak_2027",), ("peak_2027", "peak_2029", "available_2028")])
def test_a_peak_is_late_whatever_columns_stand(between):
    """Peaks 100, 100, 120, 120 (2027 as 2026, 2029 as 2028), 100 available, a deficit costs 1 bn a MW: 20 in 2028 and
    2029 are 40. A year late 100, 100, 100, 120: 20."""
    sheets = {
        "settings": settings(case="t", last_year=2029, evaluation_last_year=2029, **YEARS),
        "regions": [{"region": "R", "name": "R"}], "sources": [*SOURCE],
        "facilities": [{"facility": "A", "name": "A", "region": "R", "cost": 3.0, "works_months": 12, "savings": 0.0}],
        "balances": [{"area": "N", "unit": "MW", "price": 1.0, "available_2026": 100.0, "peak_2026": 100.0,
                      **dict.fromkeys(between), "peak_2028": 120.0}],
    }
    assert planned(sheets).value == pytest.approx(-40.0)
    assert planned(sheets, shift("balances", 1)).value == pytest.approx(-20.0)


@pytest.mark.parametrize("between", [(), ("2027",)])
def test_ceilings_are_late_whatever_columns_stand(between):
    """Ceilings 2, none, 3; A costs 5 in 2028, its earliest: never. A year late 0, 2 and, in 2028, none: it is done and
    saves 3 a year from 2029 to 2033."""
    sheets = {
        "settings": settings(case="t", last_year=2028, evaluation_last_year=2033, **YEARS),
        "regions": [{"region": "R", "name": "R"}], "sources": [*SOURCE],
        "facilities": [{"facility": "A", "name": "A", "region": "R", "cost": 5.0, "works_months": 12, "savings": 3.0,
                        "earliest": 2028, "life": 5}],
        "source_years": [{"source_id": "S", "2026": 2.0, **dict.fromkeys(between), "2028": 3.0}],
    }
    assert planned(sheets).value == pytest.approx(0.0)
    assert planned(sheets, shift("source_years", 1)).value == pytest.approx(10.0)


@pytest.mark.parametrize("between", [(), ("km_2027", "km_2029")])
def test_wishes_are_late_and_no_more_than_they_were(between):
    """5 km in 2026 and 7 in 2028: a year late 5 in 2027 and 7 in 2029, 12 of 40 as before."""
    sheets = {
        "settings": settings(case="t", last_year=2029, evaluation_last_year=2033, **YEARS),
        "regions": [{"region": "R", "name": "R"}], "sources": [*SOURCE],
        "asset_types": [{"asset_type": "W", "name": "W", "sector": "water", "life": 30.0}],
        "networks": [{"package": "P", "name": "P", "region": "R", "asset_type": "W", "km": 40.0, "unit_cost": 100.0}],
        "overrides": [{"project": "P", "km_2026": 5.0, **dict.fromkeys(between), "km_2028": 7.0}],
    }
    km = lambda found: {y: round(v, 6) for (_, y), v in sorted(found.plan.renew.items()) if v > 1e-6}  # noqa: E731
    assert km(planned(sheets)) == {"2026": 5.0, "2028": 7.0}
    assert km(planned(sheets, shift("overrides", 1))) == {"2027": 5.0, "2029": 7.0}


@pytest.mark.parametrize("status", ["committed", "started"])
@pytest.mark.parametrize("stated", [None, 2028])
def test_what_is_under_way_ends_when_it_was_to_end(status, stated):
    """Horizon to 2028, so a blank latest is 2028: it stays 2028 where the programme has a year more, as a stated one
    does. The same for what is in one contract with it; what is not has the year more."""
    rows = {"facilities": [{"facility": "A", "earliest": None, "latest": stated, "lot": "L"},
                           {"facility": "B", "earliest": None, "latest": None, "lot": "L"},
                           {"facility": "C", "earliest": None, "latest": None, "lot": "M"},
                           {"facility": "D", "earliest": None, "latest": None, "lot": None}],
            "networks": [{"package": "N", "earliest": None, "latest": None, "lot": "L"},
                         {"package": "M", "earliest": None, "latest": None, "lot": None}],
            "progress": [{"project": "A", "year": 2025, "status": status}]}
    done = late(rows)
    assert rows_of(done, "facilities", "earliest", "latest") == [(None, 2028), (None, 2028), (2027, None), (2027, None)]
    assert rows_of(done, "networks", "earliest", "latest") == [(None, None), (2027, None)]
    # a year earlier there is no 2028: blank is the end that is left
    assert rows_of(late(rows, -1), "facilities", "latest")[1:] == [(None,), (None,), (None,)]


def test_a_signed_loan_is_drawn_to_the_year_it_was():
    """A loan of 2024 and one of 2027, drawn to the end: the one has no year more, the other is a year late in all."""
    done = late({"sources": [{"source_id": "old", "signing_year": 2024, "available_to": None},
                             {"source_id": "to", "signing_year": 2024, "available_to": 2027},
                             {"source_id": "new", "signing_year": 2027, "available_to": None}]})
    assert rows_of(done, "sources", "signing_year", "available_from", "available_to") == [
        (2024, None, 2028), (2024, None, 2027), (2028, 2027, None)]


def test_a_budget_that_opens_later_goes_on_from_there():
    """Open from 2027 with 10, 20: a year late 10, 10, 20, and 30 in all; not without limit in 2027."""
    done = late({"sources": [{"source_id": "S", "available_from": 2027, "envelope": None, "carry_over": "none"}],
                 "source_years": [{"source_id": "S", "2027": 10.0, "2028": 20.0}]})
    assert rows_of(done, "source_years", "2026", "2027", "2028", "2029") == [(None, 10.0, 10.0, 20.0)]
    assert rows_of(done, "sources", "available_from", "envelope") == [(2027, 30.0)]


def test_a_committed_facility_is_not_late_in_the_plan():
    """D is committed, costs 2 and saves nothing: at 10 % it is done as late as may be, in 2028. A, not begun, is done
    at once. A year late: A in 2027, D in 2028 as before and not in 2029."""
    works = {"region": "R", "cost": 2.0, "works_months": 12}
    sheets = {
        "settings": settings(case="t", last_year=2028, evaluation_last_year=2030, **{**YEARS, "discount_rate": 10}),
        "regions": [{"region": "R", "name": "R"}], "sources": [*SOURCE],
        "facilities": [{"facility": "D", "name": "D", "savings": 0.0, **works},
                       {"facility": "A", "name": "A", "savings": 3.0, **works}],
        "progress": [{"project": "D", "year": 2026, "status": "committed"}],
    }
    paid = lambda found: {(p, y) for (_, p, y), amount in found.plan.draw.items() if amount > 1e-9}  # noqa: E731
    assert paid(planned(sheets)) == {("D", 2028), ("A", 2026)}
    assert paid(planned(sheets, shift("programme", 1))) == {("D", 2028), ("A", 2027)}


def test_blank_ends_are_earlier():
    """Blank latest and available_to mean 2028: a year earlier 2027; a year later there is no year more."""
    rows = {"facilities": [{"facility": "A", "earliest": 2026, "latest": None}],
            "sources": [{"source_id": "S", "available_to": None}]}
    for sheet, column in (("facilities", "latest"), ("sources", "available_to")):
        assert rows_of(late(rows, -1, sheet=sheet), sheet, column) == [(2027,)]
        assert rows_of(late(rows, 1, sheet=sheet), sheet, column) == [(None,)]


def test_targets_without_years_are_late_where_they_stand_at_the_end_of_each():
    """Blank is 2026 to 2028 for km and for a quantity that is a level: the programme a year late 2027 to 2029, the
    sheet alone 2027 to 2028, early 2026 to 2027. What is summed over a range is a row for each year, and stays so."""
    rows = {"quantities": [{"quantity": "HOME", "kind": "level"}, {"quantity": "CO2", "kind": "flow"}],
            "targets": [{"target": "T", "measure": "km", "years": None},
                        {"target": "Q", "measure": "quantity", "quantity": "HOME", "years": None},
                        {"target": "S", "measure": "spend", "years": None},
                        {"target": "F", "measure": "quantity", "quantity": "CO2", "years": None},
                        {"target": "Y", "measure": "spend", "years": "2027"}]}
    years = lambda by, sheet: [of for of, in rows_of(late(rows, by, sheet=sheet), "targets", "years")]  # noqa: E731
    assert years(1, "programme") == ["2027-2029", "2027-2029", None, None, "2028"]
    assert years(1, "targets") == ["2027-2028", "2027-2028", None, None, "2028"]
    assert years(-1, "targets") == ["2026-2027", "2026-2027", None, None, "2026"]
    assert years(-1, "programme") == [None, None, None, None, "2026"]
