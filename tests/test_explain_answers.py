"""What ``explain PLAN LIMIT`` says first: whether works change, then the money, and in whose place it is. A of 10 in
2026 is worth 30. A gift from abroad has 4 in 2026 and 4 in 2027, a loan without interest 3, paid back by halves after
one and two years (25 % a year: worth (0.8 + 0.64)/2 = 0.72), own money 20 of which 3 are used (17 are left)."""

import pytest

from jaryq.commands.cli import main
from jaryq.workbook.plan_file import open_plan
from tests.hand.test_from_workbooks import book, facility, loan
from tests.workbooks import plain_workbook

SOURCES = [{"source_id": "O", "name": "Own", "name_ru": "Свои"},
           {"source_id": "G", "name": "Gift", "name_ru": "Дар", "kind": "grant", "partner": "JP"},
           {**loan(tenor=2), "envelope": None, "name": "Loan", "name_ru": "Заём"}]
YEARS = [{"source_id": "O", "2026": 20, "2027": 0, "2028": 0}, {"source_id": "G", "2026": 4, "2027": 4, "2028": 0},
         {"source_id": "L", "2026": 3, "2027": 0, "2028": 0}]


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    tables = book(sources=SOURCES, source_years=YEARS, facilities=[facility("A", 10, benefit=30, latest=2026)],
                  settings={"discount_rate": 25, "discount_timing": "start", "explain": "left out", "last_year": 2028})
    plain_workbook(tables, folder / "case.xlsx", "en")
    assert main(["plan", str(folder / "case.xlsx"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def said(capsys, *arguments):
    capsys.readouterr()
    assert main(["explain", *map(str, arguments)]) == 0
    return capsys.readouterr().out.splitlines()


def on_sheet(plan, question):
    grid = open_plan(plan / "plan.xlsx", everything=True).grids["questions"]
    return next(row[1] for row in grid if row and row[0] == question)


NONE = "Not one facility and not one km more is done."
WORTH = (
    "It takes the place of dearer money, and so much better off are budgets, utilities and consumers in money of today")


def test_a_year_by_itself_has_the_best_source_first(plan, capsys):
    """A bn of the gift in place of own money saves 1, of the loan 0.28."""
    (line,) = said(capsys, plan, "2026")
    assert line == (
        f"What does one more bn KZT in 2026 buy? {NONE} {WORTH}: 1 bn KZT (Gift), the most; 0.28 bn KZT (Loan).")
    assert "2026: 1 bn KZT (Gift)" in on_sheet(plan, "What does one more bn KZT in a year buy?")
    (russian,) = said(capsys, plan, "2026", "--lang", "ru")
    assert russian.endswith("таков: 1 млрд тенге (Дар), больше всего; 0,28 млрд тенге (Заём).")
    assert russian.startswith("Что даст ещё 1 млрд тенге в 2026 году? Не делается больше ни одного объекта и ни одного "
                              "километра.")


def test_a_ceiling_that_is_not_the_best_says_which_is(plan, capsys):
    line = said(capsys, plan, "ceiling[L,2026]")[0]
    assert line == (
        f"What does one more bn KZT in 2026 buy? {NONE} {WORTH}: 1 bn KZT (Gift), the most; 0.28 bn KZT (Loan), which "
        "was asked for.")


def test_a_ceiling_that_is_not_used_up_brings_nothing(plan, capsys):
    assert said(capsys, plan, "ceiling[O,2026]")[0].endswith("0.28 bn KZT (Loan). More of Own brings nothing: 17 bn "
        "KZT of it stay unused as it is.")
    assert said(capsys, plan, "ceiling[O,2026]", "--lang", "ru")[0].endswith("Ещё деньги источника Свои ничего не "
        "дают: и сейчас не использовано 17 млрд тенге.")


def test_a_lender_says_what_its_money_replaces(plan, capsys):
    """4 more of the gift: in place of the 3 of own money, and of 1 of the loan: 3 + 0.72. The sheet says the same but
    for whose place it takes."""
    question = "What if the money of Japan doubles?"
    line = said(capsys, plan, "Japan")[0]
    assert line.startswith(f"{question} {NONE} Budgets, utilities and consumers together are better off by 3.7 bn KZT "
                           "in money of today. 4 bn KZT more of its money is drawn, "
                           "in place of dearer money.")
    assert line.endswith(" What is drawn less in its place: Own (3 bn KZT); Loan (1 bn KZT).")
    assert line.removeprefix(f"{question} ").removesuffix(" What is drawn less in its place: Own (3 bn KZT); Loan (1 "
                                                          "bn KZT).") == on_sheet(plan, question)
    assert said(capsys, plan, "G")[0].startswith(f"What if the money of Gift doubles? {NONE}")
    assert said(capsys, plan, "Япония", "--lang", "ru")[0].endswith("Вместо чего: меньше выборка у источников: Свои (3 "
        "млрд тенге); Заём (1 млрд тенге).")


def test_a_year_outside_of_the_plan_is_none(plan, capsys):
    assert main(["explain", str(plan), "2031"]) == 64
    assert main(["explain", str(plan), "2026", "--out", "x.xlsx"]) == 64
