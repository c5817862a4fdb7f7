"""`--brief`: two pages of Word in English and Russian, read back."""

import importlib.util

import pytest

from jaryq.base.text import Text
from jaryq.commands.cli import main
from jaryq.handover.brief import fitting, shown
from jaryq.report.shapes import Fact
from tests.handover.test_tables import SHEETS
from tests.workbooks import minimal_tables, plain_workbook

docx = pytest.importorskip("docx")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("brief")
    plain_workbook(minimal_tables(**SHEETS), place / "case.xlsx")
    assert main(["plan", str(place / "case.xlsx"), "--out", str(place / "out"), "--brief"]) == 0
    return place


@pytest.mark.parametrize(("lang", "said", "heading"), [("en", "By 2027: 2 of 4", "Decision"),
                                                       ("ru", "К 2027 году: в работе 2 из", "Решение")])
def test_it_says_what_the_front_page_says(made, lang, said, heading):
    document = docx.Document(made / "out" / f"brief.{lang}.docx")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert heading in texts
    assert any(text.startswith(said) for text in texts)
    figures = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert figures[{"en": "Spending, nominal", "ru": "Затраты, номинально"}[lang]] == {"en": "10 bn KZT: in money of "
        "the years of payment", "ru": "10 млрд тенге: в деньгах годов платежа"}[lang]


def test_pictures_have_an_alternative_text_and_stand_on_the_second_page(made):
    document = docx.Document(made / "out" / "brief.en.docx")
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == ["Spending by source, bn KZT: 2026 10, 2027 0."]
    assert document.element.xml.count("<w:pageBreakBefore/>") == 1


def test_the_first_page_ends_before_it_is_full():
    """Lines of 92 letters: a sentence of 92 takes two (with its bullet) and a quarter between: of four three fit into
    seven lines, and a short one behind them fits no more."""
    full, short, long = Text("a" * 92, "а"), Text("b", "б"), Text("a", "а" * 200)
    assert fitting([full] * 4 + [short], 7.0) == ([full] * 3, 6.75)
    # What has no room in one language is said in neither.
    assert fitting([long, short], 2.0) == ([short], 1.25)


def test_both_languages_say_the_same(made):
    """Headings, figures and sentences of the two are as many, in the same order of kinds."""
    kinds = [[paragraph.style.name for paragraph in docx.Document(made / "out" / f"brief.{lang}.docx").paragraphs]
             for lang in ("en", "ru")]
    assert kinds[0] == kinds[1]
    assert kinds[0].count("List Bullet") > 2


def test_nothing_is_said_twice(made):
    """Front pages repeat what the decision page says; two pages have no room for that."""
    said = [paragraph.text for paragraph in docx.Document(made / "out" / "brief.en.docx").paragraphs
            if paragraph.style.name == "List Bullet"]
    assert len(said) == len(set(said)) > 2


def test_nothing_of_the_machine_stands_in_it(made):
    document = docx.Document(made / "out" / "brief.ru.docx")
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("Jaryq", "Jaryq", "")
    assert all(str(made).encode() not in part.blob for part in document.part.package.iter_parts())


def test_a_strangers_brief_stays(made, tmp_path, run):
    out = tmp_path / "out"
    out.mkdir()
    (out / "brief.ru.docx").write_text("mine")
    assert run("plan", made / "case.xlsx", "--out", out, "--brief")[0] == 64
    assert [path.name for path in out.iterdir()] == ["brief.ru.docx"]
    assert run("plan", made / "case.xlsx", "--out", made / "out", "--brief")[0] == 0  # its own is replaced


def test_without_the_extra_the_command_that_installs_it_is_told(made, tmp_path, run, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "docx" else find(name, *more))
    code, said = run("plan", made / "case.xlsx", "--out", tmp_path / "out", "--brief")
    assert code == 64
    assert "docx is not installed" in said


def test_figures_have_no_digit_more_than_they_deserve():
    assert shown(Fact(Text("a", "а"), 14613.746, "bn KZT")) == Text("14,614 bn KZT", "14\u00a0614 млрд тенге")
    assert shown(Fact(Text("a", "а"), 55.734, "%")) == Text("55.7 %", "55,7 %")
    assert shown(Fact(Text("a", "а"), 0.00396, "%")) == Text("0.004 %", "0,004 %")
    assert shown(Fact(Text("a", "а"), None)) == Text("–", "–")
