"""Every declared measure is computed again, to the same amount as its linear form: one that verify does not know would
be found only in a user's plan."""

import pytest

from jaryq.factors.derive import derive
from jaryq.factors.measures import measured
from jaryq.sheets.measures import MEASURES
from jaryq.verify.recompute import recompute
from tests.cases import full_case, full_plan
from tests.formulation.test_terms import with_every_measure
from tests.report.works import works_case, works_plan


@pytest.mark.parametrize(("case", "plan"), [(full_case, full_plan), (works_case, works_plan)], ids=["money", "works"])
def test_every_measure_is_computed_again(case, plan):
    """Three rows of each measure, with filters and without, on a plan worked out by hand."""
    given, decided = with_every_measure(case()), plan()
    again, _ = recompute(given, decided)
    factors = derive(given)
    formed = {row.id: measured(factors, row).on(decided) for row in given.targets}
    assert {row.measure for row in given.targets} == set(MEASURES)
    assert {key: again.reached[key] for key in formed} == pytest.approx(formed, rel=1e-9, abs=1e-9)
