"""What is told of stretches: by age, wear before and after, the next km, the columns of the result, the layer of a
map."""

from dataclasses import replace

import numpy as np
import pytest

from jaryq.case.stretches import Renewed, Stretches
from jaryq.report.stretches import by_age, features, next_km, rows_of, wear_at

NAN = float("nan")


def register():
    """Two packages: A of 1 and 3 km, 5 and 45 years old; B of 2 km without wear and place."""
    return Stretches(
        packages=("A", "B"), package=np.array([0, 0, 1], dtype=np.int32), segment=np.array([b"a1", b"a2", b"b1"]),
        km=np.array([1.0, 3.0, 2.0]), age=np.array([5.0, 45.0, 60.0]),
        wear=np.array([0.2, 0.8, NAN]), rate=np.full(3, NAN), consequence=np.zeros(3),
        built=np.zeros(3, dtype=np.int16), material=np.full(3, -1, dtype=np.int32),
        street=np.array([0, -1, -1], dtype=np.int32), latitude=np.array([43.2, 43.3, NAN]),
        longitude=np.array([76.9, 76.8, NAN]), streets=("Abai",))


def renewed():
    """1.5 of the 3 km of a2 in period 0, 0.5 of it in period 1."""
    return Renewed(np.array([1, 1], dtype=np.int32), np.array([0, 1], dtype=np.int16), np.array([1.5, 0.5]))


def test_by_age():
    bands = by_age(register(), renewed())
    assert [(b.least, b.most, b.stretches, b.km, b.renewed) for b in bands if b.stretches] == [(0, 10, 1, 1.0, 0.0),
        (40, 50, 1, 3.0, 2.0), (50, None, 1, 2.0, 0.0)]
    assert [b.wear for b in bands if b.stretches] == [0.2, pytest.approx(0.8), None]


def test_wear_before_and_after():
    """After 2 years of a life of 20: 0.3 and 0.9, mean (0.3 + 3 x 0.9) / 4 = 0.75. Renewed at the end of year 1: 1.5 km
    are 0.05 instead of 0.9; at the end of year 2: 0.5 km are 0: less (1.5 x 0.85 + 0.5 x 0.9) / 4 = 0.43125. B has no
    wear and is not told."""
    assert wear_at(register(), renewed(), 2.0, {"A": 20.0, "B": 20.0},
                   [1.0, 2.0]) == {"A": (pytest.approx(0.75), pytest.approx(0.75 - 0.43125))}


def test_the_next_km():
    """Of A 1 km of a1 and 1 km of a2 are left, worth at most 3 and 5 a km: the next 1.5 km are a2 and half of a1: 5 +
    1.5. More than there is: all of it."""
    benefit = np.array([[3.0, 1.0], [4.0, 5.0], [9.0, 9.0]])
    found = next_km(register(), renewed(), benefit, "A", 1.5)
    assert (found.row.tolist(), found.km.tolist(), found.value) == ([1, 0], [1.0, 0.5], 6.5)
    assert next_km(register(), renewed(), benefit, "A", 100.0).value == 8.0


def test_rows_and_map():
    assert rows_of(register(), renewed(), ("2026", "2027")) == {"package": ["A", "A"], "segment": ["a2", "a2"],
        "period": ["2026", "2027"], "km": [1.5, 0.5]}
    layer = list(features(register(), renewed(), ("2026", "2027")))
    assert [f["geometry"] for f in layer] == [{"type": "Point", "coordinates": [76.9, 43.2]},
                                              {"type": "Point", "coordinates": [76.8, 43.3]}]
    assert [(f["properties"]["period"], f["properties"]["street"], f["properties"]["renewed_km"])
            for f in layer] == [(None, "Abai", 0.0), ("2026", None, 2.0)]


def test_lines_of_the_register_are_lines_of_the_layer(monkeypatch):
    """One of two vertices, one of two parts with heights; of a register with more stretches than a layer holds only
    what is renewed is there."""
    lines = ["LINESTRING (76.9 43.2, 76.95 43.25)", "MULTILINESTRING ((76 43 1, 77 43 1), (77 44, 78 44))", None]
    with_lines = replace(register(), texts=lambda column: {"line": lines}[column])
    first, second = features(with_lines, renewed(), ("2026", "2027"))
    assert first["geometry"] == {"type": "LineString", "coordinates": [[76.9, 43.2], [76.95, 43.25]]}
    assert second["geometry"] == {"type": "MultiLineString",
                                  "coordinates": [[[76.0, 43.0], [77.0, 43.0]], [[77.0, 44.0], [78.0, 44.0]]]}
    monkeypatch.setattr("jaryq.report.stretches.MOST", 1)
    assert [f["properties"]["segment"] for f in features(with_lines, renewed(), ("2026", "2027"))] == ["a2"]
