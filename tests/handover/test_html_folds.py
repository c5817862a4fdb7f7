"""Long tables and pages of report.html: folded on the screen, open to keyboard, search and printer; the same figures
without scripts."""

import pytest

from jaryq.base.text import Text
from jaryq.handover.html.write import write_report
from jaryq.handover.shapes import Chart, Flow, Front, Gantt, Lane, Series, Span
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact
from jaryq.report.words import BUYS, WORKS
from tests.handover.conftest import unfolded, violations
from tests.handover.pages import PHONE, scenario
from tests.sampled import exhaustive_beside

pytestmark = pytest.mark.xdist_group("browser")


def others(*langs):
    """Languages that are looked at in the exhaustive part: the same code as that of the one in the quick part, whose
    words are the longest."""
    return [pytest.param(lang, marks=pytest.mark.exhaustive) for lang in langs]


def two(text):
    return Text(text, f"{text} (рус.)")


def chart(key):
    return Chart(key, "stacked", two(f"Chart {key}"), two("km"), (2026, 2027),
                 (Series(two("heat"), (1.0, 2.5)), Series(two("power"), (2.0, None))), two("Two years."))


def table(key, count):
    fields = (Field(two("Project")), Field(two("Cost"), "bn KZT", total=True), Field(two("Year")),
              Field(two("Share"), "%"), Field(two("Reason")))
    rows = tuple((two(f"Row {key}-{i}"), 1000.5 + i, 2026 + i % 4, 0.004 if i else None,
                  two("because of the season, of crews and of money " * 2)) for i in range(count))
    return Block(two(f"Table {key}"), fields, rows, (two("A note."),))


def long_pages(count=28, lanes=129):
    """Ten pages as large as those of a programme of 129 facilities."""
    gantt = Gantt((two("2026 Q1"), two("2026 Q2"), two("2027 Q1")), tuple(
        Lane(f"F{i}", two(f"Plant {i}"), two("North" if i % 2 else "South"), two("heat"), 10.0 + i, two("Budget"),
             two("the season"), (Span(BUYS, 0, 0), Span(WORKS, 1, 2)))
        for i in range(lanes)))
    facts = tuple(Fact(two(f"Figure {i}"), 12.5 * i, "bn KZT", two("of 248"), key=f"f{i}") for i in range(6))
    said = tuple(two(f"Sentence {i} says what the plan does in rather many words, as sentences of plans do, and then "
                     "some more.") for i in range(3))
    pages = [Front(f"page{i}", two(f"Page {i}"), two("What it answers."), facts if i < 2 else (), said,
                   (chart(f"a{i}"), chart(f"b{i}")), (table(f"a{i}", count), table(f"b{i}", count)),
                   flows=tuple(Flow(two(f"source {n}"), two(f"use {n % 5}"), 1.0 + n) for n in range(40)) if i == 5
                   else ()) for i in range(9)]
    return (*pages[:2], Front("gantt", two("Gantt"), two("When."), (), said[:1], gantt=gantt), *pages[2:])


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    made = [scenario(pages=long_pages()), scenario("hard", two("Harder"), pages=long_pages())]
    return write_report(tmp_path_factory.mktemp("long") / "report.html", made, "en")


def test_a_table_is_opened_and_closed_by_keyboard(opened, long):
    """Closed it shows what a glance holds; opened, reading goes on at the first row that was hidden; the sum is always
    that of all 28: 28 x 1000.5 + 0 + ... + 27 = 28,392."""
    page = opened(path=long)
    block = page.locator("#page0 .block:has(h3)").first
    button, rows = block.locator(".opener"), block.locator("tbody tr")
    assert button.inner_text() == "Show all 28 rows"
    assert button.get_attribute("aria-expanded") == "false"
    assert block.locator(f"#{button.get_attribute('aria-controls')}").count() == 1
    shown = block.locator("tbody tr:visible").count()
    assert 6 <= shown <= 14
    assert block.locator("tfoot").inner_text().split() == [*f"Total of all 28 rows; {shown} shown".split(), "28,392"]
    button.focus()
    page.keyboard.press("Enter")
    assert block.locator("tbody tr:visible").count() == 28
    assert button.get_attribute("aria-expanded") == "true"
    assert block.locator("tfoot").inner_text().split() == ["Total", "28,392"]
    assert rows.nth(shown).evaluate("row => row === document.activeElement")
    button.focus()
    page.keyboard.press("Space")
    assert block.locator("tbody tr:visible").count() == shown
    assert page.evaluate("document.activeElement.className") == "opener"


