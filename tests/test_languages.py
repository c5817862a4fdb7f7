"""Four languages from one declaration: nothing that a reader of Kazakh or Japanese needs lacks its translation."""

import ast
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from jaryq.base.catalogue import translations
from jaryq.base.text import LANGS, UNREVIEWED, Text
from jaryq.base.units import UNITS
from jaryq.commands.cli import parser
from jaryq.report.amounts import amounts
from jaryq.report.debt import books
from jaryq.report.loans import REPAYMENTS
from jaryq.report.partner_page import partner_pages
from jaryq.report.partner_shape import PartnerPage
from jaryq.report.words import COUNTRIES, SECTORS, joined, name_of
from jaryq.sheets import results_compare
from jaryq.sheets.aliases import heading
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.results import RESULTS
from jaryq.sheets.results_data import DATA_SHEETS
from jaryq.sheets.settings import SETTING_COLUMNS
from jaryq.sheets.spec import Sheet
from jaryq.workbook.noted import Noted
from jaryq.workbook.partner_pages import TOTAL_WORD, write_partner_page
from jaryq.workbook.plan_style import Style
from tests.report.plans import finished

ROOT = Path(__file__).parents[1] / "model/jaryq"
WRITTEN_IN_FULL = ("report/partner_page.py", "report/partner_debt.py", "report/partner_late.py",
                   "report/partner_projects.py", "report/partner_rules.py", "report/partner_terms.py",
                   "report/partner_ties.py", "report/partner_bills.py", "report/partner_bought.py",
                   "report/partner_shape.py", "report/lenders.py", "report/agreed.py",
                   "workbook/contents.py", "workbook/dictionary.py", "sheets/describe.py", "sheets/groups.py")
"""Modules whose every Text is translated: the partner page, the contents sheet with its legend, the data dictionary,
groups of columns."""

COMPARED = [sheet for sheet in vars(results_compare).values() if isinstance(sheet, Sheet)]
SHEETS = (*INPUTS, *RESULTS, *COMPARED, *DATA_SHEETS)


