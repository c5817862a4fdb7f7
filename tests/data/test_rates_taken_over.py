"""How often something fails is taken over from another case wherever it follows from the same, whatever each failure
costs and however long a case is looked at, and nowhere else."""

import math
from dataclasses import fields, replace

import pytest

from jaryq.case.build import build
from jaryq.factors.derive import derive
from jaryq.factors.failures import COSTS_OF_FAILURES
from tests.rich import rich_tables

TIMES = (0.0, 0.125, 3.5, 9.75, 20.5)
"""Years at which rates are compared."""

OTHERS = {"repair": "replace", "replace": "repair", "rate": "age", None: 2031, math.inf: 0.3}


def rates(f, key):
    """What a project's rates say at some times, and until when."""
    found = f.rates.rates_of(key)
    return [found.old(t) for t in TIMES], [found.new(t) for t in TIMES], found.until


def with_condition(case, key, **changes):
    """The case with another condition of a facility, or other bursts of a package."""
    if key in case.packages:
        row = case.packages[key]
        return replace(case, packages={**case.packages, key: replace(row, bursts=replace(row.bursts, **changes))})
    row = case.facilities[key]
    return replace(case, facilities={**case.facilities, key: replace(row, condition=replace(row.condition, **changes))})


def another(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    return OTHERS[value] if value in OTHERS else value + 1 if isinstance(value, int) else value * 1.25 + 0.05


def stated(after_failure):
    """A case whose F1 is mended or replaced after a failure; N1 bursts more and more."""
    case = with_condition(build(rich_tables()), "F1", after_failure=after_failure)
    return with_condition(case, "N1", growth=0.01, replace_at=0.5)


@pytest.mark.parametrize("after_failure", ["repair", "replace"])
def test_another_value_of_a_condition_is_another_rate_but_for_what_a_failure_costs(after_failure):
    """Field by field: the same object where a failure costs otherwise, else derived anew; as without the other case."""
    case = stated(after_failure)
    like = derive(case)
    for key, condition in (("F1", case.facilities["F1"].condition), ("N1", case.packages["N1"].bursts)):
        for field in fields(condition):
            altered = with_condition(case, key, **{field.name: another(getattr(condition, field.name))})
            beside, alone = derive(altered, like), derive(altered)
            same = beside.rates.rates_of(key) is like.rates.rates_of(key)
            assert same == (field.name in COSTS_OF_FAILURES), (key, field.name)
            assert rates(beside, key) == rates(alone, key), (key, field.name)
        costs = {name: another(getattr(condition, name)) for name in COSTS_OF_FAILURES if hasattr(condition, name)}
        altered = with_condition(case, key, **costs)
        assert derive(altered, like).risk.benefit == derive(altered).risk.benefit != like.risk.benefit


@pytest.mark.parametrize("after_failure", ["repair", "replace"])
def test_a_case_that_is_looked_at_longer_fails_as_often_until_its_own_end(after_failure):
    """Seven years more or less, and with another rate of discount: rates, their ends and all benefits are those of the
    case alone."""
    case = stated(after_failure)
    like, last = derive(case), case.settings.evaluation_last_year
    assert derive(case).rates.rates_of("N1").until is not None
    for changes in ({"evaluation_last_year": last + 7}, {"evaluation_last_year": last - 7}, {"discount_rate": 0.09}):
        altered = replace(case, settings=replace(case.settings, **changes))
        beside, alone = derive(altered, like), derive(altered)
        for key in ("F1", "F2", "N1"):
            assert rates(beside, key) == rates(alone, key), (key, changes)
        assert beside.risk.benefit == alone.risk.benefit
        assert any(beside.risk.avoided.values())
