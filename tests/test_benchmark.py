"""The shipped case keeps its size, and most of the time to solve is spent in the solver. Only ratios within one run: seconds are noisy."""

import pytest

from benchmarks.line import STEPS, Measured, measure, table

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


def test_the_program_has_about_the_stated_size(measured: Measured) -> None:
    assert 15_000 < measured.columns < 60_000
    assert 2_000 < measured.rows < 10_000
    assert 50_000 < measured.nonzeros < 250_000
    assert 1_500 < measured.whole_columns < 6_000
    assert measured.nonzeros < 8 * measured.columns


def test_most_of_the_time_to_solve_is_spent_in_highs(measured: Measured) -> None:
    # Certificate and prices run side by side, so the solver's seconds may be up to twice those of the clock.
    assert 0.5 < measured.solver_seconds / measured.seconds["solve"] <= 2


def test_most_of_the_line_is_solving(measured: Measured) -> None:
    around = sum(measured.seconds[step] for step in STEPS if step != "solve")
    assert around < measured.seconds["solve"]


def test_the_measurement_is_complete(measured: Measured) -> None:
    assert set(measured.seconds) == set(measured.processor) == set(measured.peak_mb) == set(STEPS)
    assert measured.checks > 0
    assert measured.objective_alone < measured.linear_stages
    assert table(measured).count("\n| ") == len(STEPS) + 3
