"""A forger at a plan with a register: whatever is changed of stretches, multipliers, values or files is named, also
where all else is made to fit."""

import json
from dataclasses import dataclass, replace

import numpy as np
import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.findings import all_claims, verify
from jaryq.api.verified import compiled, decide
from jaryq.commands.cli import main
from jaryq.commands.verify import verdict_of
from jaryq.solve.choice import Choice
from jaryq.verify.finding import failed
from jaryq.workbook.read import read
from jaryq.workbook.register.of_plan import NoRegister
from jaryq.workbook.register.read import sha256_of
from tests.forged import edited, opened, put, with_value
from tests.test_stretches_input import HEAD, NET, OTHER, workbook

ROWS = ["N1,a,1,2026,,,,,,", "N1,b,1,2016,,,,,,", "N1,c,1,,60,30,2,,,", "N1,d,1.5,,40,30,,,,", "N2,a,1,,,,,,,"]
"""Bursts a km: a 0.11, b 0.29, c 0.6, d 0.3; N2 0.2."""


def scarce(folder, rows=ROWS):
    """50 bn a km, 100 bn a year in 2026 to 2028: 2 km a year at prices of 2026, so c, d, b and half of the rest go
    first; the first priority asks half a km of N2 by 2027. A burst costs 800 bn."""
    nets = [{**one, "unit_cost": 50_000.0, "consequence": 800_000.0} for one in ({**NET, "km": 4.5}, OTHER)]
    asked = {"target": "K", "measure": "km", "filter": "project=N2", "by": None, "years": "2027", "value": 0.5,
             "unit": "km", "priority": "1", "price": None, "scale": 1.0}
    return workbook(folder, rows, head=HEAD, networks=nets, targets=[asked])


@dataclass
class Made:
    accepted: object
    program: object
    solution: object
    claims: dict

    def failing(self, accepted=None, claims=(), multipliers=(), **changes):
        """The checks that fail of the plan with these changes, made to ``solution`` and ``claims``."""
        solution = replace(self.solution, multipliers={**self.solution.multipliers, **dict(multipliers)}, **changes)
        found = verify((accepted or self.accepted).factors, solution, {**self.claims, **dict(claims)}, self.program)
        return {one.check: one.place for one in failed(found)}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    accepted = accept(*read(scarce(tmp_path_factory.mktemp("scarce"))))
    done = decide(accepted, Clock(), lambda _: None)
    return Made(accepted, compiled(accepted), done.solution, dict(done.claims))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    (folder / "in").mkdir()
    assert main(["plan", str(scarce(folder / "in")), "--out", str(folder / "out"), "--no-report"]) == 0
    plan = next((folder / "out").rglob("plan.xlsx"))
    return plan, plan.parent / json.loads((plan.parent / "manifest.json").read_text(encoding="utf-8"))["stretches"]


def rows(renewed, **changes):
    """The rows of what is renewed with others in their place."""
    return replace(renewed, **{name: np.array(values, getattr(renewed, name).dtype)
                               for name, values in changes.items()})


def test_the_plan_holds_and_money_is_scarce(made):
    """Some km earns something, and the first stage has its bound too."""
    assert made.failing() == {}
    assert any(value > 0 for key, value in made.solution.multipliers.items()
               if key.startswith("objective|stretch_link["))
    assert len(made.solution.renewed.row) >= 4


# Stretches.

def test_km_of_a_stretch_are_changed(made):
    km = made.solution.renewed.km.copy()
    km[0] -= 0.2
    assert {"stretch_sums", "stretch_above", "stretch_value"} <= made.failing(renewed=rows(made.solution.renewed,
        km=km)).keys()


def test_a_stretch_is_longer_than_it_is(made):
    km = made.solution.renewed.km.copy()
    km[0] += 1.0
    assert {"stretch_length", "stretch_sums"} <= made.failing(renewed=rows(made.solution.renewed, km=km)).keys()


