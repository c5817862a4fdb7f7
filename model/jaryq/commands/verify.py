"""The command ``verify``: a finished plan checked again from its workbook alone, in two layers (docs/verify.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jaryq.api.accepted import accept
from jaryq.api.findings import choices_solved_again, verify
from jaryq.api.renewed import with_renewed
from jaryq.api.rewritten import Difference, compared, solved_again, unsealed, write_again, written_here
from jaryq.api.verified import PLACES, compiled, settled, solved
from jaryq.api.whatifs import what_ifs
from jaryq.base.digits import apart
from jaryq.base.errors import InputRejected, JaryqError, Told
from jaryq.base.junit import Entry
from jaryq.base.places import write_whole
from jaryq.base.text import Lang
from jaryq.commands.messages import (
    ANOTHER_SEAL,
    CELL_DIFFERS,
    CELLS_HOLD,
    CHECK_FAILS,
    CHECKS_BUT,
    CHECKS_HOLD,
    FOLLOWS,
    MORE_CELLS,
    NOT_HERE,
    NOT_READ,
    NOT_READ_FURTHER,
    NOT_THIS_SEAL,
    NOT_TOGETHER,
    SOLVED_AGAIN,
)
from jaryq.report.words import number
from jaryq.sheets.results_data import SEAL
from jaryq.verify.asserted import CHECKS
from jaryq.verify.finding import Finding, failed
from jaryq.verify.junit import junit
from jaryq.workbook.finished import expect_plan
from jaryq.workbook.plan_file import DamagedPlan, PlanFile, open_plan
from jaryq.workbook.plan_read import stored_plan
from jaryq.workbook.seal import seal_of

SHOWN = 20
"""So many findings, and so many cells, are told; the others are counted."""

Say = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Verdict:
    """What ``verify`` found. ``stopped``: why the file could not be read to its end; then there are no findings.

    ``cells``: how many were compared, ``sheets`` their sheets; ``here``: this very program wrote the plan, on such a
    machine.
    """

    seal: str
    findings: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    sheets: tuple[str, ...] = ()
    cells: int = 0
    here: bool = True
    stopped: Exception | None = None

    @property
    def holds(self) -> bool:
        return not (failed(self.findings) or self.differences or self.stopped)


def verdict(path: Path, *, deep: bool = False, say: Say = lambda _: None) -> Verdict:
    """Both layers, and with ``deep`` what only solving finds. Raises a JaryqError for a file that is no plan that can
    be read, where the seal does not tell which of its cells were changed."""
    expect_plan(path)
    return verdict_of(open_plan(path, everything=True), deep=deep, say=say)


def verdict_of(file: PlanFile, *, deep: bool = False, say: Say = lambda _: None) -> Verdict:
    """The same of a file that is open."""
    if SEAL.name not in file.cells:
        raise DamagedPlan(f"the sheet {SEAL.name} is missing")
    differences = [*unsealed(file.cells)]
    findings: tuple[Finding, ...] = ()
    here, stopped = True, None
    try:
        stored = stored_plan(file)
        here = written_here(stored.manifest)
        accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
        program = compiled(accepted)
        stored = with_renewed(stored, accepted.case, file.path)
        findings = verify(accepted.factors, stored.solution, stored.claims, program)
        made = write_again(stored, accepted, settled(stored.solution, accepted.factors, program), findings)
        differences += compared(file.cells, made, here, tuple(differences))
        if deep:
            anew = solved(accepted, program, say)
            if stored.solution.whatifs:
                anew = replace(anew, whatifs=what_ifs(accepted, program))
            differences += solved_again(stored, anew)
            findings += choices_solved_again(accepted.case, stored.solution, stored.claims, program)
    except Exception as error:
        # Changed cells may hold anything; where nothing is known to be wrong, it is a fault of the program or of the
        # file as a whole.
        if not differences and not failed(findings):
            raise
        stopped = error
    return Verdict(seal_of(file.cells), findings, tuple(differences), tuple(file.cells),
                   sum(map(len, file.cells.values())), here, stopped)


def command(path: Path, report: Path | None, lang: Lang, expect: str = "", deep: bool = False,
            say: Say = lambda _: None) -> int:
    """Print what was found; exit code 1 if a check fails, a cell differs, or the seal is not the one expected."""
    found = verdict(path, deep=deep, say=say)
    other = bool(expect) and expect.strip().casefold() != found.seal
    if report is not None:
        write_whole(report, lambda draft: draft.write_text(junit(found.findings, lang, _cases(found, lang)),
                                                           encoding="utf-8"))
    broken = failed(found.findings)
    for finding in broken[:SHOWN]:
        print(_line(finding, lang), file=sys.stderr)
    _tell(found, lang)
    holds = found.holds and not other
    said = {"path": path, "good": len(found.findings) - len(broken), "all": len(found.findings)}
    if found.findings and holds:
        print(CHECKS_HOLD.say(lang, **said))
    if deep and holds:
        print(SOLVED_AGAIN.say(lang))
    print(CELLS_HOLD.say(lang, sheets=len(found.sheets), cells=number(found.cells), differ=len(found.differences),
                         seal=found.seal))
    if other:
        print(ANOTHER_SEAL.say(lang, expected=expect.strip()), file=sys.stderr)
    if not holds:
        more = (NOT_READ.say(lang) if found.stopped is not None else "") + (NOT_THIS_SEAL.say(lang) if other else "")
        print(CHECKS_BUT.say(lang, bad=len(broken), differ=len(found.differences), more=more, **said))
    return 0 if found.holds and not other else 1


def _tell(found: Verdict, lang: Lang) -> None:
    """Cells that differ: first those that were changed, then a few of those that follow from them."""
    own = [one for one in found.differences if not one.follows]
    entailed = [one for one in found.differences if one.follows]
    for one in own[:SHOWN]:
        print(CELL_DIFFERS.say(lang, address=one.address, shown=one.shown, why=one.why), file=sys.stderr)
    if len(own) > SHOWN:
        print(MORE_CELLS.say(lang, count=len(own) - SHOWN, cells=_addresses(own[SHOWN:])), file=sys.stderr)
    if entailed:
        print(FOLLOWS.say(lang, count=len(entailed), cells=_addresses(entailed)), file=sys.stderr)
    if found.differences and not found.here:
        print(NOT_HERE.say(lang), file=sys.stderr)
    if found.stopped is not None:
        print(NOT_READ_FURTHER.say(lang, why=why_stopped(found.stopped, lang)), file=sys.stderr)


def _addresses(differences: Sequence[Difference], most: int = 100) -> str:
    shown = ", ".join(one.address for one in differences[:most])
    return shown if len(differences) <= most else f"{shown}, ..."


def why_stopped(error: Exception, lang: Lang) -> str:
    if isinstance(error, InputRejected):
        return "; ".join(issue.say(lang) for issue in error.issues if issue.severity == "stop")
    if isinstance(error, Told):
        return error.text.say(lang)
    return str(error) if isinstance(error, JaryqError) else NOT_TOGETHER.say(lang)


def _line(finding: Finding, lang: Lang) -> str:
    asserted = CHECKS[finding.check].say(lang)
    claimed, computed = apart(finding.claimed, finding.recomputed, PLACES)
    return CHECK_FAILS.say(lang, check=finding.check, place=finding.place, claimed=claimed,
                           computed=computed, unit=finding.unit, asserted=asserted)


def _cases(found: Verdict, lang: Lang) -> list[Entry]:
    """One test case for each sheet."""
    cases = []
    for name in dict.fromkeys([*found.sheets, *(one.sheet for one in found.differences)]):
        wrong = [one for one in found.differences if one.sheet == name]
        text = "\n".join(CELL_DIFFERS.say(lang, address=one.address, shown=one.shown, why=one.why)
                         for one in wrong[:SHOWN])
        cases.append(Entry("verify.sheet", name, text.partition("\n")[0], text) if wrong
                     else Entry("verify.sheet", name))
    return cases
