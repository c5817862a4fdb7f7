"""What a stretch shares with others of its street, in the explanation of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from jaryq.api.stretch_together import NEVER, Shared, Together, best_together, joined_with, margin, said_together
from jaryq.commands.cli import main
from tests.test_stretches_input import workbook


class Register:
    km = np.ones(3)


HEAT, WATER, SEWER = range(3)
LEFT = {HEAT: {"2026": 2.0, "2027": 1.0}, WATER: {"2026": 0.0, "2027": 0.9}, SEWER: {"2026": 0.5, "2027": 0.3}}
"""The stretches of docs/numbers.md, Street."""


def trench(one, other, saving):
    return Shared(frozenset({one, other}), 1.0, {"2026": saving, "2027": saving})


@pytest.mark.parametrize(("row", "trenches", "rows", "period", "gain"), [
    # 2.5 or 2.4 together, 2.9 apart; with 1 less 3 together.
    (HEAT, [trench(HEAT, WATER, 0.5)], (HEAT, WATER), "2026", -0.4),
    (HEAT, [trench(HEAT, WATER, 1.0)], (HEAT, WATER), "2026", 0.1),
    # All three 3.6 against 3.4; water and sewer alone 1.8 against 1.4.
    (HEAT, [trench(HEAT, WATER, 0.5), trench(WATER, SEWER, 0.6)], (HEAT, WATER, SEWER), "2026", 0.2),
    (WATER, [trench(HEAT, WATER, 0.5), trench(WATER, SEWER, 0.6)], (WATER, SEWER), "2027", 0.4),
    (SEWER, [trench(HEAT, WATER, 0.5), trench(WATER, SEWER, 0.6)], (SEWER, WATER), "2027", 0.4),
])
def test_the_best_way_to_share_is_found_by_hand(row, trenches, rows, period, gain):
    found = best_together(Register, row, LEFT, trenches)
    assert (set(found.rows), found.rows[0], found.period) == (set(rows), row, period)
    assert found.gain == pytest.approx(gain)
    assert found.shares == {end: 1.0 for one in trenches if row in one.ends and one.ends <= set(rows)
                            for end in one.ends - {row}}


@pytest.mark.parametrize(("row", "trenches", "left", "period"), [
    # With water 2.9 at most (apart; together 2.5 or 2.4), without it heat's 2: 0.9 to lose. Heat: 2.9 - 0.9. Where a
    # shared km is worth 1, 3 together: 1 and 2.1.
    (WATER, [trench(HEAT, WATER, 0.5)], 0.9, "2027"), (HEAT, [trench(HEAT, WATER, 0.5)], 2.0, "2026"),
    (WATER, [trench(HEAT, WATER, 1.0)], 1.0, "2026"), (HEAT, [trench(HEAT, WATER, 1.0)], 2.1, "2026"),
    # Heat in 2026, water and sewer together in 2027: 2 + 0.9 + 0.3 + 0.6 = 3.8 (all three in 2026: 3.6); without water
    # 2 + 0.5, without heat 1.8, without sewer 2.9.
    (WATER, [trench(HEAT, WATER, 0.5), trench(WATER, SEWER, 0.6)], 1.3, "2027"),
    (HEAT, [trench(HEAT, WATER, 0.5), trench(WATER, SEWER, 0.6)], 2.0, "2026"),
    (SEWER, [trench(HEAT, WATER, 0.5), trench(WATER, SEWER, 0.6)], 0.9, "2027"),
])
def test_the_break_even_of_a_street_by_hand(row, trenches, left, period):
    found = margin(Register, row, LEFT, trenches)
    assert (found.left, found.period) == (pytest.approx(left), period)


def test_out_of_a_street_by_hand():
    """Water misses 1 a km in each period and a shared km is worth 0.4: 2 with heat alone, 1.4 with both, so 0.6 more a
    km bring it in, not 1; of 2 km, 0.3."""
    left = {HEAT: {"2026": 2.0}, WATER: {"2026": -1.0, "2027": -1.0}}
    shared = [Shared(frozenset({HEAT, WATER}), 1.0, {"2026": 0.4})]
    assert (margin(Register, WATER, left, shared).left, margin(Register, WATER, left,
        shared).period) == (pytest.approx(-0.6), "2026")
    half = {HEAT: {"2026": 2.0}, WATER: {"2026": -0.5}}
    assert margin(SimpleNamespace(km=[1.0, 2.0]), WATER, half, shared).left == pytest.approx(-0.3)


def test_of_equal_periods_that_of_the_renewal_is_named():
    """1.5 left in 2026 and in 2028."""
    left = {HEAT: {"2026": 1.5, "2027": 1.0, "2028": 1.5}, WATER: {"2026": -9.0}}
    assert [margin(Register, HEAT, left, [trench(HEAT, WATER, 0.5)], now).period
            for now in (["2028"], ["2027"], ["2027", "2028"], [])] == ["2028", "2026", "2028", "2026"]


def test_of_equal_sets_that_of_the_renewal_is_told():
    """Together 2.5 in 2026 and in 2027."""
    left = {HEAT: {"2026": 1.0, "2027": 1.0}, WATER: {"2026": 1.0, "2027": 1.0}}
    assert [best_together(Register, HEAT, left, [trench(HEAT, WATER, 0.5)], now).period
            for now in (["2027"], ["2026"], ["2028", "2027"], [])] == ["2027", "2026", "2027", "2026"]


def test_what_is_never_renewed_shares_nothing():
    """Both out: no trench is dug, whatever it saves in a period of no name."""
    left = {HEAT: {"2026": -9.0}, WATER: {"2026": -9.0}}
    assert margin(Register, HEAT, left, [Shared(frozenset({HEAT, WATER}), 1.0,
                                                {NEVER: 100.0})]).left == pytest.approx(-9.0)


def test_two_groups_of_a_street_are_told_apart():
    here, there = trench(HEAT, WATER, 0.5), trench(SEWER, 3, 0.5)
    assert joined_with(WATER, [here, there]) == (here,)
    assert joined_with(3, [here, there, trench(WATER, SEWER, 0.1)]) == (here, there, trench(WATER, SEWER, 0.1))


def test_without_a_trench_there_is_nothing_to_say():
    assert best_together(Register, HEAT, LEFT, []) is None


def test_an_explanation_says_what_is_shared(tmp_path, capsys):
    """a of N1 and a of N2 lie in S1; their trench is said in both languages, of stretches elsewhere none."""
    source = workbook(tmp_path, trenches=[{"package": "N1", "with_package": "N2", "km": 1.0, "saving": 9.0}])
    assert main(["plan", str(source), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    plan = next((tmp_path / "out").rglob("plan.xlsx"))
    for lang, said in (("en", "In its street it shares a trench with a of"),
                       ("ru", "На своей улице он делит траншею с участком a (")):
        for segment, there in (("N1/a", True), ("N2/a", True), ("N1/b", False)):
            capsys.readouterr()
            assert main(["explain", str(plan), segment, "--lang", lang]) == 0
            assert (said in capsys.readouterr().out) == there


def test_shared_km_are_told_by_pair_and_what_comes_along_apart():
    """The heat main shares 7.7 km with the water main and none with the sewer, which comes along; the sum over pairs,
    and "saved", were wrong."""
    keys = {HEAT: ("H", "h1"), WATER: ("W", "w1"), SEWER: ("S", "s1")}
    case = SimpleNamespace(stretches=SimpleNamespace(key=keys.__getitem__),
                           packages={key: SimpleNamespace(name=key, name_ru=key) for key in "HWS"})
    said = said_together(SimpleNamespace(case=case), Together((HEAT, WATER, SEWER), "2026", {WATER: 7.7}, 0.1, 0.2))
    assert said.en == ("In its street it shares a trench with w1 of W, 7.7 km: renewed together in 2026 with s1 of S "
                       "that is worth 100 mn KZT at the plan's "
                       "prices; that is 200 mn KZT more than each at its own time.")
    assert said.ru == ("На своей улице он делит траншею с участком w1 (W), 7,7 км: вместе в 2026 с участком s1 (S) это "
                       "даёт 100 млн тенге по ценам плана; "
                       "это на 200 млн тенге больше, чем каждый в своё время.")


def test_nothing_is_not_told_as_a_gain():
    """A trench whose km are not used up in a period has no price then, though it may have one in others; one that
    brings just as much as each alone brings not "0 more"."""
    case = SimpleNamespace(stretches=SimpleNamespace(key={HEAT: ("H", "h1"), WATER: ("W", "w1")}.__getitem__),
                           packages={key: SimpleNamespace(name=key, name_ru=key) for key in "HW"})
    free = said_together(SimpleNamespace(case=case), Together((HEAT, WATER), "2026", {WATER: 7.7}, 0.0, -0.2))
    assert free.en == ("In its street it shares a trench with w1 of W, 7.7 km: renewed together in 2026 that is worth "
                       "nothing at the plan's prices of that time; "
                       "each at its own time brings 200 mn KZT more.")
    assert free.ru.endswith("вместе в 2026 это ничего не даёт по ценам плана на это время; каждый в своё время даёт на "
                            "200 млн тенге больше.")
    tie = said_together(SimpleNamespace(case=case), Together((HEAT, WATER), "2026", {WATER: 7.7}, 0.1, 0.0))
    assert tie.en.endswith("worth 100 mn KZT at the plan's prices; that is as much as each at its own time.")
    assert tie.ru.endswith("это столько же, сколько даёт каждый в своё время.")
