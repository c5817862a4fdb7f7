"""Figures of a table are rounded so that they add up as printed, along its rows and down its columns."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from jaryq.report.adding_up import adding_up, apportioned
from jaryq.report.block import Block, Field
from jaryq.report.words import same


def table(rows, *, totals, adds):
    fields = (Field(same("what")), *(Field(same(f"c{c}"), "bn KZT", total=totals) for c in range(len(rows[0]) - 1)))
    return Block(same("T"), fields, tuple(rows), adds=adds)


def units(row, decimals):
    return [None if value is None else round(value * 10**decimals) for value in row[1:]]


@pytest.mark.parametrize(("values", "total", "expected"), [
    ([297.6, 52.8], 350, [297, 53]),  # limit 0.3504, drawn 0.2976, left 0.0528: printed one by one they make 0.351
    ([49.4, 203.3, 510.0], 763, [50, 203, 510]),
    ([0.0, 0.4, 0.4, 0.2], 1, [0, 1, 0, 0]),
    ([-1.4, 3.4], 2, [-1, 3]),
    ([], 0, []),
])
def test_the_largest_remainders_are_rounded_up(values, total, expected):
    assert apportioned(values, total) == expected


def test_limit_drawn_and_left_of_a_row_add_up():
    """Each currency has decimals of its own; a row without a limit stays as it is."""
    block = table([("World Bank", 0.3504, 0.2976, 0.0528), ("KZT", 52.04, 0.0, 52.04),
                   ("no limit", None, 0.33333, None)], totals=False, adds=((1, (2, 3)),))
    digits = [[None, 3, 3, 3], [None, 2, 2, 2], [None, 3, 3, 3]]
    made = adding_up(block, digits)
    assert made[0] == ("World Bank", 0.350, 0.297, 0.053)
    assert made[1] == ("KZT", 52.04, 0.0, 52.04)
    assert made[2] == block.rows[2]


def test_a_row_that_is_no_sum_stays_as_it_is():
    """What stands at the end of a year is not added over the years."""
    block = table([("in service", 10.44, 20.44, 20.44)], totals=False, adds=((3, (1, 2)),))
    assert adding_up(block, [[None, 1, 1, 1]]) == block.rows


def test_rows_that_add_up_to_another_do_so_as_printed():
    """Over two years 1,805.4 + 975.4 = 2,780.8 and 1,450.3 + 2,149.7 = 3,600.0: the sum's row is 2,781 and 3,600
    (6,380.8, printed 6,381), of its parts 3,255.7 and 3,125.1 in all; 1,805 + 975 would make 2,780, so one unit goes
    up, where it does the least."""
    rows = [("facilities", 1805.4, 1450.3, 3255.7), ("networks", 975.4, 2149.7, 3125.1),
            ("all", 2780.8, 3600.0, 6380.8)]
    block = replace(table(rows, totals=False, adds=((3, (1, 2)),)), under=((2, (0, 1)),))
    made = [units(row, 0) for row in adding_up(block, [[None, 0, 0, 0]] * 3)]
    assert made[2] == [2781, 3600, 6381]
    assert [a + b for a, b in zip(made[0], made[1], strict=True)] == made[2]
    assert all(row[0] + row[1] == row[2] for row in made)
    assert made[0][2] == 3256


def test_a_column_adds_up_to_its_rounded_sum():
    """0.4 + 0.4 + 0.4 is 1.2, printed as 1: not 0 + 0 + 0."""
    block = table([("a", 0.4), ("b", 0.4), ("c", 0.4)], totals=True, adds=())
    assert [row[1] for row in adding_up(block, [[None, 0]] * 3)] == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("seed", range(60))
def test_rows_and_columns_add_up_at_once(seed):
    """As printed: parts of each row to its whole, columns to their sums, no cell two units from its value, nothing
    stays nothing."""
    chance, decimals = random.Random(seed), seed % 3
    width, rows = chance.randint(2, 6), []
    for i in range(chance.randint(1, 8)):
        parts = [0.0 if chance.random() < 0.2 else chance.uniform(0.0, 30.0) for _ in range(width)]
        rows.append((f"r{i}", *parts, math.fsum(parts)))
    block = table(rows, totals=True, adds=((width + 1, tuple(range(1, width + 1))),))
    made = adding_up(block, [[None, *[decimals] * (width + 1)]] * len(rows))
    shown = [units(row, decimals) for row in made]
    assert all(sum(row[:-1]) == row[-1] for row in shown)
    exact = [[value * 10**decimals for value in row[1:]] for row in rows]
    assert sum(row[-1] for row in shown) == round(math.fsum(row[-1] for row in exact))
    for c in range(width):
        assert abs(sum(row[c] for row in shown) - math.fsum(row[c] for row in exact)) < 1.0
    assert all(abs(value - true) < 2.0 and (true or not value) for row, line in zip(shown, exact, strict=True)
               for value, true in zip(row, line, strict=True))


def test_an_amount_is_not_printed_below_its_least_nor_above_its_most():
    """6.875 three times would be 6.88 each; with 1.114 (sum 7.989, printed 7.99) the amount is 6.87 or the other 1.12:
    largest remainders first, 6.875 has .5 and 1.114 .4, so 6.88 and 1.11. With 3.006 and 3.006 besides (14.001, printed
    14.00) three want a unit and one is given: 6.87, so its least is 6.87 and its most stays 6.88."""
    rows = [("A", 6.875, 6.875, 6.875), ("B", 1.0, 2.0, 1.114)]
    block = Block(same("T"), (Field(same("what")), Field(same("least")), Field(same("most")),
                              Field(same("amount"), total=True)), tuple(rows), between=((3, 1, 2),))
    digits = [[None, 2, 2, 2]] * 2
    assert adding_up(block, digits) == (("A", 6.88, 6.88, 6.88), ("B", 1.0, 2.0, 1.11))
    more = replace(block, rows=(*rows, ("C", 3.0, 4.0, 3.006), ("D", 3.0, 4.0, 3.006)))
    made = adding_up(more, [[None, 2, 2, 2]] * 4)
    assert made[0] == ("A", 6.87, 6.88, 6.87)
    assert sum(row[3] for row in made) == pytest.approx(14.0)
    assert all(row[1] <= row[3] <= row[2] for row in made)
    high = replace(block, rows=(("A", 6.0, 6.874, 6.874), ("B", 1.0, 2.0, 1.003)))  # 7.877, printed 7.88
    assert adding_up(high, digits)[0] == ("A", 6.0, 6.88, 6.88)
    assert replace(block, rows=(("A", 1.0, None, 1.0),)).without_empty().between == ()


def test_figures_that_stand_on_other_pages_too_are_rounded_one_by_one():
    """44.346 and 103.333 are 147.679: two places in all tables, 44.35 and 103.33, whatever else is in the column; to
    one place, adding up to 147.7, the first would be 44.4 here and 44.3 elsewhere."""
    block = Block(same("T"), (Field(same("what")), Field(same("drawn"), "bn KZT", total=True, exact=True)),
                  (("J", 44.346), ("N", 103.333), ("C", 0.004), ("D", 0.004)))
    assert [row[1] for row in adding_up(block, [[None, 2]] * 4)] == [44.35, 103.33, 0.0, 0.0]
    assert [row[1] for row in adding_up(replace(block, rows=block.rows[:2]), [[None, 2]] * 2)] == [44.35, 103.33]
