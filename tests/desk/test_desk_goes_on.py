"""What follows a what-if and a plan on the page, in a real browser: made whole as a job, side by side with the plan of
the workbook; what changed in the workbook since a plan; the folder moved to another place. The case is that of the
morning: 11 at home and a grant of 4; A (cost 10, worth 20) and C (5, worth 6), B (10, worth 14)."""

import json
import shutil

import pytest

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
    text = page.locator("main, body").first.inner_text()
    assert "11" in text
    assert "21" in text
