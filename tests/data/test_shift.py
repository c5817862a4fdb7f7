"""Changes that shift dates and year columns: cells by the rules of docs/numbers.md, and plans a year late by hand."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.tables.change import Change
from jaryq.tables.scenarios import apply, changed
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.tables.typed_changes import command_change


def tables_of(**sheets):
    return Tables("t", {name: Table.of(name, records) for name, records in sheets.items()})


def settings(**values):
    return [{"setting": name, "value": value} for name, value in values.items()]


def shift(sheet, by, selector="", column="", years=""):
    return Change(sheet, selector, column, years, "shift", str(by), "scenario_changes", "4")


def values(tables, sheet, row=0):
    return {name: value for name, value in tables[sheet].frame.iloc[row].items() if value is not None}


SPAN = settings(first_year=2026, last_year=2028)


def test_dates():
    """2026 and 2028 a year later are 2027 and 2029; a blank earliest is the first planned year, a blank latest stays
    blank; years of what is (year_built) stay, and so does what lies before the first planned year."""
    tables = tables_of(settings=SPAN, facilities=[
        {"facility": "A", "earliest": 2026, "latest": 2028, "year_built": 1970},
        {"facility": "B", "earliest": None, "latest": None}],
        sources=[{"source_id": "L", "available_from": None, "available_to": 2027, "signing_year": 2024}])
    done, made, issues = apply(tables, [shift("facilities", 1), shift("sources", 1)])
    assert issues == []
    assert values(done, "facilities") == {"facility": "A", "earliest": 2027, "latest": 2029, "year_built": 1970}
    assert values(done, "facilities", 1) == {"facility": "B", "earliest": 2027}
    assert values(done, "sources") == {"source_id": "L", "available_from": 2027, "available_to": 2028,
                                       "signing_year": 2024}
    assert [(item.cell, item.old, item.new) for item in made] == [
        ("facilities!B4", 2026, 2027), ("facilities!B5", None, 2027), ("facilities!C4", 2028, 2029),
        ("sources!B4", None, 2027), ("sources!C4", 2027, 2028)]


@pytest.mark.parametrize(("sheet", "row", "by", "years", "after"), [
    # ceilings are late, not without limit: 10, 20 a year later are 0, 10, 20
    ("source_years", {"2026": 10.0, "2027": 20.0}, 1, "", {"2026": 0, "2027": 10.0, "2028": 20.0}),
    ("source_years", {"2025": 7.0, "2026": 10.0, "2027": 20.0}, 1, "",
     {"2025": 7.0, "2026": 0, "2027": 10.0, "2028": 20.0}),
    # a year earlier: 10 is lost, 20 in its place, nothing more in 2028
    ("source_years", {"2026": 10.0, "2027": 20.0, "2028": 0.0}, -1, "", {"2026": 20.0, "2027": 0.0, "2028": 0}),
    # only what stands in 2027: 2026 stays, 2027 is emptied, 2028 receives
    ("source_years", {"2026": 10.0, "2027": 20.0, "2028": 0.0}, 1, "2027", {"2026": 10.0, "2027": 0, "2028": 20.0}),
    # a capacity that is late goes on as it was
    ("crews", {"2026": 5.0, "2027": 6.0, "2028": 7.0}, 1, "", {"2026": 5.0, "2027": 5.0, "2028": 6.0, "2029": 7.0}),
    ("facilities", {"spend_2026": 3.0, "spend_2027": 4.0}, 1, "", {"spend_2027": 3.0, "spend_2028": 4.0}),
    ("targets", {"years": "2026-2030"}, 1, "", {"years": "2027-2031"}),
    ("targets", {"years": "2025-2030"}, 1, "", {"years": "2025-2031"}),
])
def test_years(sheet, row, by, years, after):
    column = "spend_" if sheet == "facilities" else ""
    done, _, issues = apply(tables_of(settings=SPAN, **{sheet: [row]}), [shift(sheet, by, column=column, years=years)])
    assert values(done, sheet) == after
    assert [issue.code for issue in issues] == (["shift_lost"] if by < 0 else [])
    if issues:
        assert issues[0].say("en").startswith("scenario_changes!4 value: 10 - what stands in 2026 falls before the "
                                              "first planned year")


def test_there_and_back():
    """A year later and a year earlier: nothing was lost, so the tables are what they were, but for dates that were
    blank and columns that are empty."""
    rows = {"facilities": [{"facility": "A", "earliest": 2027, "latest": 2028, "spend_2027": 3.0}],
            "targets": [{"target": "T", "years": "2027"}]}
    done, made, issues = apply(tables_of(settings=SPAN, **rows), [shift("programme", 1), shift("programme", -1)])
    assert (made, issues) == ((), [])
    assert {sheet: values(done, sheet) for sheet in rows} == {sheet: records[0] for sheet, records in rows.items()}


def test_the_programme_moves_what_is_its_own():
    """Rates, prices and crews do not wait, nor does what is under contract; of settings the last year moves; a selector
    moves only sheets with its column."""
    rows = {
        "facilities": [{"facility": "A", "latest": 2028}], "networks": [{"package": "N", "earliest": 2027}],
        "progress": [{"project": "A", "year": 2027, "status": "committed"},
                     {"project": "N", "year": 2025, "status": "done"}],
        "sources": [{"source_id": "JP1", "available_from": 2026}, {"source_id": "S", "available_from": 2026}],
        "source_years": [{"source_id": "JP1", "2026": 5.0}, {"source_id": "S", "2026": 5.0}],
        "currencies": [{"currency": "JPY", "2026": 3.0}], "crews": [{"crew": "c", "2026": 1.0}],
        "targets": [{"target": "T", "years": "2028"}],
    }
    done, _, issues = apply(tables_of(settings=SPAN, **rows), [shift("programme", 1)])
    assert issues == []
    assert [values(done, "settings", row)["value"] for row in (0, 1)] == [2026, 2029]
    assert values(done, "networks")["earliest"] == 2028
    assert [values(done, "progress", row)["year"] for row in (0, 1)] == [2027, 2025]
    assert values(done, "facilities") == {"facility": "A", "latest": 2028}
    assert (values(done, "currencies"), values(done, "crews")) == ({"currency": "JPY", "2026": 3.0},
        {"crew": "c", "2026": 1.0})
    assert values(done, "targets")["years"] == "2029"
    late, made, issues = apply(tables_of(settings=SPAN, **rows), [shift("programme", 1, "source_id=JP*")])
    assert issues == []
    assert {(item.sheet, item.key) for item in made} == {("sources", "JP1"), ("source_years", "JP1")}
    assert (values(late, "source_years"), values(late, "source_years", 1)) == (
        {"source_id": "JP1", "2026": 0, "2027": 5.0}, {"source_id": "S", "2026": 5.0})


def test_what_is_signed_and_under_way_is_not_late():
    """Horizon 2026 to 2028. Late: works not begun, a loan to be signed. Not late: what is started, a loan signed in
    2024. A budget has its money a year later and, for what is under way, what it had in the year before: 10, 20, 30 are
    10, 10, 20, 30, and never more than 60 in all. Without a sum of its own stay: one with a year without limit, a fund,
    one with an envelope. Of a package with km under contract only the end of its window is later."""
    rows = {
        "facilities": [{"facility": "A", "earliest": None, "latest": 2027, "spend_2026": 3.0, "spend_2027": None},
                       {"facility": "B", "earliest": None, "latest": 2027}],
        "networks": [{"package": "N", "earliest": None, "latest": 2027},
                     {"package": "M", "earliest": None, "latest": 2027}],
        "progress": [{"project": "A", "year": 2025, "status": "started"},
                     {"project": "N", "year": 2026, "status": "committed"}],
        "sources": [
            {"source_id": "signed", "signing_year": 2024, "available_to": 2027, "envelope": None, "carry_over": "loan"},
            {"source_id": "new", "signing_year": 2026, "available_to": 2027, "envelope": None, "carry_over": "loan"},
            {"source_id": "budget", "signing_year": None, "available_to": None, "envelope": None, "carry_over": "none"},
            {"source_id": "fund", "signing_year": None, "available_to": None, "envelope": None, "carry_over": "fund"},
            {"source_id": "open", "signing_year": None, "available_to": None, "envelope": None, "carry_over": "none"},
            {"source_id": "capped", "signing_year": None, "available_to": None, "envelope": 55.0, "carry_over": "none"},
        ],
        "source_years": [{"source_id": s, "2026": 10.0, "2027": None if s == "open" else 20.0, "2028": 30.0}
                         for s in ("signed", "new", "budget", "fund", "open", "capped")],
    }
    done, _, issues = apply(tables_of(settings=SPAN, **rows), [shift("programme", 1)])
    assert issues == []
    assert values(done, "facilities") == {"facility": "A", "latest": 2027, "spend_2026": 3.0}
    assert values(done, "facilities", 1) == {"facility": "B", "earliest": 2027, "latest": 2028}
    assert values(done, "networks") == {"package": "N", "latest": 2028}
    assert values(done, "networks", 1) == {"package": "M", "earliest": 2027, "latest": 2028}
    assert [values(done, "progress", row) for row in (0, 1)] == rows["progress"]
    ceilings = {row["source_id"]: [row.get(str(y)) for y in range(2026, 2030)]
                for _, row in done["source_years"].records()}
    assert ceilings == {"signed": [10.0, 20.0, 30.0, None], "new": [0, 10.0, 20.0, 30.0],
                        "open": [10.0, 10.0, None, 30.0],
                        **{s: [10.0, 10.0, 20.0, 30.0] for s in ("budget", "fund", "capped")}}
    sources = {row["source_id"]: row for _, row in done["sources"].records()}
    assert {s: row["envelope"] for s, row in sources.items()} == {
        "signed": None, "new": None, "budget": 60.0, "fund": None, "open": None, "capped": 55.0}
    assert (sources["signed"]["signing_year"], sources["signed"]["available_to"],
            sources["signed"].get("available_from")) == (2024, 2027, None)
    assert (sources["new"]["signing_year"], sources["new"]["available_to"]) == (2027, 2028)


def test_what_is_under_way_is_paid_while_the_rest_is_late():
    """A budget of 10 in 2026 and 10 in 2027; A, begun, is paid 10 in 2026; B costs 10. At once: A in 2026, B in 2027,
    in service for 2028. A year late: A in 2026 as before; B has no start before 2027, when there are again 10, but no
    more than 20 in all: it is done in 2027 and C, which would like 10 of the third year, is not."""
    works = {"region": "R", "cost": 10.0, "works_months": 12, "savings": 20.0}
    sheets = {
        "settings": settings(case="late", first_year=2026, last_year=2027, price_year=2026, discount_rate=0,
                             evaluation_last_year=2030, prices=0, gap=0),
        "regions": [{"region": "R", "name": "R"}],
        "facilities": [{"facility": "A", "name": "A", **works}, {"facility": "B", "name": "B", **works},
                       {"facility": "C", "name": "C", **works, "savings": 6.0}],
        "progress": [{"project": "A", "year": 2025, "status": "started"}],
        "sources": [{"source_id": "S", "name": "S", "kind": "budget"}],
        "source_years": [{"source_id": "S", "2026": 10.0, "2027": 10.0}],
    }
    paid = lambda found: {(p, y): round(amount, 6) for (_, p, y), amount in found.plan.draw.items()  # noqa: E731
                          if amount > 1e-9}
    assert paid(planned(sheets)) == {("A", 2026): 10.0, ("B", 2027): 10.0}
    assert paid(planned(sheets, shift("programme", 1))) == {("A", 2026): 10.0, ("B", 2027): 10.0}


@pytest.mark.parametrize(("change", "code", "column"), [
    (shift("facilities", "0"), "change_unfit", "value"), (shift("facilities", "a year"), "change_unfit", "value"),
    (shift("facilities", "1.5"), "change_unfit", "value"), (shift("facilities", "31"), "change_unfit", "value"),
    (shift("facilities", 1, column="cost"), "change_unfit", "column"),
    (shift("facilities", 1, column="year_built"), "change_unfit", "column"),
    (shift("programme", 1, column="latest"), "change_unfit", "column"),
    (shift("settings", 1), "change_unfit", "selector"),
    (shift("facilities", 1, selector="plant=A"), "change_unfit", "selector"),
    (shift("facilities", 1, years="when"), "change_unfit", "years"),
    (shift("plants", 1), "change_unfit", "sheet"), (shift("crews", 1), "change_matches_nothing", "sheet"),
    (shift("facilities", 1, selector="facility=Z"), "change_matches_nothing", "selector"),
    (Change("programme", "", "", "", "multiply", "2", "scenario_changes", "4"), "change_unfit", "operation"),
])
def test_what_cannot_be_shifted(change, code, column):
    tables = tables_of(settings=SPAN, facilities=[{"facility": "A", "latest": 2028}])
    done, made, issues = apply(tables, [change])
    assert [(issue.code, issue.column) for issue in issues] == [(code, column)]
    assert made == ()
    assert values(done, "facilities") == values(tables, "facilities")


def test_the_same_from_the_command_line():
    """``programme; ; ; shift 1`` and ``programme; JP*; ; shift 1`` are the rows of scenario_changes."""
    found, issues = command_change("programme; JP*; ; shift 1")
    assert issues == []
    assert (found.table, found.selector, found.operation, found.value) == ("programme", "source_id=JP*", "shift", "1")


def planned(sheets, *changes):
    tables, _, issues = changed(typed(tables_of(**sheets))[0], changes)
    assert [issue for issue in issues if issue.severity == "stop"] == []
    return decide(accept(tables, issues), Clock(), lambda _: None).solution


def test_the_programme_a_year_late():
    """10 bn, 12 months of works, 5 bn a year of savings to 2030, 10 % real, middle of the year, own money without end.
    At once: -10 x 1.1^-0.5 + 5 (1.1^-1.5 + ... + 1.1^-4.5) = 5.577115. A year late, the earliest then, so without
    residual:
    -10 x 1.1^-1.5 + 5 (1.1^-2.5 + 1.1^-3.5 + 1.1^-4.5) = 2.109978. The delay costs 3.467137."""
    sheets = {
        "settings": settings(case="late", first_year=2026, last_year=2028, price_year=2026, discount_rate=10,
                             evaluation_last_year=2030, prices=0,
                             gap=0),
        "regions": [{"region": "R", "name": "R"}],
        "facilities": [{"facility": "F", "name": "F", "region": "R", "cost": 10.0, "works_months": 12, "savings": 5.0}],
        "sources": [{"source_id": "S", "name": "S", "kind": "own", "envelope": 100.0}],
    }
    assert planned(sheets).value == pytest.approx(5.577115, abs=1e-6)
    assert planned(sheets, shift("programme", 1)).value == pytest.approx(2.109978, abs=1e-6)


def test_a_late_programme_begins_where_the_last_works_were():
    """100 km were renewed in 2025, each worth its while; 25 % and 10 km more a year: 135, 178.75, 233.4375 km in 2026
    to 2028. A year late nothing may be renewed in 2026, and 2027 to 2029 are the same: the ramp of 2027 is counted from
    2025, not from the year in which nothing was to be done. Savings of 10 to the year 2060 are not discounted: each km
    is in use a year less, and no fewer km are renewed."""
    sheets = {
        "settings": settings(case="late", first_year=2025, plan_from=2026, last_year=2028, price_year=2026,
                             discount_rate=0, evaluation_last_year=2060, prices=0, gap=0),
        "regions": [{"region": "R", "name": "R"}],
        "asset_types": [{"asset_type": "pipe", "name": "pipe", "sector": "heat", "life": 100.0, "ramp_up": 25.0,
                         "ramp_least": 10.0}],
        "networks": [{"package": "N", "name": "N", "region": "R", "asset_type": "pipe", "km": 10_000.0,
                      "unit_cost": 100.0, "savings": 10.0}],
        "progress": [{"project": "N", "year": 2025, "status": "done", "km": 100.0}],
        "sources": [{"source_id": "S", "name": "S", "kind": "own", "envelope": 10_000.0}],
    }
    km = lambda found: {y: value for (_, y), value in sorted(found.plan.renew.items()) if value > 1e-6}  # noqa: E731
    assert km(planned(sheets)) == pytest.approx({"2026": 135.0, "2027": 178.75, "2028": 233.4375})
    assert km(planned(sheets, shift("programme", 1))) == pytest.approx({"2027": 135.0, "2028": 178.75,
        "2029": 233.4375})


def test_a_lender_a_year_late():
    """A project pays 5 in 2026 and 5 in 2027; the lender's ceilings are 5 and 5 and its loan is cheaper than own money:
    it pays all. A year late it pays nothing in 2026 and 5 in 2027."""
    sheets = {
        "settings": settings(case="lender", first_year=2026, last_year=2028, price_year=2026, discount_rate=10,
                             evaluation_last_year=2030, prices=0, gap=0),
        "regions": [{"region": "R", "name": "R"}],
        "facilities": [{"facility": "F", "name": "F", "region": "R", "works_months": 24, "savings": 5.0, "latest": 2027,
                        "must_do": "yes",
                        "earliest": 2026, "spend_2026": 5.0, "spend_2027": 5.0}],
        "sources": [{"source_id": "S", "name": "S", "kind": "own", "envelope": 100.0},
                    {"source_id": "JP1", "name": "J", "kind": "loan", "rate": 0, "tenor": 10, "grace": 5, "payments": 1,
                     "available_from": 2026}],
        "source_years": [{"source_id": "JP1", "2026": 5.0, "2027": 5.0, "2028": 0.0}],
    }
    drawn = lambda found: {y: amount for (s, _, y), amount in sorted(found.plan.draw.items())  # noqa: E731
                           if s == "JP1"
                           and amount > 1e-9}
    assert drawn(planned(sheets)) == pytest.approx({2026: 5.0, 2027: 5.0})
    assert drawn(planned(sheets, shift("programme", 1, "source_id=JP*"))) == pytest.approx({2027: 5.0})


def test_a_column_that_is_made_takes_letters_that_are_free():
    """Columns A, B and D (C was left out on reading): the new one is no second D."""
    table = Table.of("source_years", [{"source_id": "S", "2026": 10.0, "2027": 20.0}])
    table = Table(table.sheet, table.values, table.rows, {"source_id": "A", "2026": "B", "2027": "D"})
    tables = tables_of(settings=SPAN).with_sheet(table)
    done, _, _ = apply(tables, [shift("source_years", 1)])
    assert done["source_years"].columns["2028"] == "E"
