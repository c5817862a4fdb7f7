"""Letters and numbers of a printed front page: what a minister reads fits one paper, as large as can be read."""

import json
import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from jaryq.api.accepted import accept
from jaryq.api.hashes import input_hash
from jaryq.commands.verify import open_plan, stored_plan
from jaryq.handover.answers import answers
from jaryq.handover.brief import brief
from jaryq.handover.front import front
from jaryq.handover.html.shown import in_full
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.build import build_report
from jaryq.report.question_row import ROOM
from jaryq.report.words import name_of, same
from jaryq.workbook.front_sheet import write_front
from jaryq.workbook.noted import Noted
from jaryq.workbook.partner_pages import widths_of
from jaryq.workbook.partner_print import letters_at
from jaryq.workbook.plan_style import Style
from tests.report.test_thousands import bare, texts

ROOT = Path(__file__).parents[2]
CASE, PLAN = ROOT / "inputs" / "kazakhstan.xlsx", ROOT / "outputs" / "kazakhstan" / "base"
USUAL = 10.0
"""Points of a letter on the sheet."""
LEAST = 7.5
SMALLEST = 7.0
WIDE, HIGH = (297 / 25.4 - 0.8) * 72, (210 / 25.4 - 1.1) * 72
"""Points of an A4 page that lies, within its margins (0.4 inches at the sides, 0.5 above and 0.6 beneath)."""


def letters(tmp_path, page, lang="en"):
    """Points of a usual letter of the page as it is printed: on one paper it is shrunk until both width and height fit.
    A column of the grid is 23 pixels of 0.75 points."""
    path = tmp_path / f"{lang}.xlsx"
    book = xlsxwriter.Workbook(path)
    noted = Noted(book)
    write_front(noted.add_worksheet("P"), noted, "P", page, Style(noted), lang, "footer")
    book.close()
    sheet = openpyxl.load_workbook(path)["P"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight} <= {None, 1}, "one paper"
    last, rows = sheet.print_area.replace("$", "").split("!")[1].split(":")[1], sheet.print_area.rpartition("$")[2]
    columns = next(n for n in range(1, 200) if last == f"{get_column_letter(n)}{rows}")
    high = sum(sheet.row_dimensions[row].height or 15.0 for row in range(1, int(rows) + 1))
    return USUAL * min(1.0, WIDE / (columns * 23 * 0.75), HIGH / high)


@pytest.mark.parametrize(("rows", "words", "expected"), [(15, "words " * 30, 9.1), (60, "so", 5.4)])
def test_letters_are_as_small_as_the_page_is_high(tmp_path, rows, words, expected):
    """Title, note, link and band take 27.75 + 15.75 + 15 + 18 = 76.5 points, headings 16.5, a row of two lines 27.75:
    15 rows make 509.25, less than the page is high, so that the width of 862.5 decides: 7,840 / 862.5 is 9.1. Sixty
    rows of one line, 14.25, make 948, whatever the width: 5,161 / 948 is 5.4."""
    block = Block(same("T"), (Field(same("Question")), Field(same("Answer"))),
                  tuple((f"Why {i}?", words) for i in range(rows)))
    assert letters(tmp_path, Front("p", same("P"), same("n"), blocks=(block,))) == pytest.approx(expected, abs=0.05)


@cache
def shipped():
    """A plan of the shipped case as it is; the test is left out where there is none."""
    if not (PLAN / "plan.xlsx").is_file() or json.loads(
            (PLAN / "manifest.json").read_text(encoding="utf-8"))["input_sha256"] != input_hash(CASE):
        pytest.skip("the shipped case as it is has not been planned here")
    stored = stored_plan(open_plan(PLAN / "plan.xlsx", everything=True))
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    return accepted.case, build_report(accepted.case, accepted.factors, stored.solution)


