"""report.html of plans that have little: pages whose parts are empty, and small programmes of every kind. Nothing
breaks, nothing is drawn empty."""

from functools import cache

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.base.text import Text
from jaryq.handover.front import front
from jaryq.handover.html.points import Point
from jaryq.handover.html.shown import Shown, Texts, shown
from jaryq.handover.html.write import write_report
from jaryq.handover.shapes import Chart, Flow, Front, Gantt, Lane, Series, Tile, Tiles
from jaryq.report.block import Block, Field
from jaryq.report.build import build_report
from jaryq.report.shapes import Fact
from tests.handover.conftest import drawn, violations
from tests.handover.pages import DESK, PHONE
from tests.rich import RICH, rich_tables
from tests.sampled import exhaustive_but_for

pytestmark = pytest.mark.xdist_group("browser")


def two(text):
    return Text(text, f"{text} (рус.)")


HEAT = two("heat")
FIELDS = (Field(two("Region")), Field(two("Cost"), "bn KZT", total=True, bar=True))
EMPTY = (
    Front("bare", two("Bare"), two("Title and note.")),
    Front("tables", two("Tables"), two("Without rows."), blocks=(
        Block(two("No columns"), (), ()), Block(two("No rows"), FIELDS, (), (two("None is closed."),)),
        Block(two("Blank"), FIELDS, ((two("North"), None),)),
        Block(two("Nothing"), FIELDS, ((None, 0.0), (None, 0.0))))),
    Front("charts", two("Charts"), two("Without values."), charts=(
        Chart("none", "stacked", two("No series"), two("km"), (2026, 2027), (), two("Nothing.")),
        Chart("labels", "line", two("No labels"), two("km"), (), (Series(HEAT, ()),), two("Nothing.")),
        Chart("blank", "bars", two("Blank"), two("km"), (two("a"), two("b")), (Series(HEAT, (None, 0.0)),),
              two("Nothing.")),
        Chart("one", "columns", two("One"), two("km"), (2026,), (Series(HEAT, (-1.0,)),), two("One year.")))),
    Front("gantt", two("Gantt"), two("Without projects."), gantt=Gantt((), ())),
    Front("lane", two("Lane"), two("A project without phases."),
          gantt=Gantt((two("2026"),), (Lane("F1", two("Plant"), HEAT, HEAT, 0.0, two("-"), two("-"), ()),))),
    Front("tiles", two("Tiles"), two("Without regions."), tiles=Tiles(two("Regions"),
    {"cost": (two("Cost"), two("bn KZT"))}, "cost", (), two("Nothing."))),
    Front("one", two("One"), two("One region without a value."), tiles=Tiles(
        two("Regions"), {"cost": (two("Cost"), two("bn KZT"))}, "cost",
        (Tile("a", two("North"), two("Nor"), 0, 0, {"cost": None}),), two("One."))),
    Front("flows", two("Flows"), two("Without money."), (Fact(two("Figure"), None, "bn KZT"),
                                                         Fact(two("Zero"), 0.0, "km")),
                                                         flows=(Flow(HEAT, two("use"), 0.0),)),
)


def told(pages, points=()):
    texts = Texts()
    return {"scenario": texts.encoded(Shown("base", two("Base"), two("Programme"), two("Small"), tuple(pages),
                                            tuple(points))), "texts": texts.all}


def looked_at(page, size):
    """Nothing broken is shown, no picture is blank, no section, list or table is empty; every picture has an
    alternative and a table of its figures."""
    drawn(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    text = page.locator("body").inner_text()
    assert not [word for word in ("NaN", "undefined", "null", "Infinity", "[object", "∞") if word in text]
    assert page.locator("main ul:not(:has(li)), main dl:not(:has(dt)), main tbody:not(:has(tr)), main "
                        "figure:not(:has(figcaption)), main section:not(:has(h2))").count() == 0
    for alt in page.locator(".picture").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))"):
        assert len(alt) > 3
    assert page.locator("figure:has(.picture):not(:has(details tbody tr))").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@exhaustive_but_for("phone")
@pytest.mark.parametrize(("size", "lang"), [(DESK, "en"), (PHONE, "ru")], ids=["desk", "phone"])
def test_parts_without_rows(opened, tmp_path, size, lang):
    """Only what has a value is drawn: one chart of four, the gantt of one project, the tiles of one region; headings
    and notes stay."""
    path = write_report(tmp_path / "report.html", [told(EMPTY,
                                                        [Point("F1", two("Plant"), HEAT, HEAT, 50.0, 70.0, "out")])],
                                                        lang)
    page = opened(size, path)
    looked_at(page, size)
    assert page.locator(".picture").count() == 2  # the chart of one year, the map of one point
    assert page.locator("section").evaluate_all("all => all.map(one => one.id)") == ["bare", "tables", "charts",
        "gantt", "lane", "tiles", "map", "one", "flows"]
    assert page.locator("#tables table").count() == 2
    assert page.locator("#tables").inner_text().count({"en": "None is closed.",
                                                       "ru": "None is closed. (рус.)"}[lang]) == 1
    assert violations(page) == []
    assert opened(size, path, java_script_enabled=False).locator("section").count() == 9


