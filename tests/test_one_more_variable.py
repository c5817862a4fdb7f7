"""A family of decisions that is declared, and nothing else done for it, is in every place where decisions are: the
program, its tie-break, the plan that is read from a point, the workbook, what reads it back, the independent check, the
documents. In a process of its own, as it would be written."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DECLARED = '''
import sys
sys.path[:0] = ["model", "."]
from jaryq.sheets.decisions import decision
decision("spare", "x_works", ("crew", "period"), "crew-years")
from jaryq.formulation import assemble
from jaryq.formulation.declare import VARIABLES, row, variable

@variable(lambda f: sorted(f.works.rooms.own), "crew-years", "Crews in reserve", "Бригады в запасе", bound="rows",
          decided="period")
def spare(f, w, t):
    """Crews of row w that stand by in period t.

    At most: what there is.
    """
    return f.works.rooms.own[w, t]

@row(lambda f: sorted(f.works.rooms.own), "crew-years", "Reserve", "Запас", "rows of sheet crews")
def in_reserve(m, f, w, t):
    return m.spare[w, t] >= 0.25
'''
LINE = DECLARED + '''
from dataclasses import replace
from jaryq.case.plan import Plan
from jaryq.documents.pages import formulation
from jaryq.sheets.results_data import DATA
from jaryq.verify.finding import Ledger
from jaryq.verify.intake import intake
from jaryq.workbook.plan import read_plan
from tests.cases import changed
from tests.make import program_of, solved
from tests.report.works import works_case
from tests.workbook.test_plan import write

folder = sys.argv[1]
case = works_case()
f, program = program_of(case)
mine = [j for j, (family, _) in enumerate(program.columns) if family == "spare"]
assert {program.columns[j][1] for j in mine} == set(f.works.rooms.own) and mine
assert all(program.objectives["by_name"][0][j] > 0 for j in mine) and "spare" in program.implied
found = solved(case)
assert dict(found.plan.spare) == {key: 0.25 for key in sorted(f.works.rooms.own)}
from pathlib import Path
write(Path(folder) / "plan.xlsx", of=(case, f, found))
assert dict(read_plan(Path(folder) / "plan.xlsx").plan.spare) == dict(found.plan.spare)
ledger = Ledger()
kept = intake(case, Plan(spare={("nobody", "2026Q1"): 1.0, next(iter(f.works.rooms.own)): 0.5}), ledger)
assert list(kept.spare.values()) == [0.5]
assert {finding.check for finding in ledger.findings() if not finding.ok} == {"known_keys"}
from jaryq.api.uncertain.futures import turns
from jaryq.uncertainty.early import early
year_of = {period.label: period.year for period in case.periods}
soon = early(2027, turns(), year_of, {})
assert {index[1][:4]: soon(("spare", index)) for index in found.plan.spare} == {"2026": True, "2027": False}
assert "above, spare)" in DATA["x_works"].column("what").text.en
assert ("| `spare[w, t]` | crew-years | Crews of row w that stand by in period t. | what there is | `x_works` |"
        in formulation())
print("everywhere")
'''


def run(code, *arguments):
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True,
                          timeout=120, check=False)


def test_a_declared_decision_is_everywhere(tmp_path):
    done = run(LINE, str(tmp_path))
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["everywhere"]), done.stderr[-2000:]


def test_a_field_of_the_plan_that_is_not_declared_is_refused():
    """Nothing of the plan can be forgotten in its sheets: what has a field has a declaration."""
    done = run('import sys\nsys.path.insert(0, "model")\nfrom jaryq.sheets import decisions\ndel '
               'decisions.DECISIONS["joint"]\nimport jaryq.case.plan')
    assert done.stderr.splitlines()[-1] == "TypeError: joint: no such decision is declared"