def page():
    return answers(*shipped())


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_other_pages_have_letters_of_seven_points_at_least(tmp_path, lang):
    """Decision 0031 says so of the shipped plan; the timetable has as many papers as it takes."""
    small = {one.key: size for one in front(*shipped()) if one.gantt is None
             and (size := letters(tmp_path, one, lang)) < SMALLEST}
    assert not small


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_pages_of_partners_are_as_wide_as_a_paper_at_seven_points(lang):
    """Their columns together: nothing of the shipped plan needs more."""
    pages = shipped()[1].partner_pages
    assert len(pages) > 2
    assert [page.sheet for page in pages if sum(widths := widths_of(page, lang))
            > letters_at(10.0 * SMALLEST, len(widths)) + 1e-9] == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_answers_of_the_shipped_plan_fit_one_paper_and_can_be_read(tmp_path, lang):
    assert letters(tmp_path, page(), lang) >= LEAST
    # With all that the report tells they would not.
    assert letters(tmp_path, in_full(page()), lang) < LEAST - 1.0


def test_each_kind_of_question_is_answered_in_short_on_the_page_and_whole_in_the_report():
    """What ten people asked is answered on the page: nothing of them is left to the sheet behind alone."""
    short, whole = page().blocks[0], page().whole[0]
    assert all(max(len(row[1].en), len(row[1].ru)) <= ROOM for row in short.rows)
    asked = [row[0].en for row in short.rows]
    assert len(asked) < len(whole.rows)
    for words in ("when it is", "not begin earlier", "Japan doubles", "one more bn KZT in a year", "worst off",
                  "How firm", "Japan: what is lent", "a year later", "bind most", "cheapest way to 200", "do the last"):
        assert sum(words in one for one in asked) == 1, words
    answered = dict(whole.rows)
    assert all(row[0] in answered for row in short.rows)
    said = {row[0].en: row[1] for row in short.rows}
    firm = next(text for asked, text in said.items() if "How firm" in asked)
    assert "56 % of the money rests on estimates; 92 of 128 projects have no time to spare" in firm.en
    assert "56 % денег основано на оценках; запаса времени нет у 92 из 128" in firm.ru
    later = next(text for asked, text in said.items() if "a year later" in asked)
    assert "77,670 km fewer are renewed (of the km 63,850 after 2026: yearly growth is limited)." in later.en
    assert ("обновлено меньше на 77\u00a0670 км (из этих км 63\u00a0850 после 2026 года: годовой рост ограничен)."
            in later.ru)
    limits = next(text for asked, text in said.items() if "bind most" in asked)
    assert "(2,762 km)" in limits.en
    assert limits.en.endswith("(21.1 %).")
    assert limits.ru.endswith("(21,1 %).")
    assert in_full(page()) == replace(page(), blocks=page().whole, whole=())


def test_the_briefs_of_the_shipped_plan_tell_debt_and_the_worst_region_in_both_languages():
    docx = pytest.importorskip("docx")
    said = {lang: "\n".join(one.text for one in docx.Document(BytesIO(brief(*shipped(), lang))).paragraphs)
            for lang in ("en", "ru")}
    for lang, words in (("en", ("Lenders are paid", "The most worn networks")),
                        ("ru", ("кредиторам выплачивается", "Самые изношенные сети"))):
        assert all(word in said[lang] for word in words)


def test_numbers_of_the_front_pages_have_marks_of_thousands():
    """Of the shipped plan, of which names have numbers (Kostanayskaya 1150, ПГУ 1100 МВт, водовод 1000 мм)."""
    named = [name_of(one) for one in shipped()[0].facilities.values()]
    names = {word for one in named for word in re.findall(r"\d{4,}", f"{one.en} {one.ru}")}
    assert names == {"1000", "1100", "1150"}
    said = [text for one in front(*shipped()) for text in texts(one)]
    assert len(said) > 500
    assert [number for one in said for number in (*bare(one.en), *bare(one.ru)) if number not in names] == []
