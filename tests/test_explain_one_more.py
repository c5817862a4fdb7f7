"""What one more bn in a year buys where it does less than half a facility: the part is told as a part, nobody's money
is said to be replaced that is not there, and nobody is better off and worse off in one answer. No discounting."""

import pytest

from jaryq.commands.cli import main
from tests.hand.test_from_workbooks import book, facility, goal
from tests.test_explain_answers import on_sheet, said
from tests.workbooks import plain_workbook

SETTINGS = {"explain": "left out", "last_year": 2028}
ONE = [{"source_id": "B", "name": "Budget", "name_ru": "Бюджет"}]
NINE = [{"source_id": "B", "2026": 9, "2027": 0, "2028": 0}]
QUESTION = "What does one more bn KZT in 2026 buy?"


def planned(folder, **tables):
    plain_workbook(book(sources=ONE, source_years=NINE, settings=SETTINGS, **tables), folder / "case.xlsx", "en")
    assert main(["plan", str(folder / "case.xlsx"), "--out", str(folder / "out")]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def no_aim(tmp_path_factory):
    """A of 10 is worth 18, C of 8 worth 10: a bn of A gains 0.8, of C 0.25, so 9 bn do 0.9 of A, and a bn more the last
    tenth, 0.8 better."""
    return planned(tmp_path_factory.mktemp("no_aim"), facilities=[facility("A", 10, benefit=18, latest=2026),
        facility("C", 8, benefit=10, latest=2026)])


def test_without_other_money_nothing_is_replaced(no_aim, capsys):
    (line,) = said(capsys, no_aim, "2026")
    assert line.startswith(f"{QUESTION} About as many facilities are finished (parts of them added up, 0.10 of one "
                           "more), 1 bn KZT more is spent, budgets, "
                           "utilities and consumers together are better off by "
                           "0.80 bn KZT in money of today (Budget).")
    assert "place" not in line
    (russian,) = said(capsys, no_aim, "2026", "--lang", "ru")
    assert "Завершено почти столько же объектов (в сумме их частей больше на 0,10 объекта)" in russian
    assert "заменяют" not in russian
    assert "dearer" not in on_sheet(no_aim, "What does one more bn KZT in a year buy?")


@pytest.fixture(scope="module")
def two_aims(tmp_path_factory):
    """F of 10, worth 3, is asked first: 9 bn do 0.9 of it. A bn more does the last tenth: 1 bn for 0.3, the purse is
    0.7 worse."""
    return planned(tmp_path_factory.mktemp("two_aims"), facilities=[facility("F", 10, benefit=3, latest=2026)],
                   targets=[goal("T", "facilities", 1, "facilities", 2028)])


def test_who_is_worse_off_is_not_better_off(two_aims, capsys):
    (line,) = said(capsys, two_aims, "2026")
    assert (
        "About as many facilities are finished (parts of them added up, 0.10 of one more), 1 bn KZT more is spent, "
        "less is missed of the aims of priority 1" in line)
    assert "together are worse off by 0.70 bn KZT" in line
    (russian,) = said(capsys, two_aims, "2026", "--lang", "ru")
    assert "теряют 0,70 млрд тенге" in russian
    for answer in (line, russian, on_sheet(two_aims, "What does one more bn KZT in a year buy?")):
        assert not any(word in answer for word in ("better off", "dearer", "Not one facility", "заменяют", "выигр",
                                                   "Не делается"))
