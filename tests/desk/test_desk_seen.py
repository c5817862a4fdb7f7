"""The desk looked at in a real browser: every area by axe in both languages, keys of any layout, a tablet, a workbook
brought in, a long reading, futures as jobs."""

import time

import openpyxl
import pytest

from jaryq.workbook.inputs import write_inputs
from tests.desk.test_morning import HOSTILE, case, choose, done, served
from tests.handover.conftest import violations
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.exhaustive]

AREAS = ("cases", "inputs", "run", "what_if", "results")
TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def desk(browser, tmp_path):
    folder = tmp_path / "served"
    folder.mkdir()
    case(folder / "morning.xlsx")
    with served(folder) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce",
                                      accept_downloads=True)
        page, said = context.new_page(), []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.set_default_timeout(60_000)
        page.address, page.folder = address.rstrip("/"), folder
        yield page
        assert said == []
        context.close()


def go(page, area, lang="en", book="morning.xlsx", **more):
    query = "".join(f"&{name}={value}" for name, value in more.items())
    page.goto(f"{page.address}/{lang}/{area}?case={book}{query}")


def cell(page, field="B"):
    return page.locator(f".ag-cell[col-id='{field}']").first


def typing(page, said):
    cell(page).dblclick()
    page.locator(".ag-cell input").fill(said)


def pressed(page, key, code, **more):
    """A key of another layout, as the browser tells of it; whether its own act was prevented."""
    return page.evaluate("""([key, code, more]) => {
      const event = new KeyboardEvent("keydown", {key, code, ctrlKey: true, bubbles: true, cancelable: true, ...more});
      (document.activeElement ?? document.body).dispatchEvent(event);
      return event.defaultPrevented;
    }""", [key, code, more])


def state(page, said):
    page.locator(".desk-state", has_text=said).wait_for()


def ready(page):
    """The area is there, and its listeners."""
    page.locator(".ag-cell[col-id='B']").first.wait_for()
    page.wait_for_function("window.deskKeys")


def test_every_area_is_for_everybody_in_both_languages(desk):
    go(desk, "run")
    desk.get_by_role("button", name="Plan", exact=True).click()
    done(desk, 1)
    for lang in ("en", "ru"):
        for area in AREAS:
            go(desk, area, lang)
            desk.locator(".desk-later [role=status]", has_text="Reading" if lang == "en"
                         else "Чтение").wait_for(state="detached")
            desk.wait_for_timeout(400)
            assert violations(desk) == [], (lang, area)


def test_keys_of_any_layout(desk):
    go(desk, "inputs", sheet="source_years")
    ready(desk)
    typing(desk, "12")
    # Saved while it is typed: the edit ends first, and the browser's own does not come in between.
    assert pressed(desk, "ы", "KeyS")
    desk.get_by_text("Saved into").wait_for()
    assert openpyxl.load_workbook(desk.folder / "morning.xlsx")["source_years"]["B4"].value == 12
    typing(desk, "13")
    desk.keyboard.press("Enter")
    state(desk, "1 change")
    desk.locator("h1").click()
    assert pressed(desk, "я", "KeyZ")
    state(desk, "All is saved")
    assert cell(desk).inner_text() == "12"
    assert pressed(desk, "Я", "KeyZ", shiftKey=True)
    state(desk, "1 change")
    assert cell(desk).inner_text() == "13"
    assert pressed(desk, "я", "KeyZ")
    state(desk, "All is saved")
    assert pressed(desk, "y", "KeyZ")  # a layout on which y stands where others have z
    state(desk, "1 change")
    # As the guide says: Enter opens the cell that has the focus, and Enter again ends the edit, a row further down.
    cell(desk).click()
    desk.keyboard.press("Enter")
    desk.locator(".ag-cell-inline-editing").wait_for()
    desk.keyboard.press("Escape")
    # What is typed is undone by the browser, and other keys are its own.
    typing(desk, "14")
    assert not pressed(desk, "z", "KeyZ")
    assert not pressed(desk, "f", "KeyF")
    desk.keyboard.press("Escape")


def test_saving_takes_the_choice_that_is_marked_in_an_open_list(desk):
    """The kind of the first source, which is blank: the second of its choices is marked by keys, then all is saved."""
    go(desk, "inputs", sheet="sources")
    ready(desk)
    field = desk.locator(".ag-header-cell", has_text="Kind").first.get_attribute("col-id")
    cell(desk, field).click()
    desk.keyboard.press("Enter")
    desk.locator(".ag-select-list").wait_for()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    marked = desk.locator(".ag-active-item").inner_text()
    assert marked
    desk.keyboard.press("Control+s")
    desk.get_by_text("Saved into").wait_for()
    assert desk.locator(".ag-select-list").count() == 0
    assert cell(desk, field).inner_text() == marked
    assert openpyxl.load_workbook(desk.folder / "morning.xlsx")["sources"][f"{field}4"].value == marked


def test_a_tablet_shows_the_answer_above_the_levers_while_they_are_moved(desk):
    desk.set_viewport_size(TABLET)
    go(desk, "what_if", "ru")
    desk.get_by_text("Доказано").wait_for()
    lever = desk.locator(".desk-lever").last
    lever.scroll_into_view_if_needed()
    answer, moved = desk.locator(".desk-answer").bounding_box(), lever.bounding_box()
    assert 0 <= answer["y"] < 400
    assert answer["y"] + answer["height"] <= moved["y"] + moved["height"] <= TABLET["height"]
    assert desk.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
    go(desk, "inputs", "ru")
    ready(desk)
    sheets = desk.locator(".desk-sheets")
    assert sheets.evaluate("one => one.scrollHeight > one.clientHeight")  # it is cut, and a shadow says so
    assert "scroll" in sheets.evaluate("one => getComputedStyle(one).backgroundAttachment")


