"""What a hostile file or site would try against the desk, in a real browser: texts of a workbook that are markup, a
workbook that is a bomb, a link out of the folder, another site that sends requests, opens the socket or frames the
desk. And what a person does there: a wrong ceiling is marked, mended, undone, saved."""

import http.server
import os
import threading
from contextlib import contextmanager
from functools import partial

import openpyxl
import pytest

from jaryq.workbook.read import read_all
from tests.desk.test_morning import served
from tests.handover.conftest import violations
from tests.workbooks import minimal_tables, plain_workbook

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.exhaustive]

HOSTILE = "<img src=x onerror=harmed=1><script>harmed=2</script>{{harmed=3}}<b>B</b>"
NAME = "<img src=x onerror=harmed=4>.xlsx"


def hostile(path):
    """A text that is markup wherever a text can stand: name, key, choice, remark, heading, note, wrong number."""
    tables = minimal_tables(
        facilities=[{"facility": "F1", "name": HOSTILE, "cost": HOSTILE, "region": HOSTILE, "asset_type": HOSTILE,
                     "data_status": HOSTILE, "note": HOSTILE},
                    {"facility": HOSTILE, "name": "two", "cost": 1.0}],
        source_years=[{"source_id": HOSTILE, "2026": 10.0}])
    plain_workbook(tables, path)
    book = openpyxl.load_workbook(path)
    book["facilities"].cell(3, book["facilities"].max_column + 1, HOSTILE)
    book.create_sheet("<img src=x>")
    book.save(path)


@pytest.fixture
def desk(browser, tmp_path):
    folder = tmp_path / "served"
    folder.mkdir()
    hostile(folder / NAME)
    plain_workbook(minimal_tables(), folder / "good.xlsx")
    plain_workbook(minimal_tables(), tmp_path / "secret.xlsx")
    os.symlink(tmp_path / "secret.xlsx", folder / "link.xlsx")
    with served(folder) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.address, page.folder = address.rstrip("/"), folder
        yield page
        assert page.evaluate("typeof harmed") == "undefined"
        assert {url.split("/")[2] for url in asked if url.startswith(("http", "ws"))} <= {address.split("/")[2]}
        context.close()


def go(page, path):
    page.goto(page.address + path)
    page.locator("h1").wait_for()


def cell(page, row, field):
    return page.locator(f'.desk-grid .ag-row[row-id="{row}"] [col-id="{field}"]').first


def typed(page, row, field, said):
    cell(page, row, field).dblclick()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(said)
    page.keyboard.press("Enter")


def test_texts_of_a_workbook_are_texts(desk):
    """In cells, headings, tips, drop-downs, issues, addresses and names of files."""
    go(desk, "/en/cases")
    desk.get_by_text(NAME, exact=True).wait_for()  # files are read beside the page
    assert desk.get_by_text(NAME, exact=True).count() == 1
    assert desk.get_by_text("link.xlsx").count() == 0
    desk.get_by_text(NAME, exact=True).click()
    desk.locator(".desk-grid .ag-row").first.wait_for()
    for sheet in ("facilities", "source_years"):
        desk.goto(desk.url.split("&sheet=")[0] + f"&sheet={sheet}")
        desk.locator(".desk-grid .ag-row").first.wait_for()
        assert desk.locator(".desk-grid .ag-cell", has_text="<script>harmed=2</script>").count() > 0
        desk.locator(".desk-grid .ag-cell", has_text="<script>").first.hover()
        desk.wait_for_timeout(700)
        cell(desk, 4, "A").dblclick()
        desk.keyboard.press("Escape")
    desk.locator(".desk-issues li", has_text="<img").first.wait_for()
    assert desk.locator("img[src=x], .desk-grid b, .desk-issues b").count() == 0


def test_nothing_above_the_folder_is_shown(desk):
    for name in ("../secret.xlsx", "link.xlsx", "/etc/passwd", "%2e%2e/secret.xlsx"):
        go(desk, f"/en/inputs?case={name}")
        assert desk.locator("[role=alert]").first.inner_text().startswith(("../", "link", "/etc", "%2e"))
        assert desk.locator(".desk-grid").count() == 0


