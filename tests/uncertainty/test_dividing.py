"""Which input divides the futures in which a facility is taken from the others, by hand; and what is chance."""

from types import SimpleNamespace

import numpy as np
import pytest

from jaryq.case.uncertain import COMES
from jaryq.handover.uncertain.choices import to_sign
from jaryq.uncertainty.dividing import Dividing
from jaryq.uncertainty.ensemble import Ensemble
from jaryq.uncertainty.otherwise import otherwise
from jaryq.uncertainty.outcomes import Judged, Outcome
from tests.uncertainty.make_uncertain import uncertain
from tests.uncertainty.test_variants_are_one import MORE
from tests.uncertainty.test_what_must_be_done import one_facility

DOLLAR = [0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7]
STEEL = [5, 3, 8, 1, 7, 2, 9, 4, 6, 10]


def columns(*inputs):
    return np.array(inputs, dtype=float).T


def flags(text):
    return np.array([sign == "x" for sign in text])


def test_a_border_between_all_of_both():
    """Taken in the five cheapest: all lie at 1.2 and below, none of the others does."""
    one = Dividing(columns(STEEL, DOLLAR)).best(flags("xxxxx....."))
    assert (one.row, one.above, one.cut, one.edge) == (1, False, (1.2, 1.3), 1.2)
    assert (one.done, one.left) == ((0.8, 1.2), (1.3, 1.7))
    assert (one.count, one.inside, one.rest, one.strays) == (5, 5, 5, 0)


def test_a_border_with_strays():
    """Thrice ten futures, taken from 1.1 up but at 1.5: all 18 lie above 1.0, 3 of the 12 others do (0.75 apart); above
    1.5 6 of 18 and none (0.33)."""
    one = Dividing(columns(DOLLAR * 3)).best(flags("...xxxx.xx" * 3))
    assert (one.above, one.cut, one.edge) == (True, (1.0, 1.1), 1.1)
    assert (one.done, one.left) == ((1.1, 1.7), (0.8, 1.5))
    assert (one.count, one.inside, one.rest, one.strays) == (18, 18, 12, 3)


@pytest.mark.parametrize(("taken", "told"), [("xxx...", False), ("xxxx....", True)])
def test_what_chance_does_as_well_is_not_told(taken, told):
    """Three of six lie together at an end in 2 of 20 orders, 10 %; four of eight in 2 of 70, 3 %. One in twenty is the
    limit."""
    assert (Dividing(columns(DOLLAR[: len(taken)])).best(flags(taken)) is not None) is told


def test_more_inputs_are_more_chances():
    """Four of eight at an end of one of two inputs: nearly twice 2 of 70 orders, above one in twenty."""
    assert Dividing(columns(DOLLAR[:8], [5, 3, 8, 1, 7, 2, 4, 6])).best(flags("xxxx....")) is None


@pytest.mark.parametrize("taken", ["..........", "xxxxxxxxxx"])
def test_what_is_always_or_never_taken_is_not_divided(taken):
    assert Dividing(columns(DOLLAR)).best(flags(taken)) is None


def test_no_border_lies_within_one_value():
    """Thrice ten futures, the lender comes in 12, taken in these and in 3 of the others: 12 of 15 against none of 15,
    the border between 0 and 1."""
    one = Dividing(columns([1, 1, 1, 1, 0, 0, 0, 0, 0, 0] * 3)).best(flags("xxxxx....." * 3))
    assert (one.above, one.cut, one.inside, one.strays) == (True, (0.0, 1.0), 12, 0)


def page(rows, values, shares, years=None):
    """The page of choices of these futures: what is drawn and what the best plans take (all begun in 2026 unless
    said)."""
    best = [Outcome({}, shares=one, years={key: (years or {}).get((n, key), 2026.0) for key in one})
            for n, one in enumerate(shares)]
    made = Ensemble(SimpleNamespace(rows=rows, values=values), tuple(Judged(Outcome(None), one) for one in best), ())
    return to_sign(one_facility(years=3, more=MORE).case, made)


