"""Every column and row of an accepted table has a place of its own, so that its sheet in a plan says where everything
stood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jaryq.api.accepted import accept
from jaryq.tables.tables import Table, letters
from tests.rich import rich_tables


def table(columns, rows=(4, 5)):
    made = Table.of("facilities", [dict.fromkeys("abcd", 1.0)] * 2)
    return replace(made, columns=columns, rows=rows)


@pytest.mark.parametrize(("columns", "placed"), [
    ({"a": "A", "b": "B", "c": "C", "d": "D"}, "ABCD"),
    ({"a": "C", "b": "A", "d": "F"}, "CAGF"),     # c is in no column of the input: behind F
    # twins: the first keeps its letter, the others stand behind in their order
    ({"a": "B", "b": "B", "c": "A", "d": "A"}, "BCAD"),
    ({"z": "A", "a": "A"}, "ABCD"),     # z is not in the frame
    ({}, "ABCD"),
])
def test_headings_without_a_letter_of_their_own_stand_behind(columns, placed):
    found = table(columns).placed
    assert found.columns == dict(zip("abcd", placed, strict=True))
    assert found.placed is found


@pytest.mark.parametrize(("rows", "placed"), [((2, 3), (2, 3)), ((7, 9), (7, 9)), ((9, 7), (4, 5)), ((6, 6), (4, 5))])
def test_rows_follow_one_another(rows, placed):
    assert table({}, rows).placed.rows == placed


def test_an_accepted_input_is_placed():
    """``wear`` is declared and in no column of the rich input."""
    tables = rich_tables()
    assert "wear" not in tables["facilities"].columns
    accepted = accept(tables, [], "base").tables["facilities"]
    assert sorted(accepted.columns.values(), key=lambda text: (len(text), text)) == [letters(i + 1)
        for i in range(len(accepted.columns))]
    assert "wear" in accepted.columns
