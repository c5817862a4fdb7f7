"""What has a name keeps its colour in every product and language; counts stand with their nouns in the right form."""

import json
import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from jaryq.base import counted as words_of
from jaryq.base.counted import NOUNS, amount, counted, unit_after
from jaryq.base.sectors import SECTORS
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.handover.colours import KNOWN, place_of
from jaryq.handover.html.shown import Texts
from jaryq.handover.html.words import words
from jaryq.report.measures import convex
from jaryq.report.shapes import Fact
from jaryq.report.words import AT_HOME, POINTS, UNIT_WORDS, amount_of, scenario_of, sheet, told, when
from jaryq.sheets.results import RESULT
from jaryq.workbook.plan_style import PALETTE

ASSETS = Path(__file__).parents[2] / "model/jaryq/handover/html/assets"
FACILITIES = UNIT_WORDS["facilities"]


def test_places_of_names_are_apart_and_within_the_palette():
    names = [*SECTORS.values(), *AT_HOME.values()]
    assert len({place_of(name, 99) for name in names}) == len(names)
    assert all(place_of(name, 99) < len(PALETTE) for name in KNOWN)
    assert place_of(Text("Heat", "Тепло"), 7) == place_of(SECTORS["heat"], 9), "as a heading too"
    assert place_of(Text("wool", "шерсть"), 5) == 5


def test_the_page_has_the_same_names_in_all_languages_and_as_many_colours():
    """Its script finds the place of a name in whatever language it is shown; its palette is as long as the
    workbook's."""
    known = json.loads(json.dumps(words()))["known"]
    assert [one[0] for one in known] == [name.en for name in KNOWN]
    assert all(one[1] == name.ru for one, name in zip(known, KNOWN, strict=True))
    palette = re.search(r"const PALETTE = \[(.*?)\]", (ASSETS / "base.js").read_text(), re.DOTALL)[1]
    assert len(re.findall(r"#[0-9A-F]{6}", palette)) == len(PALETTE)
    for name in ("charts.js", "places.js", "streets.js"):
        assert "PALETTE[" not in (ASSETS / name).read_text(), "no colour by order or language"


def lightness(colour):
    """Of 100, as eyes see it (CIE L*, of sRGB as IEC 61966-2-1 has it)."""
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 116 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) ** (1 / 3) - 16


def test_lenders_are_told_apart_in_grey():
    """China and the international institutions had nearly the same brown. Lenders are at least 6 of 100 apart in
    lightness, on the page at most 62 (3 to 1 on white)."""
    page = re.search(r"const PALETTE = \[(.*?)\]", (ASSETS / "base.js").read_text(), re.DOTALL)[1]
    for palette in (re.findall(r"#[0-9A-F]{6}", page), PALETTE):
        shades = sorted(lightness(palette[place]) for place in range(8, len(KNOWN)))
        assert len(shades) == 4
        assert all(after - before >= 6 for before, after in pairwise(shades))
        assert palette is PALETTE or shades[-1] <= 62


def test_no_workbook_colours_series_by_order_or_language():
    """Every line of the writers that takes a colour of the palette asks for the place of its name; a chart of a
    comparison begins with Japan, the eighth."""
    writers = sorted((Path(__file__).parents[2] / "model/jaryq").glob("*/*.py"))
    taking = [line for path in writers for line in path.read_text(encoding="utf-8").splitlines() if "PALETTE[" in line]
    assert len(taking) >= 3
    assert all("place_of(" in line for line in taking)


def test_products_have_one_minus():
    """Numbers in cells have the hyphen of number formats, so texts have it too. Rooms that read files know all
    signs."""
    rooms = ("report", "handover", "api", "uncertainty", "sheets", "explain", "solve", "commands")
    found = [path.name for room in rooms
             for path in sorted((Path(__file__).parents[2] / "model/jaryq" / room).rglob("*.py"))
             if "\u2212" in path.read_text(encoding="utf-8")]
    writers = [path.name for path in sorted((Path(__file__).parents[2] / "model/jaryq/workbook").glob("*.py"))
               if "\u2212" in path.read_text(encoding="utf-8") and path.name not in ("csv_text.py", "two_rows.py")]
    scripts = [path.name for path in sorted(ASSETS.glob("*.js")) if "\u2212" in path.read_text(encoding="utf-8")]
    assert found + writers + scripts == []


