"""Commands that look at an input as a document: what changed between two, one as plain text, one in the present
version."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected, Told, speaking_of
from jaryq.base.free import free_file, marked_as
from jaryq.base.issues import Issue, stops
from jaryq.base.places import write_whole
from jaryq.base.text import Lang, Text
from jaryq.commands.check.text import told
from jaryq.commands.messages import WRITTEN
from jaryq.report.differences import as_json, plain, text
from jaryq.report.plan_differences import changed_cells, plan_differences
from jaryq.report.plan_differences import lines as lines_of_plans
from jaryq.report.plan_differences_record import as_json as plans_as_json
from jaryq.report.result import Result
from jaryq.tables.diff import FOREIGN, differences
from jaryq.tables.migrate import stamped
from jaryq.tables.scenarios import Changed
from jaryq.tables.tables import Tables
from jaryq.workbook.comparison import PURPOSE as OF_PLANS
from jaryq.workbook.comparison import write_comparison
from jaryq.workbook.differences import PURPOSE as OF_INPUTS
from jaryq.workbook.differences import write_differences
from jaryq.workbook.finished import Finished, expect_plan, finished
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.kept import Kept, kept
from jaryq.workbook.mirror import free_mirror, write_mirror
from jaryq.workbook.plan import StoredPlan, read_plan
from jaryq.workbook.read import read

PLAN_AND_INPUT = Text(
    "{plan} is a finished plan (case {case}, scenario {scenario}) and {other} is none: name two plans, or two inputs",
    "{plan} - готовый план (расчёт {case}, сценарий {scenario}), а {other} - нет: укажите два плана или две книги "
    "исходных данных",
)

MIGRATED = "migrated"
"""What a migrated workbook is marked as."""

IN_REMARKS = frozenset({"picture_in_remark", "error_in_remark"})
"""Notes of reading that tell of a cell of remarks that was passed over."""


class TwoKinds(Told):
    """A finished plan and an input cannot be compared."""

    exit_code = 2
    status = "rejected"


def diff(old: Path, new: Path, form: str, out: Path | None, lang: Lang, force: bool = False) -> int:
    """Print what changed from ``old`` to ``new`` (two inputs, or two finished plans), as text or JSON; with ``out``
    write it as a workbook too.

    Raises TwoKinds for an input and a plan.
    """
    plans = finished(old), finished(new)
    if out is not None:
        free_file(out, marked_as(OF_INPUTS, OF_PLANS), (old, new, *(plan.path for plan in plans if plan is not None)),
                  force)
    if plans[0] is not None and plans[1] is not None:
        return _diff_plans(plans[0], plans[1], form, out, lang)
    for plan, other in zip(plans, (new, old), strict=True):
        if plan is not None:
            raise TwoKinds(PLAN_AND_INPUT.fill(plan=plan.path, case=plan.case or "?", scenario=plan.scenario or "?",
                                               other=other))
    with speaking_of(old):
        before, first = _read(old)
    with speaking_of(new):
        after, second = _read(new)
    found = differences(before, after, first, second)
    if form == "json":
        print(json.dumps(as_json(found, str(old), str(new)), ensure_ascii=False, indent=2))
    else:
        print("\n".join(text(found, str(old), str(new), lang)))
    if out is not None:
        path = write_differences(out, found, old, new, lang)
        if form != "json":
            print(WRITTEN.say(lang, path=path))
    return 0


def _diff_plans(old: Finished, new: Finished, form: str, out: Path | None, lang: Lang) -> int:
    """The same for two finished plans."""
    one, other = (_stored(plan.path) for plan in (old, new))
    inputs = differences(one.tables, other.tables)
    results = (_result(old.path, one), _result(new.path, other, changed_cells(inputs, str(new.path))))
    found = plan_differences(*results, inputs)
    if form == "json":
        print(json.dumps(plans_as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines_of_plans(found, lang)))
    if out is not None:
        path = write_comparison(out, results, lang)
        if form != "json":
            print(WRITTEN.say(lang, path=path))
    return 0


def _stored(path: Path) -> StoredPlan:
    expect_plan(path)
    return read_plan(path)


def _result(path: Path, stored: StoredPlan, changed: tuple[Changed, ...] = ()) -> Result:
    """A stored plan as a comparison takes it, under the name of its file."""
    factors = accept(stored.tables, [], stored.scenario, as_changed=True).factors
    return Result(stored.scenario, str(path), str(path), changed, factors, stored.plan, stored.claims,
                  choices=stored.solution.choices, gaps=stored.solution.gaps)


def _read(path: Path) -> tuple[Tables, list[Issue]]:
    """The tables, however many issues they have. Raises InputRejected where there are none, or one is not opened: its
    rows would be told as gone."""
    tables, issues = read(path)
    if stops(issues) and (not tables.sheets or any(issue.code == "not_opened" for issue in issues)):
        raise InputRejected(issues)
    return tables, issues


def as_text(source: Path, lang: Lang = "en") -> int:
    """Print an input as lines ``sheet | key | column = value``, for ``git diff``. A file that is no workbook is a text
    too: a version of long ago may be one, and git stops at a converter that fails."""
    tables, issues = read(source)
    if any(issue.code == "no_such_file" for issue in issues):
        raise InputRejected(issues)
    told([issue for issue in issues if issue.code == "finished_plan"], lang)
    for line in plain(tables, issues):
        print(line)
    return 0


def migrate(source: Path, out: Path, lang: Lang, force: bool = False) -> int:
    """Write an input of this or an older version in the present one: a workbook, or a folder of CSV files where ``out``
    has no ending.

    What people added to a workbook is kept (see ``workbook/kept.py``); what is not is told. Raises InputRejected where
    something of the input is not read, as it would be lost.
    """
    if out.suffix:
        free_file(out, marked_as(MIGRATED), (source,), force)
    else:
        free_mirror(out, source, force)
    tables, issues = read(source)
    if stops(issues):
        raise InputRejected(issues)
    told([issue for issue in issues if issue.code == "migrated" or issue in lost_in_tables(issues, source, out)], lang)
    found = what_is_kept(source, tables, lang) if out.suffix else Kept()
    put(stamped(tables), out, lang, found, MIGRATED)
    return 0


def lost_in_tables(issues: Sequence[Issue], source: Path, out: Path) -> list[Issue]:
    """What is not carried over: errors and pictures in remarks, and sheets and columns of one's own where a folder of
    tables stands on one side."""
    lost = IN_REMARKS | FOREIGN if source.is_dir() or not out.suffix else IN_REMARKS
    return [issue for issue in issues if issue.code in lost]


def what_is_kept(source: Path, tables: Tables, lang: Lang) -> Kept:
    """What people added to the workbook that ``tables`` were read from; what is not kept is told."""
    found = kept(source, tables) if source.is_file() else Kept()
    for lost in found.lost:
        print(lost.say(lang), file=sys.stderr)
    return found


def put(tables: Tables, out: Path, lang: Lang, found: Kept, purpose: str) -> None:
    """Write a workbook, or a folder of CSV files where ``out`` has no ending, and say so."""
    if out.suffix:
        path = write_whole(out, lambda draft: write_inputs(tables, draft, lang, found), purpose)
        print(WRITTEN.say(lang, path=path))
    else:
        write_mirror(tables, out)
        print(WRITTEN.say(lang, path=out))
