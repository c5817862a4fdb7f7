"""report.html against those who mean it ill: a workbook of hostile texts, a damaged file, a plan whose front was
edited."""

import json
import re

import openpyxl
import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from jaryq.base.text import Text
from jaryq.commands.cli import main
from jaryq.handover.front import front
from jaryq.handover.html.file import rendered, scenario_in
from jaryq.handover.html.shown import shown
from jaryq.handover.html.write import is_report, scenario_of, write_report
from jaryq.report.build import build_report
from jaryq.sheets.inputs import INPUT
from jaryq.workbook.inputs import write_inputs
from tests.handover.conftest import drawn, violations
from tests.handover.pages import HOSTILE, PHONE, scenario
from tests.rich import RICH, rich_tables
from tests.sampled import exhaustive_beside, exhaustive_but_for
from tests.workbooks import AWKWARD

pytestmark = pytest.mark.xdist_group("browser")

ILL = (*HOSTILE, "`${window.harmed=1}`", "{{constructor.constructor('window.harmed=1')()}}{% raw %}{%",
       "'';!--\"<XSS>=&{()}", "&lt;script&gt;&#x3c;", "\\u003cscript\\u003e",
       "]]></style><style>*{display:none}", "%s %d {0} {name}", "\u202egnp.exe\u2066",
       "a\u0301\u0323\u200b\u200d\ufeffZ̷̢", "👩‍👩‍👧‍👦🇰🇿", "\ue000\U0010fffd", "ﷺ𝕏", "__proto__", "constructor",
       "long " * 400, "W" * 1500, "жұмыс " * 200, "熱" * 500, *AWKWARD)
"""Texts that would do harm in markup, scripts, styles, templates, formats or names of properties, or that fit
nowhere."""

CALLED = {"name", "name_ru", "place", "owner", "lot", "source", "note", "closed_reason"}
"""Columns of free text; others are read as rules (filters, years, currencies)."""


def hostile():
    """The small rich input with every free text in it hostile, each another; in every language each name once more."""
    tables, at = {}, 0
    for name, rows in RICH.items():
        columns = [column.name for column in INPUT[name].columns if column.kind == "text" and column.name in CALLED]
        tables[name] = []
        for row in rows:
            made = dict(row)
            for column in columns if name != "settings" else ():
                made[column], at = ILL[at % len(ILL)], at + 1
            tables[name].append(made)
    tables["settings"] = [*(row for row in RICH["settings"] if not row["setting"].startswith("case")),
                          {"setting": "case", "value": ILL[2]}, {"setting": "case_ru", "value": ILL[5]}]
    return rich_tables(**tables), at


@pytest.fixture(scope="module")
def ill(tmp_path_factory):
    tables, count = hostile()
    assert count >= len(ILL)
    done = decide(accept(tables, [], "base"), Clock(), lambda _: None, explain=False)
    case = done.accepted.case
    report = build_report(case, done.accepted.factors, done.solution, done.findings, {})
    one = shown(case, report, front(case, report), Text(ILL[0], ILL[2]))
    return write_report(tmp_path_factory.mktemp("ill") / "report.html", [one, one], "en",
                        [(Text(ILL[6], ILL[1]), Text(ILL[2], ILL[0]))])


@exhaustive_beside("test_nor_without_scripts", "test_the_policy_holds",
                   "tests/handover/test_html_browser.py::test_names_are_texts")