@pytest.mark.parametrize(("value", "genitive", "en", "ru"), [
    (1.0, False, "1 facility", "1 объект"), (71.0, False, "71 facilities", "71 объект"),
    (71.0, True, "71 facilities", "71 объекта"), (22.0, False, "22 facilities", "22 объекта"),
    (22.0, True, "22 facilities", "22 объектов"), (45.0, True, "45 facilities", "45 объектов"),
    (11.0, False, "11 facilities", "11 объектов"), (112.0, False, "112 facilities", "112 объектов"),
    (0.45, False, "0.45 facilities", "0,45 объекта"), (0.45, True, "0.45 facilities", "0,45 объекта"),
    (20.98, False, "21 facilities", "21 объект"), (0.0, False, "0 facilities", "0 объектов"),
])
def test_a_count_with_its_noun(value, genitive, en, ru):
    """71 ends in 1: one object; after "of" 71 объекта; fractions take the genitive of one; 20.98 is told as 21."""
    found = amount_of(value, FACILITIES, genitive=genitive)
    assert (found.en, found.ru) == (en, ru)


def test_other_units_stay_as_they_are():
    assert amount(3.0, told(3.0), UNIT_WORDS["km"], genitive=True) == Text("3 km", "3 км")
    assert amount_of(2.29, POINTS).ru == "2,3 балла недовыполнения"


def test_points_of_shortfall_are_as_they_are_explained():
    """A tenth: 0.1 x 1; a half: 0.1 x (1 + 2 + 3 + 4 + 5) = 1.5; all: 0.1 x 55 = 5.5."""
    assert [convex(u) for u in (0.1, 0.5, 1.0)] == pytest.approx([0.1, 1.5, 5.5])


def test_periods_and_sheets_in_words():
    assert when("2028Q1") == Text("2028 Q1", "1 кв. 2028")
    assert when("2028") is None
    assert sheet("unused").ru == f"лист unused («{RESULT['unused'].text.ru}»)"
    assert sheet("partner_JP") == Text("sheet partner_JP", "лист partner_JP (страница партнёра)")


def test_the_base_scenario_has_a_russian_name():
    assert scenario_of(SimpleNamespace(scenario="base")) == Text("base", "базовый")
    assert scenario_of(SimpleNamespace(scenario="late")) == Text("late", "late")


COUNTS = (1, 2, 5, 11, 21)
WORDS = {
    "FACILITIES": (("facility", "facilities"), "объект объекта объектов объектов объект"),
    "OF_FACILITIES": (("facility", "facilities"), "объекта объектов объектов объектов объекта"),
    "INPUTS": (("uncertain input", "uncertain inputs"), "неопределённого данного|неопределённых данных|неопределённых "
                                                        "данных|неопределённых данных|неопределённого данного"),
    "PROJECTS": (("project", "projects"), "объект объекта объектов объектов объект"),
    "POINTS": (("point", "points"), "пункт пункта пунктов пунктов пункт"),
    "OF_FUTURES": (("future", "futures"), "варианта вариантов вариантов вариантов варианта"),
    "OF_ROWS": (("row", "rows"), "строки строк строк строк строки"),
    "OF_PACKAGES": (("package", "packages"), "пакета пакетов пакетов пакетов пакета"),
    "OF_WORKS": (("project", "projects"), "работы работ работ работ работы"),
    "OF_REGIONS": (("region", "regions"), "региона регионов регионов регионов региона"),
    "OF_STRETCHES": (("stretch", "stretches"), "участка участков участков участков участка"),
    "OF_PUBLISHED": (("published figure", "published figures"),
                     "опубликованной величины|опубликованных величин|опубликованных величин|опубликованных "
                     "величин|опубликованной величины"),
    "DRAWS": (("draw", "draws"), "розыгрыш розыгрыша розыгрышей розыгрышей розыгрыш"),
    "OF_DRAWS": (("draw", "draws"), "розыгрыша розыгрышей розыгрышей розыгрышей розыгрыша"),
}


