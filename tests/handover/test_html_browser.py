"""report.html in a browser: drawn, switched, filtered, searched, read by keyboard and by axe; no request, no error, no
harm by names."""

import pytest

from tests.handover.conftest import drawn, violations
from tests.handover.pages import DESK, HOSTILE, PHONE
from tests.sampled import exhaustive_but_for

pytestmark = pytest.mark.xdist_group("browser")


@exhaustive_but_for("desk")
@pytest.mark.parametrize(("size", "lang"), [(DESK, "en"), (PHONE, "ru")], ids=["desk", "phone"])
def test_everything_is_drawn_and_axe_finds_nothing(opened, size, lang):
    """Three charts, the streams and the points; nothing is wider than the screen; the tables behind are looked at
    too."""
    page = opened(size)
    page.select_option("#language", lang)
    drawn(page)
    assert page.locator(".picture").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    # The figure that is chosen for the map is read whole, however long its name (as long as a phone has room).
    assert page.evaluate("""() => {
        const one = document.querySelector('#colour'), form = getComputedStyle(one);
        const pen = document.createElement('canvas').getContext('2d');
        one.options[one.selectedIndex].text = 'Wear of networks at the end of 2030';
        pen.font = form.font;
        return one.clientWidth - parseFloat(form.paddingLeft) - parseFloat(form.paddingRight)
               - pen.measureText(one.options[one.selectedIndex].text).width;
    }""") >= 0
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert violations(page) == []
    assert page.locator("nav a").all_inner_texts() == {
        "en": ["Decision", "Scenarios side by side", "Gantt", "Places", "Map", "Money"],
        "ru": ["Решение", "Сценарии рядом", "График", "Места", "Карта", "Деньги"]}[lang]


def test_names_are_texts(opened):
    """As they stand in the data, wherever they are shown; tips too."""
    page = opened()
    drawn(page)
    for name in HOSTILE:
        assert page.get_by_text(name, exact=False).count() > 0, name
    assert page.locator("main img, main script").count() == 0
    assert page.locator("#subtitle").inner_text() == HOSTILE[1]
    first = page.locator(".picture").first
    first.scroll_into_view_if_needed()
    box = first.bounding_box()
    page.mouse.move(box["x"] + 160, box["y"] + box["height"] - 60)
    tip = page.locator(".tip").first
    tip.wait_for()
    assert HOSTILE[1] in tip.inner_text()
    assert "10" in tip.inner_text()


def test_switches(opened):
    page = opened()
    facilities = page.locator(".figure", has_text="Facilities")
    assert facilities.inner_text().split("\n") == ["Facilities", "129 facilities", "of 248"]
    page.select_option("#scenario", label="Harder")
    assert "77 facilities" in facilities.inner_text()
    page.select_option("#language", "ru")
    assert page.locator("html").get_attribute("lang") == "ru"
    assert "77 объектов" in page.locator(".figure").first.inner_text()
    assert page.locator(".figure", has_text="Расстояние").inner_text().split("\n")[1] == "0,004 %"
    assert page.locator("#scenarios tbody tr").first.inner_text().split()[-2:] == ["129", "77"]
    assert f"Никакой. Плана нет: {HOSTILE[2]} (рус.)" in page.locator("#scenarios").inner_text()
    assert page.evaluate("document.activeElement.id") == "language"
    page.select_option("#language", "ja")
    assert "言語" not in page.title()
    assert page.locator("#by").inner_text().count("native speaker") or "母語" in page.locator("#by").inner_text()


def test_filters_and_search(opened):
    page = opened()
    rows = page.locator("#gantt tbody tr:visible")
    assert rows.count() == 2
    page.fill(".filter-name", "semey")
    assert rows.count() == 1
    assert page.locator("#gantt [role=status]").inner_text() == "1 of 2 match"
    page.fill("#search", "f1 script")
    page.fill("#search", "onerror procurement")
    page.locator("#found button").first.click()
    assert page.locator(".flash").inner_text().startswith(HOSTILE[0])  # the row that the filter hid is shown again
    assert rows.count() == 2
    page.locator("#gantt select").last.select_option("power")
    assert rows.count() == 1
    page.fill("#search", "no such thing")
    assert page.locator("#found").inner_text() == "nothing found"
    page.select_option("#colour", "wear")
    assert page.locator(".tiles b").all_inner_texts() == ["60.5", "–"]
    page.select_option("#map-state", "done")


def test_the_keyboard_and_tables(opened):
    """The first key goes to the content; a table behind a chart holds its figures, years without a mark of thousands, a
    sum under what has one."""
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    behind = page.locator("#decision details").first
    behind.locator("summary").focus()
    page.keyboard.press("Enter")
    assert [row.split() for row in behind.locator("tbody tr").all_inner_texts()] == [["2026", "10.0", "1"],
        ["2027", "20.0"], ["2028", "5.5", "3"]]
    table = page.locator("#places .block > .wide table").last
    assert table.locator("tbody td").all_inner_texts() == ["2027", "1,235", "✓", "2030", "0.3", ""]
    assert table.locator("tfoot").inner_text().split() == ["Total", "1,235"]


def test_the_printer(opened):
    """No controls; every picture is drawn, also those that were never in view."""
    page = opened()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".picture canvas").count() == 5
    assert not page.locator("nav").is_visible()
    assert not page.locator("#controls").is_visible()
    assert page.locator("#gantt table").is_visible()


def test_without_scripts(opened):
    page = opened(java_script_enabled=False)
    assert "It costs 14,614 bn KZT." in page.locator("main").inner_text()
    assert "stand in tables" in page.locator("main").inner_text()
