"""The uncertain inputs of the shipped case: sourced, checked, and planned with at both ends."""

import pytest

from jaryq.api.accepted import accept, accept_changes
from jaryq.case.uncertain import uncertain_of
from jaryq.rules.draws import ends
from jaryq.uncertainty.draws import draws
from jaryq.uncertainty.rank import spearman


@pytest.fixture(scope="module")
def accepted(built):
    return accept(built, [])


def test_ranges_have_sources(accepted):
    """At least 12 with one, more of them derived from figures than estimated."""
    rows = uncertain_of(accepted.tables)
    status = accepted.tables["uncertainty"].values["data_status"]
    assert len(rows) >= 12
    assert all(row.source for row in rows)
    assert status.count("derived") >= 12
    assert [issue for issue in accepted.issues if issue.sheet == "uncertainty"] == []


def test_both_ends_together_can_be_planned_with(accepted):
    for changes in ends(uncertain_of(accepted.tables)):
        accept_changes(accepted, changes)


def test_the_dollar_by_hand(builder, facts):
    """Octobers of 2015 to 2026: 275.52, 332.01, 337.08, 367.14, 389.16, 429.13, 425.62, 472.56, 476.57, 485.65, 539.80,
    441.38. Logarithms of the changes, in hundredths: 18.65, 1.52, 8.54, 5.83, 9.78, -0.82, 10.46, 0.85, 1.89, 10.57,
    -20.13; mean 4.29, standard deviation 9.91. exp(1.28155 x 0.0991 x sqrt(2.5)) = 1.222."""
    names = builder.uncertainty.range_names(facts)
    assert names["usd_high"] == pytest.approx(1.222, abs=0.002)
    assert names["usd_low"] == pytest.approx(1 / 1.222, abs=0.002)
    assert names["energy_most"] == pytest.approx(3 * 1.21 - 0.95 - 1)


def test_the_currencies_move_together(accepted):
    rows = [row for row in uncertain_of(accepted.tables) if row.group == "tenge"]
    drawn = draws(rows, 200, seed=0)
    assert [row.id for row in rows] == ["dollar", "yen"]
    assert spearman(drawn.values[:, 0], drawn.values[:, 1]) == pytest.approx(rows[0].correlation, abs=0.01)
    assert rows[0].correlation == rows[1].correlation > 0.5