@exhaustive_beside("test_a_table_is_opened_and_closed_by_keyboard",
                   "tests/handover/test_html_uncertain.py::test_axe_finds_nothing")
@pytest.mark.parametrize("lang", ["ru", *others("en")])
def test_on_a_phone_the_page_is_short(opened, long, lang):
    """Ten pages, 18 charts, 18 tables of 28 rows and 129 projects; all open they are more than four times as long."""
    page = opened(PHONE, long)
    page.select_option("#language", lang)
    closed = page.evaluate("document.documentElement.scrollHeight")
    assert closed < 12_000
    assert page.locator("#page3 .picture:visible").count() == 1
    assert violations(page) == []
    unfolded(page)
    assert page.evaluate("document.documentElement.scrollHeight") > 4 * closed
    assert page.locator("tbody tr.rest").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@exhaustive_beside("tests/handover/test_html_browser.py::test_filters_and_search")
def test_search_opens_what_it_finds(opened, long):
    page = opened(PHONE, long)
    page.fill("#search", "row b7-27")
    page.locator("#found button").first.click()
    assert page.locator(".flash").inner_text().startswith("Row b7-27")
    assert page.locator(".flash").is_visible()
    page.fill("#search", "plant 128")
    page.locator("#found button").first.click()
    assert page.locator("#gantt tr", has_text="Plant 128").is_visible()


@exhaustive_beside("tests/handover/test_html_browser.py::test_filters_and_search")
def test_a_filter_is_about_all_rows(opened, long):
    """64 of 129 lie in the north (odd numbers below 129); few that match need no button."""
    page = opened(path=long)
    gantt = page.locator("#gantt")
    gantt.locator("select").first.select_option("North")
    assert gantt.locator("[role=status]").inner_text() == "64 of 129 match"
    assert gantt.locator(".gantt .opener").inner_text() == "Show all 64 rows"
    assert gantt.locator("tbody tr:visible").count() < 64
    page.fill(".filter-name", "plant 127")
    assert gantt.locator("tbody tr:visible").count() == 1
    assert not gantt.locator(".gantt .opener").is_visible()


@exhaustive_beside("test_a_table_is_opened_and_closed_by_keyboard")
def test_what_is_open_stays_open_in_another_language(opened, long):
    page = opened(path=long)
    block = page.locator("#page1 .block:has(h3)").first
    block.locator(".opener").click()
    page.select_option("#language", "ru")
    assert block.locator("tbody tr:visible").count() == 28
    assert block.locator(".opener").inner_text().startswith("Показать первые строки")
    page.select_option("#scenario", label="Harder (рус.)")
    assert block.locator("tbody tr:visible").count() < 28


def cells(page):
    """Texts of every table by its heading, as they stand in the document."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('main .block')].filter(one => one.querySelector('h3'))
        .map(one => [one.closest('section').id + ' ' + one.querySelector('h3').textContent,
                     [...one.querySelectorAll('tr')].map(
                         row => [...row.children].map(cell => cell.textContent.trim()))]))""")


@pytest.mark.parametrize("lang", ["ru", *others("en", "kk", "ja")])
def test_without_scripts_the_same_figures_are_read(opened, tmp_path, lang):
    """Tables and figures are worded twice, by the page's script and by the file; nothing of one may differ in the
    other."""
    path = write_report(tmp_path / "report.html", [scenario(pages=long_pages(5, 3))], lang)
    drawn, still = opened(path=path), opened(path=path, java_script_enabled=False)
    with_scripts, without = cells(drawn), cells(still)
    assert len(with_scripts) == 18
    assert {key: without[key] for key in with_scripts} == with_scripts
    assert [drawn.locator(".figure b").all_inner_texts(), drawn.locator("nav a").all_inner_texts()] == [
        still.locator(".figure b").all_inner_texts(), still.locator("nav a").all_inner_texts()]
    assert still.locator("#gantt td, #gantt th").all_inner_texts()[-1] in drawn.locator(
        "#gantt .strip .unseen").last.text_content()
    assert still.locator("#page5 table").count() == 5
    assert violations(drawn) == []
