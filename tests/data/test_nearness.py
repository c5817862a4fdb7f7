"""Which words are offered in place of which: those that a slip of the hand may have made of them, and no others."""

import pytest

from jaryq.base.nearness import distance, nearest_word


@pytest.mark.parametrize(("one", "other", "steps"), [
    ("", "", 0), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "abcd", 1),
    ("abcd", "badc", 2), ("abc", "cab", 2),
    ("abc", "xyz", 3), ("abcdef", "ab", 4)])
def test_distance_counts_slips(one, other, steps):
    assert distance(one, other, 9) == distance(other, one, 9) == steps
    assert distance(one, other, 1) == min(steps, 2)


@pytest.mark.parametrize(("found", "known"), [
    ("waer", "wear"), ("costs", "cost"), ("netwroks", "networks"), ("chp_cole", "chp_coal"), ("kz71", "kz-71"),
    ("kz-17", "kz-71"), ("sea-pj", "jp-sea"),
    ("алматы обл.", "алматы облысы"), ("карагnда", "караганда"), ("buget", "budget")])
def test_slips_are_offered(found, known):
    assert nearest_word(found, ["something else", known]) == known


@pytest.mark.parametrize(("found", "known"), [
    ("комментарии", "сценарии"), ("notes", "routes"), ("comment", "income_to"), ("contact", "counts"), ("year", "wear"),
    ("voltage", "outage_months"),
    ("rub", "cny"), ("2027e", "2026"), ("2027", "2026"), ("astana chp-2", "i-bh-astana-2")])
def test_likenesses_from_afar_are_not(found, known):
    assert nearest_word(found, [known]) == ""
