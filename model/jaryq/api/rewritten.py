"""The second layer of ``verify``: the plan is written again, by the same code, from the inputs and decisions of its
file, and compared with the file cell by cell. Every sheet is covered, a new one unasked, as the sheets are those that
the code writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jaryq.api.accepted import Accepted
from jaryq.api.findings import all_claims, outcome
from jaryq.api.hashes import code_hash
from jaryq.api.manifest import versions
from jaryq.base.flat import rows_of
from jaryq.base.text import Text
from jaryq.report.build import build_report
from jaryq.sheets.results_data import SEAL
from jaryq.solve.solution import Solution
from jaryq.tables.tables import letters
from jaryq.verify.finding import Finding
from jaryq.workbook.noted import Cell, Place, canonical
from jaryq.workbook.plan import cells_of_plan
from jaryq.workbook.plan_data import ELSEWHERE
from jaryq.workbook.plan_place import FIRST
from jaryq.workbook.plan_read import StoredPlan
from jaryq.workbook.seal import Broken, Cells, broken, told_seal

SAME_HERE = ("code_sha256", "version python", "version platform", "version numpy", "version pandas")
"""Entries of the manifest that make numbers come out the same to the last of 15 digits."""

NEAR = 1e-9
"""Share of a number (at least of 1) by which it may differ where a spreadsheet calculated it, another machine, or
solving again."""

SEALED = Text("is not what was sealed", "не то, что было опечатано")
AMONG = Text("is not what was sealed, or a cell in its row and one in its column are not",
             "не то, что было опечатано, или не те ячейки в её строке и в её столбце")
NO_SHEET = Text("the sheet is missing", "листа нет")
NEW_SHEET = Text("the sheet is not one of the plan", "такого листа в плане нет")
GIVEN = Text("{expected} follows from the inputs and decisions of the file",
             "из исходных данных и решений файла следует {expected}")
SOLVED = Text("solving again gives {expected}", "новое решение даёт {expected}")
NOTHING = Text("nothing", "ничего")
FORMULA = Text("the formula {formula}", "формула {formula}")


@dataclass(frozen=True)
class Difference:
    """A cell (empty: the whole sheet) that is not as it should be: what it shows, and what is wrong with that.
    ``follows``: it differs because a sealed cell was changed, perhaps."""

    sheet: str
    cell: str
    shown: Text
    why: Text
    follows: bool = False

    @property
    def address(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


def unsealed(cells: Cells) -> tuple[Difference, ...]:
    """Cells of the inputs, data and manifest that are not as they were sealed."""
    return tuple(_unsealed(cells, one) for one in broken(cells, told_seal(cells)))


def _unsealed(cells: Cells, one: Broken) -> Difference:
    if one.place is None:
        return Difference(one.sheet, "", NOTHING, NEW_SHEET if one.sheet in cells else NO_SHEET)
    return Difference(one.sheet, address(one.place), _shown(cells[one.sheet].get(one.place)),
                      SEALED if one.sure else AMONG)


def write_again(stored: StoredPlan, accepted: Accepted, solution: Solution, findings: Sequence[Finding]) -> Cells:
    """All cells that the plan's file should have."""
    manifest = {**stored.manifest, **outcome(accepted.case, solution, findings, stored.lang)}
    report = build_report(accepted.case, accepted.factors, solution, findings, manifest)
    claims = all_claims(accepted.case, accepted.factors, solution)
    return cells_of_plan(accepted.case, report, stored.tables, solution, claims, manifest, stored.lang)


