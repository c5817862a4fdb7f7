"""How much works can slip, by hand: 2026 to 2027 in quarters, facilities of no cost that matters (docs/numbers.md,
Fragile plans)."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.report.build import build_report
from tests.hand.test_from_workbooks import book, facility


@pytest.fixture(scope="module")
def report():
    """Benefits fall with time, so that all begin at once or as their dates say. Heat plants are out for all of their
    works, in the open months April to September, which are two quarters of the year. A: works of 6 months not before Q2
    (in 2026Q2-Q3, later only in 2027Q2, 12 months on). B: 3 months from 2026Q1, to end by 2026: Q1 to Q4, 9 months. C:
    4 months in two quarters to the end of 2027, begun in 2026Q1: six quarters later at most, and 2 months within its
    periods."""
    made = book(settings={"resolution": "quarter", "last_year": 2027, "evaluation_last_year": 2027,
                          "discount_rate": 10},
                asset_types=[{"asset_type": "chp", "sector": "heat", "outage_months": 6, "outage_season": True}],
                regions=[{"region": "A", "works_from": 4, "works_to": 9}],
                facilities=[facility("A", 1, region="A", asset_type="chp", works_months=6, savings=9),
                            facility("B", 1, works_months=3, latest=2026, savings=9),
                            facility("C", 1, works_months=4, savings=9)])
    done = decide(accept(made, []), Clock(), lambda _: None)
    return build_report(done.accepted.case, done.accepted.factors, done.solution, done.findings)


def test_float_by_hand(report):
    rows = {row["facility"]: row for row in report.tables["fragile"].rows}
    assert {key: (row["start"], row["finish"], row["before_deadline"], row["before_season"])
            for key, row in rows.items()} == {
        "A": ("2026Q2", "2026Q3", 12.0, 0.0), "B": ("2026Q1", "2026Q1", 9.0, None),
        "C": ("2026Q1", "2026Q2", 20.0, None)}
    assert {key: row["slack"].en for key, row in rows.items()} == {"A": "no", "B": "yes", "C": "yes"}
    assert [row["facility"] for row in report.tables["fragile"].rows] == ["A", "B", "C"]


def test_the_sums_are_told(report):
    assert [text.en for text in report.tables["fragile"].remarks] == ["Without slack: 1 of 3.",
        "End in the last quarter of a year: 0 of 3."]
    facts = {fact.label.en: fact.value for fact in report.overview[0].facts}
    assert facts["Works without slack"] == 1.0
