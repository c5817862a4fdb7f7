"""Streets checked by hand: what stretches that trenches join can earn together, in integers, and plans in which it is
forged."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from jaryq.case.works import Trench
from jaryq.verify.finding import failed
from jaryq.verify.streets import SHUT, Alike, in_places, joined, lengths, place_term
from tests.verify.test_checked_stretches import sound, street_of


def case_of(streets, trenches, km=None):
    """Stretches of N1, N2, .. in streets (by package; -1: none), joined by trenches."""
    case = sound()[0]
    packages = [f"N{i + 1}" for i, part in enumerate(streets) for _ in part]
    flat = [one for part in streets for one in part]
    return replace(case, stretches=street_of(packages, [1.0] * len(flat), flat, km or [1.0] * len(flat)),
                   trenches=tuple(Trench(one, other, 9.0, 0.1, "trenches!A5") for one, other in trenches))


def told(case):
    return {(alike.packages, tuple(map(tuple, alike.rows.tolist()))) for alike in joined(case)}


def test_what_trenches_join_lies_in_one_place():
    """N1 lies in A and B, N2 in A and B, N3 in A: N1 and N2 in both, with N3 in A; where N3 shares a trench with none
    it is left out. Without a street, or without a trench, nothing is joined."""
    assert told(case_of([[0, 1], [0, 1], [0]], [("N1", "N2"), ("N2", "N3")])) == {(("N1", "N2", "N3"), ((0, 2, 4),)),
        (("N1", "N2"), ((1, 3),))}
    assert told(case_of([[0, 1], [0, 1], [0]], [("N1", "N2")])) == {(("N1", "N2"), ((0, 2), (1, 3)))}
    assert told(case_of([[0], [-1]], [("N1", "N2")])) == set()
    assert in_places(case_of([[0], [-1]], [("N1", "N2")])) == ()
    assert told(case_of([[0], [0]], [])) == set()
    case = case_of([[0], [0]], [("N1", "N2")], [2.0, 0.5])
    assert lengths(case.stretches, joined(case)[0], case.trenches[0]).tolist() == [0.5]


def term(worth, saved, km=None, bits=30):
    """One place of two or three stretches: ``worth`` a km by period (None: closed), ``saved``: what a km together
    saves, by pair."""
    keys = [f"N{i + 1}" for i in range(len(worth))]
    case = case_of([[0] for _ in worth], [(keys[i], keys[j]) for i, j in saved], km)
    gains = {key: (np.array([[SHUT if one is None else round(one * 2**bits) for one in mine]], dtype=np.int64), bits)
             for key, mine in zip(keys, worth, strict=True)}
    amounts = {(f"{keys[i]}+{keys[j]}", t): amount for (i, j), mine in saved.items() for t, amount in enumerate(mine)}
    return float(place_term(case, joined(case), gains, amounts))


def test_streets_by_hand():
    """Heat worth 2 and 1, water 0 and 0.9: apart 2.9 with 0.5 saved, 3 together with 1 in the first. With sewer (0.5,
    0.3; 0.6 with water, 0.5 of heat with water): 3.8. All three with 1 each: 2 + 0.5 + 2 = 4.5. Each two in a period of
    their own: halves, 1.5. 2 km and 1 km, 1 saved a km that they share: 2 x 2 + 0 + 1."""
    heat, water, sewer = [2.0, 1.0], [0.0, 0.9], [0.5, 0.3]
    small = 1e-10
    assert term([heat, water], {(0, 1): [0.5, 0.5]}) == pytest.approx(2.9, abs=1e-8)
    assert term([heat, water], {(0, 1): [1.0, 1.0]}) == pytest.approx(3.0, abs=1e-8)
    assert term([heat, water, sewer], {(0, 1): [0.5, 0.5], (1, 2): [0.6, 0.6]}) == pytest.approx(3.8, abs=1e-8)
    assert term([heat, water, sewer], {(0, 1): [1.0, 1.0], (1, 2): [1.0, 1.0]}) == pytest.approx(4.5, abs=1e-8)
    none = [0.0, 0.0, 0.0]
    assert 1.5 <= term([none, none, none], {(0, 1): [1.0, 0, 0], (0, 2): [0, 1.0, 0],
                                            (1, 2): [0, 0, 1.0]}) <= 1.5 + small
    assert term([[2.0, None], [0.0, 0.0]], {(0, 1): [1.0, 5.0]}, [2.0, 1.0]) == pytest.approx(5.0, abs=1e-8)


@pytest.mark.parametrize("seed", range(40))
def test_never_less_than_the_best_of_the_place(seed):
    """Against the dual of the place as a linear program: the least numbers that cover each set."""
    chance = np.random.default_rng(seed)
    count = 2 + seed % 2
    worth = [[None if chance.random() < 0.15 else float(chance.uniform(-1, 1)) for _ in range(4)] for _ in range(count)]
    pairs = [pair for pair in combinations(range(count), 2) if chance.random() < 0.8] or [(0, 1)]
    if count == 3 and len(pairs) == 1:
        pairs = [(0, 1), (1, 2)]
    saved = {pair: [float(chance.uniform(0, 1.5)) for _ in range(4)] for pair in pairs}
    km = chance.uniform(0.2, 3.0, count).round(2).tolist()
    rows, sides = [], []
    for size in range(1, count + 1):
        for one in combinations(range(count), size):
            for t in range(4):
                if all(worth[m][t] is not None for m in one):
                    rows.append([-1.0 if m in one else 0.0 for m in range(count)])
                    sides.append(-sum(km[m] * worth[m][t] for m in one) - sum(min(km[i] for i in pair) * saved[pair][t]
                        for pair in pairs if set(pair) <= set(one)))
    best = linprog([1.0] * count, A_ub=rows, b_ub=sides).fun if rows else 0.0
    found = term(worth, saved, km, bits=40)
    assert best - 1e-9 <= found <= best + 1e-8


def test_places_alike_are_added():
    """Two places of 3 and of 2 with 0.5 saved a km: whatever is said of one counts for both."""
    case = case_of([[0, 1], [0, 1]], [("N1", "N2")])
    gains = {key: (np.array([[2], [1]], dtype=np.int64) << 30, 30) for key in ("N1", "N2")}
    assert float(place_term(case, joined(case), gains, {("N1+N2", 0): 0.5})) == pytest.approx(4.5 + 2.5, abs=1e-8)
    assert float(place_term(case, (), gains, {})) == 0.0
    assert isinstance(joined(case)[0], Alike)
    assert place_term(case, joined(case), gains, {("N1+N2", 0): 0.5}) >= Fraction(7)


def test_a_part_of_both_is_shared():
    """sound(): half of the first stretch renewed with all of N2 shares half a km, and so it is told."""
    from jaryq.verify.stretches import verify_stretches

    case, renewed, plan, stated = sound()
    halved = replace(renewed, km=np.array([0.5, 1.0, 1.0]))
    joint = {amount: {one.check for one in failed(verify_stretches(case, halved,
        replace(plan, joint={("N1+N2", "2026"): amount}), stated))} for amount in (0.5, 0.51)}
    assert "stretch_place" not in joint[0.5]
    assert "stretch_place" in joint[0.51]
