"""Numbers in sentences: the decimal marks of the language, and no more digits than somebody wrote."""

import pytest

from jaryq.base.issues import Issue
from jaryq.base.text import with_marks, without_noise


@pytest.mark.parametrize(("said", "ru"), [
    ("обычно около 2.87 тенге", "обычно около 2,87 тенге"), ("от -1.5 до +26.9791 %", "от -1,5 до +26,9791 %"),
    ("1.5.2026", "1.5.2026"),
    ("файл case_2.1.xlsx", "файл case_2.1.xlsx"), ("введено «12.500»", "введено «12.500»"), ("F1.2", "F1.2"),
    ("1,234.5", "1,234.5"), ("12", "12")])
def test_decimal_commas(said, ru):
    assert with_marks(said, "ru") == ru
    assert with_marks(said, "en") == said


@pytest.mark.parametrize(("number", "said"), [("62.40000000000001", "62.4"), ("754.8000000000001", "754.8"),
                                              ("0.1", "0.1"), ("12.500", "12.500"), ("-15", "-15"), ("1e-05", "1e-05")])
def test_noise_of_binary_arithmetic_is_not_said(number, said):
    assert without_noise(number) == said


def test_an_issue_in_russian_has_decimal_commas():
    issue = Issue("value_above_maximum", "facilities", "D4", "cost", "62.40000000000001",
                  {"limit": "26.5", "unit": "%", "hint": ""})
    assert "26,5" in issue.say("ru")
    assert "26.5" in issue.say("en")
    assert "62.4 - " in issue.say("en")
