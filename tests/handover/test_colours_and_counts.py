"""What has a name keeps its colour in every product and language; counts stand with their nouns in the right form."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from jaryq.base.counted import amount
from jaryq.base.sectors import SECTORS
from jaryq.base.text import Text
from jaryq.handover.colours import KNOWN, place_of
from jaryq.handover.html.words import words
from jaryq.report.measures import convex
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
    """Its script finds the place of a name in whatever language it is shown; its palette is as long as the workbook's."""
    known = json.loads(json.dumps(words()))["known"]
    assert [one[0] for one in known] == [name.en for name in KNOWN]
    assert all(one[1] == name.ru for one, name in zip(known, KNOWN, strict=True))
    palette = re.search(r"const PALETTE = \[(.*?)\]", (ASSETS / "base.js").read_text(), re.DOTALL)[1]
    assert len(re.findall(r"#[0-9A-F]{6}", palette)) == len(PALETTE)
    for name in ("charts.js", "places.js"):
        assert "PALETTE[" not in (ASSETS / name).read_text(), "no colour by order or language"


def test_no_workbook_colours_series_by_order_or_language():
    """Every line of the writers that takes a colour of the palette asks for the place of its name; a chart of a comparison begins with Japan, the eighth."""
    writers = sorted((Path(__file__).parents[2] / "model/jaryq").glob("*/*.py"))
    taking = [line for path in writers for line in path.read_text(encoding="utf-8").splitlines() if "PALETTE[" in line]
    assert len(taking) >= 3
    assert all("place_of(" in line for line in taking)


def test_products_have_one_minus():
    """Numbers in cells have the hyphen of number formats, so texts have it too. Rooms that read files know all signs."""
    rooms = ("report", "handover", "api", "uncertainty", "sheets", "explain", "solve", "commands")
    found = [path.name for room in rooms for path in sorted((Path(__file__).parents[2] / "model/jaryq" / room).rglob("*.py")) if "\u2212" in path.read_text(encoding="utf-8")]
    writers = [path.name for path in sorted((Path(__file__).parents[2] / "model/jaryq/workbook").glob("*.py"))
               if "\u2212" in path.read_text(encoding="utf-8") and path.name not in ("csv_text.py", "two_rows.py")]
    scripts = [path.name for path in sorted(ASSETS.glob("*.js")) if "\u2212" in path.read_text(encoding="utf-8")]
    assert found + writers + scripts == []


@pytest.mark.parametrize(("value", "genitive", "en", "ru"), [
    (1.0, False, "1 facility", "1 объект"), (71.0, False, "71 facilities", "71 объект"), (71.0, True, "71 facilities", "71 объекта"), (22.0, False, "22 facilities", "22 объекта"),
    (22.0, True, "22 facilities", "22 объектов"), (45.0, True, "45 facilities", "45 объектов"), (11.0, False, "11 facilities", "11 объектов"), (112.0, False, "112 facilities", "112 объектов"),
    (0.45, False, "0.45 facilities", "0,45 объекта"), (0.45, True, "0.45 facilities", "0,45 объекта"), (20.98, False, "21 facilities", "21 объект"), (0.0, False, "0 facilities", "0 объектов"),
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
