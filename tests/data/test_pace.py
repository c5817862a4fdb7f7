"""What check says of pace and ramps is reckoned by hand (docs/numbers.md: Pace and continuity)."""

import pytest

from jaryq.case.sources import Source
from jaryq.factors.pace import pace_to
from tests.data.test_rules import BASE, M, P, edited, issues_of

YEARS = range(2026, 2031)


@pytest.mark.parametrize(("months", "cumulative"), [
    (6.0, [0.1, 0.3, 0.6, 0.85, 1.0]),
    # Effective on 1 July 2026: 31 December stands half a year on: 0 + 10/2; 10 + 20/2; 30 + 30/2; 60 + 25/2; 85 + 15/2.
    (12.0, [0.05, 0.2, 0.45, 0.725, 0.925]),
    # Effective on 1 July 2027.
    (24.0, [0.0, 0.05, 0.2, 0.45, 0.725]),
])
def test_cumulative_pace(months, cumulative):
    """Signed in the middle of 2025, pace 10; 20; 30; 25; 15."""
    source = Source("L", "L", "L", "sources!A4", kind="loan", signing_year=2025, draw_timing="mid",
                    effective_months=months,
                    pace=(0.1, 0.2, 0.3, 0.25, 0.15))
    assert [pace_to(source, year) for year in YEARS] == pytest.approx(cumulative)


@pytest.mark.parametrize(("months", "cumulative"), [(5.0, [1.0] * 5), (18.0, [0.0, 1.0, 1.0, 1.0, 1.0]),
                                                    (19.0, [0.0, 1.0, 1.0, 1.0, 1.0]), (17.0, [1.0] * 5)])
def test_effectiveness_alone(months, cumulative):
    """Signed in the middle of 2025, effective after 18 months: on 31 December 2026, the end of the year: nothing in it;
    a month earlier: all."""
    source = Source("L", "L", "L", "sources!A4", kind="loan", signing_year=2025, draw_timing="mid",
                    effective_months=months)
    assert [pace_to(source, year) for year in YEARS] == cumulative


def test_what_a_late_pace_says():
    """Signed in the middle of 2026, 2028 the last year: 50 + 30 + 20/2 = 90 %."""
    (issue,) = issues_of("pace_ends_in_time", edited({(M, 1): {"pace": "50; 30; 20"}}))
    assert "by 2028, the last year of draws, only 90 % of the signed amount" in issue.say("en")


def test_km_under_contract_say_how_many_are_possible():
    """33 km a year in 2026 and 2027 are 66; 70 are under contract by then."""
    committed = {"project": "N2", "year": 2027, "status": "committed", "km": 70.0}
    (issue,) = issues_of("contracts_fit", edited({(P, 3): committed, ("networks", 1): {"km_per_year": 33.0}}))
    assert "70 km are under contract to the end of 2027, but 66 are possible (km_per_year)" in issue.say("en")


def test_contracts_of_a_kind_are_told_by_year():
    ramp = {("asset_types", 1): {"ramp_up": 10.0, "ramp_least": 5.0}}
    rows = [{"project": name, "year": 2026, "status": "committed", "km": km}
            for name, km in (("N2", 20.0), ("N3", 12.5))]
    edits = {(P, len(BASE[P]) + place): row for place, row in enumerate(rows)}
    (issue,) = issues_of("ramps_leave_contracts_alone", edited({**ramp, **edits}))
    assert "32.5 km of 2026 is under contract" in issue.say("en")
    assert "32,5 км 2026 года по договорам" in issue.say("ru")