@contextmanager
def other_site(folder):
    """A site of somebody else on this machine."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_another_site_reaches_nothing(browser, tmp_path):
    """It can neither read, post, open the socket, nor show the desk within itself."""
    (folder := tmp_path / "served").mkdir()
    plain_workbook(minimal_tables(), folder / "good.xlsx")
    (site := tmp_path / "site").mkdir()
    (site / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    with served(folder) as address, other_site(site) as evil:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{evil}/index.html")
        tried = page.evaluate("""async address => {
            const answer = async (act) => { try { return await act(); } catch (error) { return 'failed'; } };
            const socket = () => new Promise((done) => {
                const made = new WebSocket(address.replace('http', 'ws')
                                           + '_nicegui_ws/socket.io/?EIO=4&transport=websocket');
                made.onopen = () => done('opened'); made.onerror = () => done('failed'); });
            const framed = () => new Promise((done) => {
                const frame = document.createElement('iframe'); frame.src = address + 'en/cases';
                frame.onload = () => {
                    try { done(frame.contentDocument ? 'empty' : 'hidden'); } catch (error) { done('hidden'); } };
                document.body.append(frame); });
            return [await answer(async () => (await fetch(address + 'en/cases')).status),
                    await answer(async () => (await fetch(address + '_nicegui_ws/socket.io/?EIO=4&transport=polling',
                                                          {method: 'POST', body: 'x'})).status),
                    await answer(socket), await framed()];
        }""", address)
        assert tried[:3] == ["failed"] * 3
        assert all(not frame.url.startswith(address) or frame.locator("h1").count() == 0 for frame in page.frames)
        for headers in ({"Host": "evil.example:80"}, {"Origin": evil}):
            assert context.request.get(f"{address}en/cases", headers=headers).status in (403, 421)
        context.close()


def test_a_ceiling_is_typed_wrongly_marked_mended_undone_and_saved(desk):
    page, path = desk, desk.folder / "good.xlsx"
    go(page, "/en/inputs?case=good.xlsx&sheet=source_years")
    field = read_all(path).tables["source_years"].columns["2026"]
    typed(page, 4, field, "-5")
    page.locator(f".desk-is-stop[col-id='{field}']").wait_for()
    assert "at least 0" in page.locator(".desk-issues").inner_text()
    assert page.locator("nav .desk-marked").count() >= 1
    typed(page, 4, field, "15,5")
    page.locator(f".desk-is-stop[col-id='{field}']").wait_for(state="detached")
    page.get_by_role("button", name="Undo").click()
    page.locator(f".desk-is-stop[col-id='{field}']").wait_for()
    page.get_by_role("button", name="Redo").click()
    page.locator(f".desk-is-stop[col-id='{field}']").wait_for(state="detached")
    page.reload()
    cell(page, 4, field).wait_for()
    assert cell(page, 4, field).inner_text() == "15.5"  # the draft outlives a reload
    assert violations(page) == []
    assert read_all(path).tables["source_years"].values["2026"] == (10.0,)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved into good.xlsx").wait_for()
    assert read_all(path).tables["source_years"].values["2026"] == (15.5,)


def test_two_visitors_see_each_other(desk):
    """What one types the other sees; what both type at once is not overwritten."""
    go(desk, "/en/inputs?case=good.xlsx&sheet=facilities")
    other = desk.context.new_page()
    other.goto(desk.url)
    field = read_all(desk.folder / "good.xlsx").tables["facilities"].columns["name"]
    cell(other, 4, field).wait_for()
    typed(desk, 4, field, "Boiler house 2")
    other.locator(f".ag-row[row-id='4'] [col-id='{field}']", has_text="Boiler house 2").wait_for()
    assert "1 change(s) not saved" in other.locator(".desk-state").inner_text()
    cell(other, 4, field).dblclick()
    other.keyboard.press("ControlOrMeta+A")
    other.keyboard.type("Boiler house 3")
    typed(desk, 4, field, "Boiler house 4")
    other.locator(".desk-state", has_text="2 change(s) not saved").wait_for()  # while the editor is open
    other.keyboard.press("Enter")
    other.get_by_text("holds another value by now").wait_for()
    assert "Boiler house 4" in cell(desk, 4, field).inner_text()
    other.locator(f".ag-row[row-id='4'] [col-id='{field}']", has_text="Boiler house 4").wait_for()
    other.set_viewport_size({"width": 834, "height": 1112})
    assert other.evaluate("document.documentElement.scrollWidth") == 834
    other.close()
