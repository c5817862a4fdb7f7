"""report.html on paper, and tables that are wider than their place: nothing is cut on a sheet of A4, on a desk of 1366
px, on a phone."""

from dataclasses import replace

import pytest

from jaryq.handover.html.write import write_report
from jaryq.handover.shapes import Front, Gantt, Lane, Span
from jaryq.report.block import Block, Field
from jaryq.report.words import WORKS
from tests.handover.pages import DESK, PHONE, scenario
from tests.handover.test_html_folds import long_pages, two
from tests.sampled import exhaustive_beside, exhaustive_but_for

pytestmark = pytest.mark.xdist_group("browser")
SHEET = round((297 - 2 * 12) / 25.4 * 96)
"""Width in pixels of A4 across within margins of 12 mm: 96 to the inch of 25.4 mm."""


def gantt():
    """Three facilities, thirty packages of two kinds after them: too many for paper."""
    lane = Lane("F0", two("Plant"), two("North"), two("heat"), 10.0, two("Budget"), two("the season"),
                (Span(WORKS, 0, 1),))
    plants = [replace(lane, key=f"F{i}", name=two(f"Plant {i}")) for i in range(3)]
    packages = [replace(lane, key=f"P{i}", name=two(f"Pipes {i}"), spans=(Span(WORKS, 0, 0, 5.0),)) for i in range(30)]
    kinds = [replace(lane, key=f"K{i}", name=two(f"Kind {i}"), spans=(Span(WORKS, 0, 0, 75.0),)) for i in range(2)]
    return Front("gantt", two("Gantt"), two("When."), gantt=Gantt((two("2026"), two("2027")), (*plants, *packages),
        tuple(kinds)))


def wide():
    """Fourteen columns with headings of two long words: some 1,430 px wide as it is first set."""
    fields = (Field(two("Region")), *(Field(two(f"Renewed heating {i}"), "bn KZT", total=True, bar=i == 3)
                                      for i in range(13)))
    return Front("wide", two("Wide"), two("Many columns."), blocks=(Block(two("Columns"), fields,
        tuple((two(f"Eastern part {r}"), *(1234.5 + r,) * 13) for r in range(8))),))


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    pages = (*[page for page in long_pages(48) if page.key != "gantt"], gantt(), wide())
    return write_report(tmp_path_factory.mktemp("paper") / "report.html", [scenario(pages=pages)], "en")


def printed(page):
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")


@exhaustive_but_for("phone")
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_is_handed_over_is_printed(opened, paper, size):
    """All parts and pictures; of 18 tables of 48 rows 40, of networks the kinds; no control; what is left out is said,
    with the scenario."""
    page = opened(size, paper)
    printed(page)
    assert page.locator(".block:not(details *) > .wide tbody tr:visible").count() == 18 * 40 + 8
    total = page.locator("#page0 .block:has(h3) tfoot").first.inner_text()
    assert " ".join(total.split()).startswith("Total of all 48 rows; 40 shown")
    assert page.locator("#gantt tbody tr:visible th").evaluate_all(
        "all => all.map(one => one.firstChild.textContent)") == ["Plant 0", "Plant 1", "Plant 2", "Kind 0", "Kind 1"]
    assert page.locator(".picture canvas").count() == 18 + 1 + 1  # charts, streams, map
    assert page.locator(".opener:visible, select:visible, input:visible, summary:visible").count() == 0
    assert page.locator("#printed").inner_text().startswith("Base. Of long tables the beginning is printed")
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#gantt tbody tr:visible").count() < 20
    assert page.locator("#gantt tbody tr.kind:visible").count() == 0
    assert not page.locator("#printed").is_visible()


@exhaustive_beside("test_what_is_handed_over_is_printed")
def test_what_was_opened_is_printed_whole(opened, paper):
    page = opened(path=paper)
    page.locator("#page0 .block:has(h3) .opener").first.click()
    page.locator("#page1 summary").first.click()
    page.locator("#gantt .gantt .opener").click()
    printed(page)
    assert page.locator("#page0 .block:has(h3)").first.locator("tbody tr:visible").count() == 48
    assert page.locator("#page1 details tbody tr:visible").count() == 2
    assert page.locator("#gantt tbody tr:visible").count() == 33


@exhaustive_beside("test_what_is_handed_over_is_printed")
def test_filtered_networks_are_printed(opened, paper):
    """Who asks for a part of the timetable gets it on paper, not the kinds of all."""
    page = opened(path=paper)
    page.fill(".filter-name", "pipes 2")
    printed(page)
    assert page.locator("#gantt tbody tr:visible").count() == 11  # 2 and 20 to 29


@exhaustive_but_for("desk")
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pictures_and_tables_fit_the_sheet(opened, paper, size):
    """Drawn for the screen, a chart of a desk lost its last year on paper."""
    page = opened(size, paper)
    printed(page)
    page.set_viewport_size({"width": SHEET, "height": 700})
    boxes = page.locator(".picture").evaluate_all("all => all.map(one => [one.clientWidth, "
                                                  "one.querySelector('canvas').getBoundingClientRect().width])")
    assert boxes
    assert all(0.97 * room <= drawn <= room + 1 for room, drawn in boxes), boxes
    assert page.locator("main, .wide > table").evaluate_all(
        f"all => all.filter(one => one.getBoundingClientRect().right > {SHEET} + 1).length") == 0


@exhaustive_but_for("ru")
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_wide_table_is_set_closer(opened, paper, lang):
    """Nothing is cut at 1366 px; on a phone each row is a card whose figures have their headings and units; opened it
    is no wider."""
    page = opened({"width": 1366, "height": 768}, paper)
    page.select_option("#language", lang)
    table = page.locator("#wide table")
    assert table.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth + 4")
    assert "close" in table.get_attribute("class")
    assert page.locator(".wide.more").count() == 0
    page.set_viewport_size(PHONE)
    page.locator("#wide table.stood").wait_for(state="attached")
    assert page.locator("#wide thead").is_hidden()
    cell = page.locator("#wide tbody td").first
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == {
        "en": '"Renewed heating 0, bn KZT: "', "ru": '"Renewed heating 0 (рус.), млрд тенге: "'}[lang]
    assert cell.inner_text() == {"en": "1,235", "ru": "1\u00a0235"}[lang]
    assert page.locator(".wide.more:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_button_says_what_it_opens(opened, paper):
    page = opened(PHONE, paper)
    assert page.locator("#page0 > .opener").inner_text() == "More on this page: Chart b0; Table a0; Table b0"
