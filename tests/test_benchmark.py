"""The shipped case keeps its size, and the line is measured whole. No seconds and no ratios of them: they are noisy,
and noted by hand (benchmarks/README.md)."""

import pytest

from benchmarks.again import WHAT_IFS
from benchmarks.line import ROOT, STEPS, Measured, measure, table
from jaryq.api.accepted import accept, accept_changes
from jaryq.api.asked import asked
from jaryq.workbook.read import read

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


def test_the_program_has_about_the_stated_size(measured: Measured) -> None:
    assert 15_000 < measured.columns < 60_000
    assert 2_000 < measured.rows < 15_000
    assert 50_000 < measured.nonzeros < 400_000
    assert 1_500 < measured.whole_columns < 6_000
    assert measured.nonzeros < 12 * measured.columns


def test_the_measurement_is_complete(measured: Measured) -> None:
    assert set(measured.seconds) == set(measured.processor) == set(measured.peak_mb) == set(STEPS)
    assert measured.checks > 0
    assert table(measured).count("\n| ") == len(STEPS) + 3


def test_the_what_ifs_measured_are_accepted_by_the_shipped_case() -> None:
    """A change of cells that have since become blank stops the measurement."""
    accepted = accept(*read(ROOT / "inputs" / "kazakhstan.xlsx"))
    for change in WHAT_IFS:
        assert accept_changes(accepted, asked(change)).factors.case is not accepted.case, change