def test_a_hostile_workbook_does_no_harm(opened, ill):
    """No dialog, no request, no word in the console (the fixture looks), in four languages and two sizes; texts stand
    as texts, and nothing is wider than the screen."""
    page = opened(path=ill)
    for lang in ("ru", "kk", "ja", "en"):
        page.select_option("#language", lang)
        drawn(page)
        assert page.locator("main img, main script, main style, main iframe, main a, main xss").count() == 0
    assert page.locator("h1").inner_text() == HOSTILE[2]
    page.set_viewport_size(PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert violations(page) == []
    clicked = 0
    for name in ILL:
        page.fill("#search", name[:30])
        if found := page.locator("#found button").count():
            page.locator("#found button").nth(found - 1).click()
            clicked += 1
    assert clicked > 5
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def test_nor_without_scripts(opened, ill):
    page = opened(PHONE, ill, java_script_enabled=False)
    assert page.locator("main img, main script, main style, main a").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_policy_holds(browser, ill, tmp_path):
    """A script, a handler, a style and a picture from elsewhere that somebody puts into the file are refused by the
    browser; no request leaves it."""
    evil = ('<script>window.harmed=1</script><img src="data:," onload="window.harmed=1"><img '
            'src="https://example.org/x.png"><link rel="stylesheet" href="https://example.org/x.css">'
            '<iframe src="https://example.org/"></iframe><a id="go" href="javascript:window.harmed=1">x</a><form '
            'action="https://example.org/"><button id="send">x</button></form>')
    path = tmp_path / "forged.html"
    path.write_text(ill.read_text(encoding="utf-8").replace("<footer", evil + "<footer", 1), encoding="utf-8")
    context = browser.new_context()
    page, refused, answered = context.new_page(), {}, []
    page.on("requestfailed", lambda request: refused.update({request.url: request.failure}))
    page.on("response", lambda response: answered.append(response.url))
    page.goto(path.as_uri())
    page.evaluate("document.getElementById('go').click(); document.getElementById('send').click()")
    page.wait_for_timeout(100)
    assert page.evaluate("window.harmed") is None
    assert answered == [path.as_uri()]
    assert set(refused.values()) <= {"csp"}
    assert {url for url in refused if not url.startswith("data:")} == {"https://example.org/x.png",
        "https://example.org/x.css"}
    assert page.locator("section").count() > 5
    context.close()


@pytest.mark.parametrize("damage", [
    lambda text: text[:text.index('id="data"') + 500], lambda text: "",
    lambda text: text.replace('id="data">{', 'id="data">[', 1),
    lambda text: text.replace('"scenarios":[{', '"scenarios":[3,{', 1),
    lambda text: re.sub(r'"scenarios":\[\{.*?\],"failures"', '"scenarios":[],"failures"', text, count=1,
                        flags=re.DOTALL),
    lambda text: text.replace('"scenarios":[{', '"scenario":[{', 1),
    lambda text: text.replace('id="data"', 'id="date"', 1)],
    ids=["cut", "empty", "other", "number", "none", "renamed", "gone"])
def test_a_damaged_report_is_none(tmp_path, damage):
    """It is not taken for one as it was written, nor read as scenario of a report of all; one error only comes of it,
    which callers know."""
    path = write_report(tmp_path / "report.html", [scenario()], "en")
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert not is_report(path)
    with pytest.raises(ValueError, match="report"):
        scenario_of(path)


def test_a_report_read_again_is_the_same_to_the_byte():
    """The report of all scenarios is made from those of each: what went through a file once comes out the same."""
    one = scenario()
    page = rendered([one], [], "ru")
    assert rendered([scenario_in(page)], [], "ru") == page
    assert scenario_in(page) == json.loads(json.dumps(one))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("made")
    two = [*RICH["regions"], {"region": "R2", "name": "South", "name_ru": "Юг"}]
    write_inputs(rich_tables(regions=two), place / "case.xlsx")
    assert main(["plan", str(place / "case.xlsx"), "--out", str(place / "out"), "--no-report"]) == 0
    return place


@exhaustive_but_for("sentence", "figure")
@pytest.mark.parametrize("where", ["sentence", "figure", "chart", "table"])
def test_an_edited_front_is_named_by_verify(run, made, tmp_path, where):
    """Front sheets are not read as inputs or decisions; like the tables behind them they are written again and compared
    cell by cell."""
    book = openpyxl.load_workbook(made / "out" / "plan.xlsx")
    sheet, find = {
        "sentence": ("Decision", lambda cell: isinstance(cell.value, str) and cell.value.startswith("•")),
        "figure": ("Decision", lambda cell: isinstance(cell.value, (int, float)) and cell.column < 50),
        "chart": ("Decision", lambda cell: isinstance(cell.value, (int, float)) and cell.column > 52),
        "table": ("Year by year", lambda cell: isinstance(cell.value, (int, float)) and cell.column < 50),
    }[where]
    cell = next(cell for row in book[sheet].iter_rows() for cell in row if find(cell))
    cell.value = "• All is well." if where == "sentence" else cell.value + 1
    path = tmp_path / "forged.xlsx"
    book.save(path)
    code, said = run("verify", path)
    assert code == 1
    assert f"{sheet}!{cell.coordinate}" in said