def test_every_counted_word_is_here():
    named = {name for name, value in vars(words_of).items() if name.isupper() and isinstance(value, tuple)
             and len(value) == 2 and isinstance(value[1], tuple)}
    assert named == set(WORDS)


@pytest.mark.parametrize("name", WORDS)
def test_counted_words_after_1_2_5_11_21(name):
    (one, many), russian = WORDS[name]
    forms = russian.split("|") if "|" in russian else russian.split()
    assert [counted(count, *getattr(words_of, name)) for count in COUNTS] == [
        Text(f"{count} {one if count == 1 else many}", f"{count} {form}")
        for count, form in zip(COUNTS, forms, strict=True)]


@pytest.mark.parametrize(("unit", "said", "half"), [
    ("facilities", "объект объекта объектов объектов объект", "объекта"), ("years", "год года лет лет год", "года"),
    ("months", "месяц месяца месяцев месяцев месяц", "месяца"), ("hours", "час часа часов часов час", "часа"),
    ("seconds", "секунда секунды секунд секунд секунда", "секунды"),
    ("degrees", "градус градуса градусов градусов градус", "градуса"),
    ("persons", "человек человека человек человек человек", "человека"),
    ("crews", "бригада бригады бригад бригад бригада", "бригады"),
    ("crew-years", "бригадо-год бригадо-года бригадо-лет бригадо-лет бригадо-год", "бригадо-года"),
    ("times/year", "раз|раза|раз|раз|раз", "раза"), ("failures/year", "отказ|отказа|отказов|отказов|отказ", "отказа")])
def test_units_that_are_nouns_stand_behind_figures_in_their_form(unit, said, half):
    """On a tile, in the summary, on a partner page and in the brief: 1, 2, 5, 11, 21 and a half; 20.999 is shown as 21,
    121.4 as 121."""
    name = Text("Name", "Имя")
    forms = [f"{form} в год" for form in said.split("|")] if "|" in said else said.split()
    assert [Fact(name, count, unit).beside.ru for count in COUNTS] == forms
    assert [Fact(name, value, unit).beside.ru for value in (20.999, 121.4)] == [forms[4], forms[4]]
    assert Fact(name, 0.5, unit).beside.ru.startswith(half)
    assert Fact(name, 5, unit).beside == UNITS[unit].symbol
    assert Fact(name, 5, unit).beside.say("ja") == UNITS[unit].symbol.say("ja")


def test_units_that_count_something_have_their_forms():
    """Those whose first word is a plural; what is not counted by itself (MW, bn) stays."""
    plural = {unit.symbol.en for unit in UNITS.values() if re.match(r"[a-z-]{4,}s\b", unit.symbol.en)}
    assert plural - set(NOUNS) == {"crew-years per km or per bn KZT", "units of the currency per unit of the quantity"}


def test_a_figure_without_a_number_or_unit():
    name = Text("Name", "Имя")
    assert Fact(name, Text("none", "нет"), "facilities").beside == UNITS["facilities"].symbol
    assert Fact(name, 1).beside is None
    assert Fact(name, 1, said=Text("of it", "из них")).beside == Text("of it", "из них")
    assert unit_after(1, UNITS["km"].symbol) is UNITS["km"].symbol


def test_a_tile_of_the_page_says_one_facility():
    name = Text("Robust", "Устойчиво")
    texts = Texts()
    one, five = texts.encoded(Fact(name, 1, "facilities")), texts.encoded(Fact(name, 5, "facilities"))
    assert texts.all[one["said"][0]][:2] == ["facility", "объект"]
    assert "said" not in five
    assert texts.all[five["unit"][0]][:2] == ["facilities", "объектов"]