def test_another_language_keeps_the_project(desk):
    go(desk, "run")
    desk.get_by_role("button", name="Plan", exact=True).click()
    done(desk, 1)
    go(desk, "results")
    choose(desk, "C ·")
    desk.wait_for_function("location.search.includes('project=C')")
    desk.get_by_role("link", name="Русский").click()
    desk.get_by_role("heading", name="Результаты").wait_for()
    desk.wait_for_function("document.querySelector('.desk-project input')?.value.startsWith('C ')")
    # Forced, and written among the wishes of the workbook: not saved before it is said.
    desk.get_by_role("button", name="Исключить принудительно").click()
    desk.get_by_role("button", name="Записать в книгу").click()
    desk.locator(".desk-why li").last.get_by_role("link").click()  # the one beside "written", not that to the run
    desk.locator(".ag-cell", has_text="leave_out").wait_for()
    desk.get_by_role("button", name="Сохранить").click()
    desk.get_by_text("Всё сохранено").wait_for()
    rows = list(openpyxl.load_workbook(desk.folder / "morning.xlsx")["overrides"].iter_rows(min_row=4,
        values_only=True))
    assert [row[:2] for row in rows if any(row)] == [("C", "leave_out")]


def test_a_workbook_is_brought_in_by_the_page(desk, tmp_path):
    plain_workbook(minimal_tables(**BASE), tmp_path / "brought.xlsx")
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    desk.goto(desk.address + "/en/cases")
    desk.locator(".desk-table").wait_for()
    desk.locator("input[type=file]").set_input_files(tmp_path / "bad.xlsx")
    desk.get_by_text("bad.xlsx cannot be read").wait_for()
    desk.locator("input[type=file]").set_input_files(tmp_path / "brought.xlsx")
    desk.wait_for_url("**/inputs?case=brought.xlsx")
    assert (desk.folder / "brought.xlsx").read_bytes() == (tmp_path / "brought.xlsx").read_bytes()
    desk.goto(desk.address + "/en/cases")
    desk.locator(".desk-table").wait_for()
    desk.locator("input[type=file]").set_input_files(tmp_path / "brought.xlsx")
    desk.get_by_text("nothing was overwritten").wait_for()
    assert sorted(path.name for path in desk.folder.glob("*.xlsx")) == ["brought.xlsx", "morning.xlsx"]
    # What was checked is known after a reload.
    row = desk.locator(".desk-table tbody tr", has_text="morning.xlsx")
    row.get_by_role("button", name="Check now").click()
    said = row.locator("[role=status]", has_text="to")
    said.wait_for()
    words = said.inner_text()
    desk.reload()
    desk.locator(".desk-table tbody tr", has_text="morning.xlsx").get_by_text(words).wait_for()


def test_a_long_reading_holds_up_nobody(desk, tmp_path):
    """40,000 rows take a while to be read; meanwhile another visitor has his case."""
    write_inputs(minimal_tables(networks=[{"package": f"P{i}", "name": f"pipe {i}", "km": 1.0, "unit_cost": 0.1}
                                          for i in range(40_000)]), desk.folder / "large.xlsx")
    go(desk, "inputs", book="large.xlsx", sheet="networks")
    desk.get_by_text("Reading").wait_for()
    other = desk.context.new_page()
    other.address = desk.address
    begun = time.monotonic()
    go(other, "inputs", sheet="source_years")
    other.locator(".ag-cell[col-id='B']").first.wait_for(timeout=15_000)
    took = time.monotonic() - begun
    assert desk.get_by_text(
        "Reading").count() == 1, f"it was read already: nothing is shown by the {took:.1f} s of the other"
    desk.locator(".ag-cell").first.wait_for(timeout=180_000)


def test_futures_are_jobs_and_their_reports_are_taken(desk):
    """One by one, then many draws, then all scenarios: each offers what it wrote."""
    book = openpyxl.load_workbook(desk.folder / "morning.xlsx")
    sheet = book["uncertainty"] if "uncertainty" in book.sheetnames else book.create_sheet("uncertainty")
    sheet.delete_rows(1, sheet.max_row)
    for _ in range(2):
        sheet.append([])
    sheet.append(["uncertain", "sheet", "selector", "column", "operation", "distribution", "low", "high"])
    sheet.append(["costs", "facilities", "", "cost", "multiply", "uniform", 0.9, 1.2])
    book.save(desk.folder / "morning.xlsx")
    go(desk, "run")
    for number, name in enumerate(("One by one (tornado)", "Many draws", "All scenarios"), 1):
        if name == "Many draws":
            desk.get_by_label("Number of draws").fill("8")
            desk.get_by_label("Number of draws").press("Tab")
        desk.get_by_role("button", name=name).click()
        done(desk, number)
        assert desk.locator(".desk-failed").count() == 0
    go(desk, "results")
    for name in ("base/uncertainty/uncertainty.xlsx", "base/uncertainty/uncertainty.html",
                 "All scenarios: comparison.xlsx", "All scenarios: report.html"):
        with desk.expect_download() as taken:
            desk.get_by_role("link", name=name).click()
        assert taken.value.path().stat().st_size > 3000, name
    assert HOSTILE not in desk.content()
    # A what-if of another scenario begins where that one stands: 11 pay A and a tenth of B.
    go(desk, "what_if", scenario="no_japan")
    desk.get_by_text("Proved").wait_for()
    desk.wait_for_function("document.querySelector('#desk-what-if').contentDocument.querySelector('#decision "
                           "b')?.textContent === '1.10'")
