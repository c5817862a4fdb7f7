"""Lines of a register on the map: parts and vertices of WKT, those that are seen, no more than a street may have."""

import pytest

from jaryq.report import street_lines
from jaryq.report.street_lines import VERTICES, drawn, parts_of, thinned


def test_parts_of_a_line():
    assert parts_of("LINESTRING (76.9 43.2, 76.95 43.25)") == [[(76.9, 43.2), (76.95, 43.25)]]
    assert parts_of("MULTILINESTRING ((76 43 1, 77 43 1), (77 44, 78 44))") == [[(76.0, 43.0), (77.0, 43.0)],
        [(77.0, 44.0), (78.0, 44.0)]]
    assert parts_of(None) == parts_of("") == []


def test_what_lies_on_a_line_is_left_out():
    """The second vertex lies on the line, the third a hundredth of a degree beside it; degrees of longitude are half as
    long at 60 degrees: 0.015 of them are 0.0075 of latitude."""
    assert thinned([(0.0, 0.0), (0.5, 0.0), (1.0, 0.01), (2.0, 0.0)], 1e-4) == [(0.0, 0.0), (0.5, 0.0), (1.0, 0.01),
        (2.0, 0.0)]
    assert thinned([(0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (2.0, 0.0)], 1e-4) == [(0.0, 0.0), (2.0, 0.0)]
    north = [(10.0, 60.0), (10.015, 60.5), (10.0, 61.0)]
    assert thinned(north, 0.0074) == north
    assert thinned(north, 0.0076) == [north[0], north[2]]


def test_a_loop_keeps_its_shape():
    loop = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert thinned(loop, 1e-4) == loop


def test_a_street_has_few_vertices():
    """A zigzag of 500 vertices is drawn by those furthest away; a part keeps its ends whatever their number."""
    zigzag = "LINESTRING (" + ", ".join(f"{76 + i / 1000} {43 + (i % 2) / 500 * (1 + i % 7)}" for i in range(500)) + ")"
    (line,) = drawn([zigzag])
    assert 2 * 2 <= len(line) <= 2 * VERTICES
    assert (line[:2], line[-2:]) == ((76.0, 43.0), (76.499, pytest.approx(43 + 3 / 500)))
    assert len(drawn([f"LINESTRING ({i} 1, {i} 2)" for i in range(200)] if street_lines.VERTICES < 200 else [])) == 200
    assert drawn([None, ""]) == ()