def test_a_stretch_is_moved_to_another_period(made):
    """With the km of the plan moved along: its money is another year's, and its worth too."""
    period = made.solution.renewed.period.copy()
    period[0] = (period[0] + 1) % 3
    assert {"stretch_sums", "stretch_above"} <= made.failing(renewed=rows(made.solution.renewed, period=period)).keys()


def test_a_stretch_is_renewed_twice(made):
    """Once more, in place of another one of its package and period: the sums are kept."""
    renewed = made.solution.renewed
    row = renewed.row.copy()
    mine = [i for i in range(len(row)) if made.accepted.case.stretches.key(int(row[i]))[0] == "N1"]
    row[mine[1]] = row[mine[0]]
    assert {"stretch_length", "stretch_value"} <= made.failing(renewed=rows(renewed, row=row)).keys()


def test_another_packages_stretch_is_renewed(made):
    """The last stretch is that of N2."""
    renewed = made.solution.renewed
    row = renewed.row.copy()
    row[0] = len(made.accepted.case.stretches) - 1
    assert {"stretch_sums", "stretch_above"} <= made.failing(renewed=rows(renewed, row=row)).keys()


def test_a_worse_stretch_is_said_to_be_renewed(made):
    """a of N1 bursts least: in place of c the sums hold, the worth does not, and a bound below it cannot be claimed."""
    renewed, stretches = made.solution.renewed, made.accepted.case.stretches
    keys = {stretches.key(i): i for i in range(len(stretches))}
    row = renewed.row.copy()
    assert keys["N1", "c"] in row
    row[row == keys["N1", "c"]] = keys["N1", "a"]
    assert made.failing(renewed=rows(renewed, row=row)).keys() >= {"stretch_above", "stretch_value"}


def test_a_register_changed_in_one_row_is_another_one(made, tmp_path):
    """c of N1 bursts a little more often: by the means the package is worth more too."""
    other = accept(*read(scarce(tmp_path, [one.replace("60,30,2", "60,31,2") for one in ROWS])))
    assert {"certificate", "stretch_above", "stretch_value", "claim"} <= made.failing(accepted=other).keys()


# Multipliers, values, bounds.

def link(made):
    return max((value, key) for key, value in made.solution.multipliers.items()
               if key.startswith("objective|stretch_link["))


@pytest.mark.parametrize("times", [0.0, 0.5, 1.001, -1.0, float("nan"), float("inf"), 1e15])
def test_a_forged_multiplier_gives_another_bound(made, times):
    value, key = link(made)
    assert made.failing(multipliers={key: value * times})["certificate"] == "bound[objective]"


def test_a_multiplier_of_a_link_that_there_is_not(made):
    assert "stated" in made.failing(multipliers={"objective|stretch_link[N9,2026]": 1.0})


def test_a_value_is_forged(made):
    """The objective, and what stretches are worth."""
    best = made.claims["value[objective]"]
    assert {"value", "certified"} <= made.failing(claims={"value[objective]": best * 1.01}).keys()
    assert made.failing(claims={"stretches[value]": made.claims["stretches[value]"] * 1.01}).keys() == {"stretch_value"}
    assert made.failing(claims={"stretches[count]": 6.0}).keys() == {"stretch_count"}
    assert made.failing(claims={"stretches[cut]": made.claims["stretches[cut]"] + 1.0}).keys() == {"stretch_cut"}
    assert made.failing(claims={"stretches[wear,N1]": 0.05}) == {"stretch_wear": "N1"}
    assert "claim" in made.failing(claims={"above_pv": made.claims["above_pv"] + 1.0})


def test_a_bound_is_forged(made):
    """By a millionth of a percent."""
    bound = made.claims["bound[objective]"]
    assert made.failing(claims={"bound[objective]": bound * (1 + 1e-8)}) == {"certificate": "bound[objective]"}


def test_all_is_made_to_fit_a_better_plan(made):
    """What stretches bring above their means is raised by 1 bn, and every number that follows from it: the file of
    stretches does not bear it, nor does the bound."""
    (key, _), *_ = made.solution.plan.above.items()
    plan = replace(made.solution.plan, above={**made.solution.plan.above, key: made.solution.plan.above[key] + 1.0})
    solution = with_value(replace(made.solution, plan=plan), objective=made.claims["value[objective]"] + 1.0)
    claims = all_claims(made.accepted.case, made.accepted.factors, solution)
    found = {one.check for one in failed(verify(made.accepted.factors, solution, claims, made.program))}
    assert found == {"certified", "stretch_above", "stretch_value"}