def compared(cells: Cells, made: Cells, here: bool, known: Sequence[Difference] = ()) -> Iterator[Difference]:
    """Cells of a file that differ from those written again; ``here``: numbers must agree to 15 digits. Those ``known``
    already are left out, and what they entail on other sheets is said to follow."""
    told = {(one.sheet, one.cell) for one in known}
    for name in [*cells, *(name for name in made if name not in cells)]:
        if name not in made or name not in cells:
            if (name, "") not in told:
                yield Difference(name, "", NOTHING, NEW_SHEET if name in cells else NO_SHEET, bool(known))
            continue
        if name == SEAL.name and known:
            continue
        shown, should = cells[name], made[name]
        for place in sorted({*shown, *should}):
            one, other = shown.get(place, Cell(None)), should.get(place, Cell(None))
            if one != other and not _agree(one, other, here) and (name, address(place)) not in told:
                yield Difference(name, address(place), _shown(one), GIVEN.fill(expected=_expected(one, other)),
                                 bool(known))


def written_here(manifest: Mapping[str, str]) -> bool:
    """Whether this very program, on such a machine, wrote the plan."""
    now = {"code_sha256": code_hash(), **{f"version {name}": text for name, text in versions().items()}}
    return all(manifest.get(name) == now[name] for name in SAME_HERE)


def solved_again(stored: StoredPlan, solution: Solution) -> Iterator[Difference]:
    """Sealed claims that differ from those of a solution found anew, by their cells; times are what they are."""
    new = {path: (number, text) for path, number, text in rows_of(solution, leave=ANEW)}
    for r, (path, number, text) in enumerate(rows_of(stored.solution, leave=ELSEWHERE), FIRST):
        if path.startswith(APART):
            continue
        there = new.pop(path, None)
        if path in TIMES:
            continue
        if there is None:
            yield Difference("x_sealed", f"A{r + 1}", Text(path, path), SOLVED.fill(expected=NOTHING))
        elif not _near(number, there[0], NEAR) or (text or "") != (there[1] or ""):
            column = "C" if (text or "") != (there[1] or "") else "B"
            was, now = (text, there[1]) if column == "C" else (number, there[0])
            yield Difference("x_sealed", f"{column}{r + 1}", _shown(Cell(was)), SOLVED.fill(expected=_shown(Cell(now))))
    for path in new:
        yield Difference("x_sealed", "", NOTHING, SOLVED.fill(expected=path))


TIMES = frozenset({"solver_seconds"})

APART = ("choices", "unasked")
"""Claims about other choices are solved again one by one."""

ANEW = ELSEWHERE | set(APART)


def address(place: Place) -> str:
    return f"{letters(place[1] + 1)}{place[0] + 1}"


def _agree(shown: Cell, should: Cell, here: bool) -> bool:
    """A formula counts where it stands; its value is a spreadsheet's own then, and may be absent (some programs store
    none)."""
    if shown.formula and not isinstance(shown.value, bool):
        if _bare(shown.formula) != _bare(should.formula):
            return False
        return shown.value is None or _near(shown.value, should.value, NEAR)
    if shown.said == should.said:
        return True
    return not here and _near(shown.value, should.value, NEAR)


def _near(one: object, other: object, share: float) -> bool:
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, float) or not isinstance(other, float):
        return canonical(one) == canonical(other)
    return one == other or abs(one - other) <= share * max(1.0, abs(one), abs(other)) or (one != one and other != other)


def _bare(formula: str) -> str:
    """A formula without what programs write differently: spaces, quotes of sheet names."""
    return re.sub(r"[\s']", "", formula).removeprefix("of:=").upper()


def _shown(cell: Cell | None) -> Text:
    if cell is None or (cell.value is None and not cell.formula):
        return NOTHING
    if cell.value is None:
        return FORMULA.fill(formula=f"={cell.formula}")
    said = cell.said.removeprefix("'")
    said = said if len(said) <= 60 else said[:57] + "..."
    return Text(said, said) if said.strip() else Text(repr(said), repr(said))


def _expected(shown: Cell, should: Cell) -> Text:
    """What should stand there: the formula where only that differs."""
    if shown.formula and should.formula and _bare(shown.formula) != _bare(should.formula):
        return FORMULA.fill(formula=f"={should.formula}")
    return _shown(should)