def literals(path):
    """The English of every Text that a module writes down."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func,
                                                     ast.Name) and node.func.id == "Text" and not isinstance(
                                                     node.args[0], ast.Starred):
            assert isinstance(node.args[0], ast.Constant), (
                f"{path}, line {node.lineno}: write a template and fill it, else it cannot be translated")
            yield node.args[0].value


def wanted():
    """The English texts that must be translated, by what they are."""
    return {
        "title of a sheet": {sheet.text.en for sheet in SHEETS},
        "note of an input sheet": {sheet.note.en for sheet in INPUTS},
        "heading": {column.text.en for sheet in SHEETS for column in sheet.columns},
        "setting": {column.text.en for column in SETTING_COLUMNS},
        "unit": {unit.symbol.en for unit in UNITS.values()},
        "word of the partner page": {text.en for text in (*SECTORS.values(), *COUNTRIES.values(), *REPAYMENTS.values(),
                                                          TOTAL_WORD)} | {"bn"},
        **{path: set(literals(path)) for path in WRITTEN_IN_FULL},
    }


@pytest.mark.parametrize("lang", UNREVIEWED)
def test_nothing_lacks_its_translation(lang):
    known = translations()[lang]
    missing = [f"{text}  ({what})" for what, texts in wanted().items() for text in sorted(texts - set(known))
               if re.search("[a-z]", text)]
    assert missing == [], f"add to model/jaryq/base/translations.csv, column {lang}:\n" + "\n".join(missing)


def test_there_is_something_to_translate():
    counts = {what: len(texts) for what, texts in wanted().items()}
    assert min(counts.values()) >= 1
    assert sum(counts.values()) > 400


@pytest.mark.parametrize("lang", UNREVIEWED)
def test_slots_of_a_translation_are_those_of_the_text(lang):
    slots = re.compile(r"\{(\w*)\}")
    assert [text for text, said in translations()[lang].items()
            if sorted(slots.findall(text)) != sorted(slots.findall(said))] == []


def test_translations_are_in_their_own_letters():
    """Kazakh in Cyrillic, Japanese with kana or kanji; signs and symbols of units are neither."""
    signs = {"%", "km", "Km", "MW"}
    assert [text for text, said in translations()["kk"].items() if text != "%"
            and not re.search("[а-яәғқңөұүһі]", said.lower())] == []
    assert [text for text, said in translations()["ja"].items() if text not in signs
            and not re.search("[\u3040-\u30ff\u4e00-\u9fff]|% a year|^%", said)] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sheet", INPUTS, ids=lambda sheet: sheet.name)
def test_a_title_names_one_column_of_its_sheet(sheet, lang):
    """People may write it as the heading; two columns of one title would be taken for each other."""
    members = {"": "", "year": "2026", "country": "JP", "quantity": "mw"}
    for column in sheet.columns:
        title = f"{column.text.say(lang)} {members[column.family]}".strip()
        assert heading(sheet, title) == column.name + members[column.family]


# --- Text -------------------------------------------------------------------------------------------------------------

def test_a_text_without_translation_is_said_in_the_nearest_language():
    text = Text("never translated {x}", "никогда не переведено {x}")
    assert text.say("kk", x=1) == "никогда не переведено 1"
    assert text.say("ja", x=1) == "never translated 1"
    assert (text.lacks("kk"), text.lacks("ja"), text.lacks("ru")) == (True, True, False)
    assert list(text.all()) == ["en", "ru", "kk", "ja"]


def test_slots_are_filled_in_every_language():
    inner = Text("Japan", "Япония")
    filled = Text("{partner}: financing of the programme", "{partner}: финансирование программы").fill(partner=inner)
    assert filled.say("en") == "Japan: financing of the programme"
    assert filled.say("ru") == "Япония: финансирование программы"
    assert filled.say("kk") == "Жапония: бағдарламаны қаржыландыру"
    assert filled.say("ja") == "日本:プログラムへの融資"


def test_texts_are_joined_in_every_language():
    assert joined([Text("heat", "тепло"), Text("water", "вода")]).say("ja") == "熱供給; 水道"


def test_a_given_translation_wins_over_the_catalogue():
    assert Text("Japan", "Япония", ja="にほん").say("ja") == "にほん"


# --- where they are used ----------------------------------------------------------------------------------------------

def test_the_command_line_takes_all_languages():
    for command in (["plan", "x"], ["template", "x"], ["check", "x"], ["scenarios", "x"], ["verify", "x"]):
        for lang in LANGS:
            assert parser().parse_args([*command, "--lang", lang]).lang == lang


def test_the_partner_page_is_in_japanese_but_for_names_of_the_case():
    """Every text that reaches the page, however it was put together (Kazakh shares words with Russian and could not
    show a gap)."""
    case, factors, solution = finished()
    found = amounts(case, factors, solution.plan)
    pages = partner_pages(found, books(found))
    assert pages
    names = {name_of(item).en for kind in (case.sources, case.regions, case.asset_types, case.projects)
             for item in kind.values()}
    for page in pages:
        texts = [page.title, *(fact.label for fact in page.facts), *(block.head for block in page.blocks),
                 *(field.head for block in page.blocks for field in block.fields),
                 *(note for block in page.blocks for note in block.notes),
                 *(value for block in page.blocks for row in block.rows for value in row if isinstance(value, Text))]
        assert {text.en for text in texts if text.say("ja") == text.en and re.search("[^0-9 -]", text.en)} <= names
    assert sum(len(page.blocks) for page in pages) > 8


def test_a_plan_in_japanese_says_that_it_was_not_reviewed(tmp_path):
    for lang in ("en", "ja"):
        with xlsxwriter.Workbook(str(tmp_path / f"{lang}.xlsx")) as book:
            write_partner_page(Noted(book).add_worksheet("page"),
                               PartnerPage("page", Text("Japan", "Япония"), Text("note", "примечание"), (), ()),
                               Style(book), lang, "")
    said = {lang: openpyxl.load_workbook(tmp_path / f"{lang}.xlsx")["page"]["A2"].value for lang in ("en", "ja")}
    assert said == {"en": "note", "ja": "note この言語の題名・見出し・単位は、母語話者による確認を受けていません。"}