def test_what_is_forged_of_other_choices_is_bounded_with_stretches(made):
    """That a facility which is not done would make the plan worse by 100 bn: without what stretches earn the program
    would bear worse claims than its multipliers do."""
    factors, done = made.accepted.factors, made.solution.plan.start
    idle = next(f for f in factors.case.facilities if not any(key[0] == f for key in done))
    claim = Choice("facility", idle, "out", "in", "never", "multipliers",
                   at_least={"priority_1": 0.0, "objective": 100.0})
    assert "does not follow" in made.failing(choices=(claim,))["other_choice"]


# Files.

def test_the_written_plan_holds(written, capsys):
    assert main(["verify", str(written[0])]) == 0, capsys.readouterr().err


def test_the_result_is_missing_or_damaged(written, capsys):
    """Gone; cut short; one byte changed; and another one whose hash the forger writes into the manifest alone."""
    plan, result = written
    content = result.read_bytes()
    try:
        result.unlink()
        assert main(["verify", str(plan)]) == 1
        assert f"{result.name} of the plan is missing" in capsys.readouterr().err
        for other in (content[:-20], content[:-1] + bytes([content[-1] ^ 1]), b""):
            result.write_bytes(other)
            assert main(["verify", str(plan)]) == 1
            assert f"{result.name} is another one than the plan speaks of" in capsys.readouterr().err
    finally:
        result.write_bytes(content)


def of_manifest(key, value):
    """Writes another value of an entry of the manifest."""
    def edit(grids):
        for line in grids["manifest"]:
            for place, cell in enumerate(line[:-1]):
                if cell == key:
                    line[place + 1] = value
    return edit


def test_a_hash_is_changed(written):
    """Of the result: the file is another one than the plan speaks of; of the register likewise. No name at all: then
    nothing is renewed of which numbers are stated."""
    plan, _ = written
    for key, why in (("stretches_sha256", "the result .* is another one"),
                     ("register_sha256", "the register .* is another one")):
        with pytest.raises(NoRegister, match=why):
            verdict_of(edited(opened(plan), of_manifest(key, "0" * 64), seal=True))
    found = verdict_of(edited(opened(plan), of_manifest("stretches", ""), seal=True))
    assert {"stretches[count]", "stretches[value]"} <= {one.place for one in failed(found.findings)
                                                        if one.check == "stated"}
    assert found.differences


def test_another_result_with_its_hash_is_not_what_the_plan_renews(written):
    """A forger writes a file of his own beside the plan, puts its hash into the manifest, and seals again."""
    plan, result = written
    own = result.parent / "own.csv"
    own.write_text("package,segment,period,km\nN1,a,2026,1.0\nN1,b,2026,1.0\n", encoding="utf-8")

    def edit(grids):
        of_manifest("stretches", own.name)(grids)
        of_manifest("stretches_sha256", sha256_of(own))(grids)

    try:
        found = verdict_of(edited(opened(plan), edit, seal=True))
    finally:
        own.unlink()
    assert {"stretch_sums", "stretch_above", "stretch_value"} <= {one.check for one in failed(found.findings)}


@pytest.mark.parametrize("seal", [False, True])
def test_wear_after_is_forged(written, seal):
    """A cell of the sheet of stretches: named by its address."""
    plan, _ = written
    file = opened(plan)
    grid = file.grids["stretches"]
    column = next(line.index("Wear by the plan") for line in grid if "Wear by the plan" in line)
    row = next(i for i, line in enumerate(grid) if "N1" in line)
    address = f"{chr(65 + column)}{row + 1}"
    found = verdict_of(edited(file, put("stretches", address, 0.01), seal=seal))
    assert f"stretches!{address}" in {one.address for one in found.differences}
