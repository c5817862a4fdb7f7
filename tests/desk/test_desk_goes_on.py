"""What follows a what-if and a plan on the page, in a real browser: made whole as a job, side by side with the plan of
the workbook; what changed in the workbook since a plan; the folder moved to another place. The case is that of the
morning: 11 at home and a grant of 4; A (cost 10, worth 20) and C (5, worth 6), B (10, worth 14)."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from jaryq.desk.framed import GONE, NO_REPORT
from jaryq.desk.results import SHOWN
from jaryq.sheets.inputs import INPUT
from tests.desk.test_morning import case, desk, done, go, put, served  # noqa: F401  asked for by name

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.exhaustive]


def test_a_what_if_is_made_whole_and_stands_beside_the_plan(desk, tmp_path):  # noqa: F811
    """As stated 15 pay A and C; without the grant of 4 the 11 pay A alone. Then the ceiling is typed anew, 21 in place
    of 11: the plan is of another workbook, the page says which cell is another one; and in the folder moved elsewhere
    all of it stands as before."""
    page = desk
    go(page, "run")
    page.get_by_role("button", name="Plan", exact=True).click()
    done(page, 1)
    go(page, "what_if")
    page.get_by_text("Proved").wait_for()
    page.locator(".desk-lever", has_text="Japan: all its sources").locator("[tabindex='0']").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(150)
    page.locator(".desk-changes code", has_text="envelope; multiply 0").wait_for()
    page.get_by_role("button", name="Make it whole").click()
    page.locator(".desk-asked").get_by_role("link", name="Run").click()
    done(page, 2)
    results = tmp_path / "outputs" / "morning"
    assert {file.parent.name: json.loads(file.read_text(encoding="utf-8"))["kpi"]["facilities_completed"]
            for file in sorted(results.glob("*/summary.json"))} == {
        "base": 2, "tried-what_if": 1}
    go(page, "results", plan="base&plan=tried-what_if")
    rows = page.frame_locator("#desk-report").locator("#scenarios tbody tr")
    rows.first.wait_for()
    assert rows.first.inner_text().split()[-2:] == ["2", "1"]
    go(page, "inputs", sheet="source_years")
    put(page, "21")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("All is saved").wait_for()
    changed_since(page, "en", "What changed since")
    shutil.copytree(tmp_path, tmp_path.parent / f"{tmp_path.name}_moved")
    with served(tmp_path.parent / f"{tmp_path.name}_moved") as elsewhere:
        other = page.context.new_page()
        other.goto(elsewhere)
        changed_since(other, "ru", "Что изменилось с тех пор")
        other.close()


def changed_since(page, lang, said):
    """The plan of the list of cases tells the ceiling that is another one."""
    go(page, "cases", lang)
    page.get_by_text(said).first.click()
    # The sheet's title stands in the list of changes alone; 21 may be the hour of a plan, too.
    page.wait_for_function("title => document.body.innerText.includes(title)", arg=INPUT["source_years"].title(lang))
    lines = page.locator(".desk-lines").first.inner_text().splitlines()
    assert any(re.search(r"\b11 -> 21\b", line) for line in lines), lines


@pytest.mark.parametrize(("lang", "run"), [("en", "Run"), ("ru", "Расчёт")])
def test_results_say_which_plan_is_gone_and_which_has_no_report(desk, tmp_path, lang, run):  # noqa: F811
    """A plan made without a report has its files and its questions, and says how it comes to a report; one that is not
    there is named beside the one that is shown in its place."""
    page = desk
    made = [sys.executable, "-m", "jaryq.commands.start", "plan", "morning.xlsx", "--no-report"]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    go(page, "results", lang, plan="base&plan=tried-gone")
    said = page.locator(".desk-alert")
    said.first.wait_for()
    assert said.all_inner_texts() == [
        f"{GONE.say(lang, name='tried-gone')} {SHOWN.say(lang, names='base')}", NO_REPORT.say(lang, name="base")]
    page.locator(".desk-link", has_text=run).last.wait_for()
    page.locator(".desk-files a", has_text="base/plan.xlsx").wait_for()
    assert page.locator("#desk-report").count() == 0
    assert "Not Found" not in page.locator("body").inner_text()


def test_keys_pressed_fast_move_a_lever_as_often(desk):  # noqa: F811
    """Seven steps of 10 % at once; the server does not put the lever back to where it had heard that it stood, which on
    a busy machine is steps behind."""
    page, told = desk, []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: told.append(str(frame))))
    go(page, "what_if")
    lever = page.locator(".desk-lever", has_text="Japan: all its sources")
    lever.locator("[tabindex='0']").focus()
    told.clear()
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    page.locator(".desk-changes code", has_text="envelope; multiply 0.3").wait_for()
    assert lever.locator("output").inner_text().startswith("30 %")
    assert any("envelope; multiply 0.3" in frame for frame in told)
    assert [frame for frame in told if '"model-value":' in frame] == []
