"""Limits beside what is needed of them, where the two differ by a hair: they do not look the same, and a run that ends
without a plan says what would make one."""

import math
import re
from typing import get_args

import numpy as np
import pytest

from jaryq.api.verified import hold
from jaryq.base.digits import apart, digits_of, with_digits
from jaryq.base.errors import NotVerified
from jaryq.commands.cli import main
from jaryq.solve.highs import Outcome, Stop
from jaryq.solve.stopped import stopped
from jaryq.verify.finding import Finding
from tests.explain.test_no_plan import MUST, STAYS, budget, years
from tests.hand.test_from_workbooks import book, facility
from tests.workbooks import plain_workbook


@pytest.mark.parametrize(("value", "others", "said"), [
    (3.0, (), "3"), (2.99999996, (), "2.99999996"), (3.3333333, (), "3.33333"), (3.3333333, (3.33334,), "3.33333"),
    (3.0, (3.00000001,), "3"), (3.00000001, (3.0,), "3.00000001"), (1234567.0, (), "1,234,567"),
    (1234567.0, (1234568.0,), "1,234,567"), (100000.4, (), "100,000.4"), (62.40000000000001, (), "62.4"),
    (1 / 3, (0.333333,), "0.3333333"), (0.0, (), "0"), (math.inf, (), "inf")])
def test_digits_that_tell(value, others, said):
    """Six digits; as many more as it takes; what looks exact is so to twelve."""
    assert with_digits(value, digits_of(value, *others)) == said


def test_two_numbers_are_apart():
    assert apart(1000.4, 1000.1, 4) == ("1000.4", "1000.1")
    assert apart(12.0, 7.0, 4) == ("12", "7")
    assert apart(1.0, 1.0 + 2e-16) == ("1", "1")


def hospital(most):
    """10 are due in 2026, of which there are so many."""
    return book([budget()], [facility("A", 10, latest=2026, **MUST, **STAYS)], source_years=[years(most, 0, 0)])


def ended(most, tmp_path, capsys, lang="en"):
    plain_workbook(hospital(most), tmp_path / "case.xlsx", "en")
    code = main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--lang", lang])
    return code, capsys.readouterr().err


def test_a_conflict_that_is_a_hair_wide(tmp_path, capsys):
    """3e-7 is more than any row may be broken by, and a repair of that size, which is a 30 millionth, is one."""
    code, said = ended(9.9999997, tmp_path, capsys)
    assert code == 3
    assert "in conflict: Ceiling of the year, B, 2026: 9.9999997 bn KZT (source_years!B4)" in said
    assert "Give up any one of these rules, and the others can be kept together." in said
    assert "  Ceiling of the year, B, 2026: 9.9999997 -> 10 bn KZT (source_years!B4)" in said
    assert '--set "source_years; source_id=B; 2026; set 10"' in said


@pytest.mark.parametrize(("lang", "first", "repair"), [
    ("en", "that there is none is not proved.", "Ceiling of the year, B, 2026: 9.99999997 -> 10 bn KZT"),
    ("ru", "что его нет, не доказано.", "Потолок года, B, 2026: 9,99999997 -> 10 млрд тенге")])
def test_what_is_not_proved_names_the_limit(lang, first, repair, tmp_path, capsys):
    """3e-8 is more than a plan may break a row by, and less than what a proof has to be above."""
    code, said = ended(9.99999997, tmp_path, capsys, lang)
    assert code == 4
    assert first in said
    assert repair in said
    assert '--set "source_years; source_id=B; 2026; set 10"' in said


@pytest.mark.parametrize("most", [9.9999997, 9.99999997])
def test_the_repair_can_be_tried_as_it_is_told(most, tmp_path, capsys):
    """What is printed after ``--set`` is put there, also where nothing proves that there is no plan without it."""
    code, said = ended(most, tmp_path, capsys)
    (told,) = set(re.findall('--set "(.+)"', said))
    assert code in (3, 4)
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--set", told]) == 0
    assert "1 of 1 facilities" in capsys.readouterr().out


def test_less_than_a_hair_is_planned(tmp_path, capsys):
    assert ended(9.999999997, tmp_path, capsys)[0] == 0


def test_a_check_that_fails_by_a_hair_says_what_to_do():
    finding = Finding("claim", "objective", 1.4, 1.4 + 3e-10, 3e-10, 1e-10, "bn KZT")
    with pytest.raises(NotVerified) as caught:
        hold((finding,))
    assert "1.4 against 1.4000000003 bn KZT" in caught.value.text.say("en")
    assert "1.4 против 1.4000000003 bn KZT" in caught.value.text.say("ru")
    assert caught.value.exit_code == 1
    hold(())


def crews(most):
    """1,250 crews are needed all 2026, of which there are so many."""
    return book([budget()], [facility("A", 10, latest=2026, **MUST, **STAYS)], source_years=[years(20, 0, 0)],
                crews=[{"crew": "build", "2026": most}], crew_needs=[{"project": "A", "crew": "build", "crews": 1250}])


@pytest.mark.parametrize(("most", "code"), [(1249.9999991, 4), (1249.99999, 4), (1249.99, 2)])
def test_a_limit_on_works_has_a_repair_too(most, code, tmp_path, capsys):
    """1.25e-6 is what the row may be broken by: where half of it is lacking no plan is looked for, where all, none is
    one. That no limit that may move makes a plan is not said: 1,250 does."""
    plain_workbook(crews(most), tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")]) == code
    said = capsys.readouterr().err
    assert f"  Works capacity, build, 2026: {with_digits(most, digits_of(most, 1250.0))} -> 1,250 crew-years" in said
    (told,) = set(re.findall('--set "(.+)"', said))
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--set", told]) == 0


@pytest.mark.parametrize(("lang", "first", "rule"), [
    ("en", "No movement of limits makes up for what is missing.", "  in the way: Largest share of a project, C"),
    ("ru", "Сдвиг ограничений не восполняет недостающего.", "  мешает: Наибольшая доля в проекте, C")])
def test_rules_that_are_no_limits_are_named_where_they_are_in_the_way(lang, first, rule, tmp_path, capsys):
    """500 bn, of which three budgets may pay 33.33333325 % each: 1.25e-6 is missing, the rows of the three and of what
    is paid may be broken by 1e-6."""
    wanted = book([{"source_id": key, "max_share": 33.33333325} for key in "BCD"],
                  [facility("A", 500, latest=2026, **MUST, **STAYS)],
                  source_years=[years(500, 0, 0, source=key) for key in "BCD"])
    plain_workbook(wanted, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--lang", lang]) == 4
    said = capsys.readouterr().err
    assert first in said
    assert rule in said


@pytest.mark.parametrize("stop", get_args(Stop))
def test_why_the_solver_stopped_is_said_in_words(stop):
    """Not by its own names of that, which are English and tell nobody anything."""
    none = np.zeros(0)
    text = stopped(Outcome(stop, none, none, none, np.nan, np.nan, "Unknown")).text
    assert "Unknown" not in text.say("en")
    assert re.search("[A-Za-z]", text.say("ru")) is None
