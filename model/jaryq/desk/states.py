"""What is known of the cases of a folder: looked at, planned, out of date, verified; and what changed since. No widgets
here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jaryq.api.hashes import input_hash
from jaryq.api.manifest import is_of, plan_in, read_manifest
from jaryq.api.reuse import unchanged
from jaryq.base.errors import JaryqError
from jaryq.base.text import Lang, Text
from jaryq.desk.desk import Desk
from jaryq.report.differences import text
from jaryq.tables.diff import differences
from jaryq.workbook.finished import finished
from jaryq.workbook.plan_read import read_plan
from jaryq.workbook.read import read_all

MOST_LINES = 200
"""Lines of what changed that are shown."""

STALE = Text("the inputs were changed after this plan", "исходные данные изменены после этого плана")
CURRENT = Text("planned and verified; the inputs are as they were then",
               "рассчитан и проверен; исходные данные с тех пор не менялись")
TOUCHED = Text("the plan's file is not as it was written", "файл плана не такой, каким был записан")
NO_PLAN = Text("the last run gave no plan", "последний расчёт не дал плана")
DAMAGED = Text("the plan cannot be read", "план не читается")
SAME = Text("The workbook was saved again after this plan; every value in it is as it was.",
            "После этого плана книгу сохранили заново; все значения в ней прежние.")
SCENARIO = Text("Scenario {name}: {words}", "Сценарий {name}: {words}")
ELSEWHERE = Text("Scenario {name} (folder {folder}): {words}", "Сценарий {name} (папка {folder}): {words}")
CHANGED = Text("Scenario {name} with changes (folder {folder}: {changes}): {words}",
               "Сценарий {name} с изменениями (папка {folder}: {changes}): {words}")


@dataclass(frozen=True)
class Planned:
    """A plan that stands among the results of a case. ``words``: what state it is in; ``stale``: of other inputs than
    there are now; ``whole``: with the bytes that were written once it had been verified; ``changes``: what it was made
    with beside the scenario."""

    scenario: str
    path: Path
    words: Text
    stale: bool
    whole: bool
    seal: str = ""
    changes: str = ""


def plans_of(desk: Desk, case: Path) -> list[Planned]:
    """The plans of a case by scenario, the base first, those made with changes behind."""
    try:
        now = input_hash(case)
        folders = sorted(folder for folder in desk.results(case).iterdir() if folder.is_dir())
    except OSError:
        return []
    found = [_planned(folder, case, now) for folder in folders if (folder / "manifest.json").is_file()]
    of_case = [one for one in found if one is not None]
    return sorted(of_case, key=lambda one: (
        one.scenario != "base", one.scenario, one.changes != "", one.path.parent.name != one.scenario))


def _planned(folder: Path, case: Path, now: str) -> Planned | None:
    manifest = read_manifest(folder)
    if not is_of(manifest, folder, case):
        return None
    scenario, path = str(manifest.get("scenario", folder.name)), plan_in(folder)
    stale = manifest.get("input_sha256") != now
    whole = manifest.get("status") == "ok" and unchanged(folder, path.name)
    words = (NO_PLAN if manifest.get("status") != "ok" else TOUCHED if not whole else STALE if stale else CURRENT)
    return Planned(scenario, path, words, stale, whole, str(manifest.get("seal", "")),
                   str(manifest.get("changes", "")))


def words_of(plan: Planned, lang: Lang) -> str:
    """What a plan is, in a line; where it stands, unless that is the folder of its scenario."""
    words, folder = plan.words.say(lang), plan.path.parent.name
    if plan.changes:
        return CHANGED.say(lang, name=plan.scenario, folder=folder, changes=plan.changes, words=words)
    said = SCENARIO if folder == plan.scenario else ELSEWHERE
    return said.say(lang, name=plan.scenario, folder=folder, words=words)


def changed_since(plan: Planned, case: Path, lang: Lang) -> list[str]:
    """What changed in the inputs since a plan, row by row and cell by cell. A scenario's own changes stand in its plan
    as inputs: they are told too."""
    try:
        stored = read_plan(plan.path)
        reading = read_all(case)
    except (JaryqError, OSError):
        return [DAMAGED.say(lang)]
    found = differences(stored.tables, reading.tables, (), reading.issues)
    if not found.sheets and not found.remarks:
        return [SAME.say(lang)]
    return text(found, plan.path.name, case.name, lang, titles=True)[:MOST_LINES]


def inputs_among(cases: list[Path]) -> Iterator[tuple[Path, bool]]:
    """Each case, and whether it is a finished plan."""
    for case in cases:
        yield case, finished(case) is not None