def test_a_plan_without_pages(opened, tmp_path):
    """Nor any map; the switches are there all the same."""
    page = opened(path=write_report(tmp_path / "report.html", [told(())], "en"))
    assert page.locator("section").count() == 0
    page.select_option("#language", "ja")
    assert page.locator("h1").inner_text() == "Programme"


def test_one_scenario_of_two_has_a_plan(opened, tmp_path):
    """It is told side by side with why the other has none, in each language; where that is known in two, Kazakh and
    Japanese stand them in."""
    page = opened(path=write_report(tmp_path / "report.html", [told(EMPTY[-1:])], "en",
                                    [(two("Poor"), Text("The rules contradict.", "Правила противоречат."))]))
    assert page.locator("#scenario").count() == 0
    said = {}
    for lang in ("en", "ru", "kk", "ja"):
        page.select_option("#language", lang)
        said[lang] = page.locator("#scenarios li").inner_text()
    assert said["en"] == "Poor. No plan: The rules contradict."
    assert said["ru"] == "Poor (рус.). Плана нет: Правила противоречат."
    assert said["kk"].endswith("Правила противоречат.")
    assert said["ja"].endswith("The rules contradict.")


def settings(**more):
    given = {row["setting"]: row["value"] for row in RICH["settings"]}
    return [{"setting": key, "value": value} for key, value in {**given, "prices": 0, **more}.items()]


def bare(rows, *columns):
    return [{key: value for key, value in row.items() if key not in columns} for row in rows]


SMALL = {
    "one_region": {},
    "no_networks": {"networks": None, "targets": None},
    "only_networks": {"facilities": None, "targets": RICH["targets"][:1]},
    "no_works": {"source_years": [{"source_id": "S1", "2026": 0.0, "2027": 0.0, "2028": 0.0},
                                  {"source_id": "L1", "2026": 0.0, "2027": 0.0, "2028": 0.0}],
                 "facilities": bare(RICH["facilities"], "must_do")},
    "divisible": {"settings": settings(facilities="divisible")},
    "no_foreign_money": {"sources": RICH["sources"][:1], "source_years": [{"source_id": "S1", "2026": 6.4, "2027": 4.4,
    "2028": 4.4}], "currencies": None},
    "no_regions_no_kinds": {"regions": None, "asset_types": None, "networks": None, "targets": None,
                            "facilities": bare(RICH["facilities"], "region", "asset_type", "year_built", "name",
                                               "name_ru")},
    "quarters": {"settings": settings(resolution="quarter")},
}


@cache
def small(kind):
    tables = rich_tables(**{"settings": settings(), **SMALL[kind]})
    done = decide(accept(tables, [], "base"), Clock(), lambda _: None, explain=False)
    case = done.accepted.case
    report = build_report(case, done.accepted.factors, done.solution, done.findings, {})
    return shown(case, report, front(case, report), two("Base"))


@exhaustive_but_for("no_regions_no_kinds", "only_networks")
@pytest.mark.parametrize("kind", SMALL)
def test_small_programmes(opened, tmp_path, kind):
    """Each on the phone and on the desk, in Russian; axe is content, and all of it can be read without scripts."""
    path = write_report(tmp_path / "report.html", [small(kind)], "ru")
    page = opened(PHONE, path)
    assert page.locator("section").count() >= 5
    looked_at(page, PHONE)
    page.set_viewport_size(DESK)
    looked_at(page, DESK)
    assert violations(page) == []
    still = opened(path=path, java_script_enabled=False)
    assert still.locator("section").count() == page.locator("section").count()


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", SMALL)
def test_small_programmes_in_other_languages(opened, tmp_path, kind):
    """Drawn anew by the switch, on the phone, which has the least room, and the last of them on the desk."""
    page = opened(PHONE, write_report(tmp_path / "report.html", [small(kind)], "ru"))
    for lang in ("kk", "ja", "en"):
        page.select_option("#language", lang)
        looked_at(page, PHONE)
    page.set_viewport_size(DESK)
    looked_at(page, DESK)
    assert violations(page) == []
