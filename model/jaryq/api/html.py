"""``report.html`` of a plan beside its workbook, and of all scenarios beside their comparison."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from jaryq.api.manifest import read_manifest
from jaryq.api.reuse import unchanged
from jaryq.api.uncertain.in_report import sections
from jaryq.api.verified import Verified
from jaryq.base.text import Lang, Text
from jaryq.handover.front import front
from jaryq.handover.html.shown import Json, named, shown
from jaryq.handover.html.write import REPORT, is_report, scenario_of, write_report
from jaryq.report.report import Report
from jaryq.tables.scenarios import called

STALE = "report.stale.html"
_REPORTS = re.compile(r"report(\.[1-9]\d?)?\.html")


def report_in(folder: Path) -> Path | None:
    """The report that the folder's manifest speaks of; None where it speaks of none, or of what is none."""
    name = read_manifest(folder).get("report")
    return folder / name if isinstance(name, str) and _REPORTS.fullmatch(name) else None


def has_report(folder: Path) -> bool:
    """Whether the report of the run there stands as it was written."""
    path = report_in(folder)
    return path is not None and unchanged(folder, path.name)


def write_html(done: Verified, report: Report, folder: Path, lang: Lang, key: str = "") -> Path:
    """report.html of a plan, with what many futures say of it where that stands beside it (``key``: of the plan); where
    it stands. Raises Misplaced or Fault."""
    case = done.accepted.case
    name = called(done.accepted.tables, case.scenario)
    pages = (*front(case, report), *(sections(folder, key) if key else ()))
    return write_report(folder / REPORT, [shown(case, report, pages, name)], lang)


def clear_reports(folder: Path, keep: Path | None) -> None:
    """Older reports go: they speak of another plan. A file that is open stays, and the manifest names the one that
    counts."""
    told = report_in(folder)
    for old in {folder / REPORT, folder / STALE, *([told] if told else [])} - {keep}:
        with contextlib.suppress(PermissionError):
            old.unlink(missing_ok=True)


def mark_stale(folder: Path) -> None:
    """There is no plan: an older report says so by its name."""
    for old in {folder / REPORT, report_in(folder) or folder / REPORT}:
        if old.is_file():
            with contextlib.suppress(PermissionError):
                old.replace(folder / STALE)


def write_html_of_all(path: Path, scenarios: Iterable[tuple[Text, Path]], failures: Sequence[tuple[Text, Text]],
                lang: Lang, said: Sequence[Text] = ()) -> Path | None:
    """One report of all scenarios (names and folders of results) from their own reports, with the sentences on them
    side by side; where it stands, None where no scenario has one. Raises Misplaced or Fault."""
    found = [named(scenario, name) for name, folder in scenarios
             if (scenario := scenario_in_folder(folder)) is not None]
    return write_report(path, found, lang, failures, said) if found else None


def clear_html(path: Path) -> None:
    """A report of scenarios that was written before goes."""
    if is_report(path):
        with contextlib.suppress(PermissionError):
            path.unlink()


def scenario_in_folder(folder: Path) -> Json | None:
    """What the report of a plan draws; nothing where there is none as it was written."""
    path = report_in(folder)
    if path is None or not unchanged(folder, path.name):
        return None
    try:
        return scenario_of(path)
    except (OSError, ValueError, LookupError):
        return None