def test_the_page_names_what_holds_what_hangs_and_on_what():
    """G in all ten futures, begun in 2026 in half of them and in 2028 in the others; F in nine; H where the dollar is
    at most 1.2; J in none."""
    shares = [{"G": 1.0, **({"F": 1.0} if n else {}), **({"H": 1.0} if n < 5 else {})} for n in range(10)]
    rows = (uncertain("uniform", 0.8, None, 1.7, key="Dollar"),)
    found = page(rows, columns(DOLLAR), shares, {(n, "G"): 2028.0 for n in range(5)})
    assert [one.en for one in found.verdict.robust] == [
        "In all 10 futures the best plan takes 1 of 4 facilities: G.",
        "Not in all, but in at least 90 % of them: F (90).",
        "Taken whatever comes, but the year of the start hangs on it (eight of ten futures): G (2026 to 2028).",
        "Left out in at least 90 % of the futures: I."]
    assert [one.en for one in found.verdict.open] == ["1 facility hangs on what comes (taken in so many of 100 "
                                                      "futures): H (50)."]
    assert [one.en for one in found.verdict.changes] == [
        "H: taken where Dollar is at most 1.2; so in 5 of the 5 futures that take it (seen: 0.8 to 1.2) and in 0 of "
        "the 5 others (seen: 1.3 to 1.7)."]
    assert [one.ru for one in found.verdict.changes] == [
        "H: выбирается, где Dollar: не более 1,2; так в 5 из 5 вариантов с ним (встречалось: от 0,8 до 1,2) и в 0 из 5 "
        "прочих (встречалось: от 1,3 до 1,7)."]
    assert [tuple(getattr(cell, "en", cell) for cell in row)
            for row in found.blocks[-1].rows] == [("H", "Dollar", "0.8 to 1.2", "1.3 to 1.7", "at most 1.2", 100.0,
                                                   0.0)]


def test_a_lender_is_told_in_words_and_a_variant_by_its_name():
    """F overhauled (V) where the lender comes, new else, in five of ten futures each: done in any case; the row taken
    most often, the first of both, is told."""
    shares = [{"V": 1.0} if n < 5 else {"F": 1.0} for n in range(10)]
    lender = uncertain("comes", 0.0, probability=0.5, key="Lender comes")
    found = page((lender,), columns([COMES] * 5 + [0.0] * 5), shares)
    assert [one.en for one in found.verdict.open][1:] == ["Done in any case, but how is open (new or overhauled, say): "
                                                          "F."]
    assert [one.en for one in found.verdict.changes] == [
        "F: taken where Lender comes is no; so in 5 of the 5 futures that take it (seen: no) and in 0 of the 5 others "
        "(seen: yes)."]


def test_what_nothing_divides_is_named():
    """H in every other future, whatever the dollar."""
    found = page((uncertain("uniform", 0.8, None, 1.7, key="Dollar"),), columns(DOLLAR),
                 [{"H": 1.0} if n % 2 else {} for n in range(10)])
    assert [one.en for one in found.verdict.changes] == [
        "No single input tells apart when this is taken (chance does as well): H. Several act together, or there are "
        "too few futures: ensemble with more --draws."]
    assert not any("divides" in block.head.en for block in found.blocks)


def test_nothing_hangs():
    found = page((uncertain("uniform", 0.8, None, 1.7, key="Dollar"),), columns(DOLLAR), [{"G": 1.0}] * 10)
    assert [one.en for one in found.verdict.open] == ["No facility hangs on what comes."]
    assert [one.en for one in found.verdict.changes] == ["Nothing that was drawn in 10 futures changes which "
                                                         "facilities are taken in more than one of ten."]


def test_two_plans_against_each_other():
    """F goes out (its variant takes 0.4 of it), G comes in, H begins a year later, I and its variant J are one; half a
    year is another start, less is none."""
    assets = {"F": ("F", "V"), "G": ("G",), "H": ("H",), "I": ("I", "J"), "K": ("K",)}
    first = Outcome({}, shares={"F": 1.0, "H": 1.0, "I": 1.0, "K": 1.0, "G": 0.4},
                    years={"F": 2026.0, "H": 2026.0, "I": 2026.0, "K": 2026.0, "G": 2026.0})
    second = Outcome({}, shares={"V": 0.4, "H": 1.0, "J": 1.0, "K": 1.0, "G": 0.5},
                     years={"V": 2026.0, "H": 2027.0, "J": 2026.5, "K": 2026.4, "G": 2026.0})
    found = otherwise(assets, first, second)
    assert (found.comes, found.goes, dict(found.moved)) == (("G",), ("F",),
                                                            {"H": (2026.0, 2027.0), "I": (2026.0, 2026.5)})
    assert otherwise(assets, first, first).nothing
