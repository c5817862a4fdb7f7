"""Stretches as arrays: what goes together, and where streets are shared."""

import numpy as np
import pytest

from jaryq.case.stretches import Stretches


def stretches(package, street, **other):
    n = len(package)
    blank = np.full(n, np.nan)
    values = {
        "packages": ("heat", "water"), "package": np.array(package, np.int32),
        "segment": np.array([b"s%d" % i for i in range(n)]),
        "km": np.ones(n), "age": blank.copy(), "wear": blank.copy(), "rate": blank.copy(), "consequence": blank.copy(),
        "built": np.zeros(n, np.int16), "material": np.full(n, -1, np.int32), "street": np.array(street, np.int32),
        "latitude": blank.copy(), "longitude": blank.copy(), "streets": ("A", "B"),
    }
    return Stretches(**(values | other))


def test_stretches_of_a_package_stand_in_one_slice():
    found = stretches([0, 0, 1], [-1, -1, -1])
    assert found.slices == {"heat": slice(0, 2), "water": slice(2, 3)}
    assert found.key(2) == ("water", "s2")
    assert found.sums(np.array([1.0, 2.0, 4.0])).tolist() == [3.0, 4.0]


def test_the_first_in_a_street_lies_with_the_first_of_another_package():
    """Street A: two stretches of heat, two of water; B: one of water. heat 0 with water 3, heat 2 with water 5."""
    places = stretches([0, 0, 0, 1, 1, 1], [0, -1, 0, 0, 1, 0]).places
    assert places[0] == places[3]
    assert places[2] == places[5]
    assert places[1] == -1
    assert len({places[0], places[2], places[4]}) == 3
    assert stretches([0, 1], [-1, -1]).places.tolist() == [-1, -1]


def test_arrays_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        stretches([0], [0]).km[0] = 2.0


@pytest.mark.parametrize("other", [{"km": np.ones(2)}, {"quantities": {"co2": np.ones(2)}}, {"package": [1, 0, 0]},
                                   {"package": [0, 0, 2]}])
def test_what_does_not_go_together_is_refused(other):
    with pytest.raises(ValueError):
        stretches(**({"package": [0, 0, 1], "street": [-1, -1, -1]} | other))
