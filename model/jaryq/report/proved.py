"""What is proved of a plan, in words: by a bound that is its value, by the solver's branching only, or by how much it
may be off."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.report.words import proved
from jaryq.solve.solution import MET, Solution, Stage
from jaryq.verify.finding import Finding

OPTIMAL = Text("proved optimal{within}{tree}", "доказано: лучшего нет{within}{tree}")
TREE = Text(" (branching tree of {leaves} leaves)", " (дерево ветвления, листьев: {leaves})")
WITHIN = Text(" within {room} (what missing limits by a hair may bring)",
              " с точностью до {room} (столько может дать нарушение ограничений на волосок)")


def room_of(stage: Stage | None, findings: Sequence[Finding]) -> float | None:
    """By how much a plan may be better than a stage that counts as proved, by limits that it misses by a hair; None
    where that is no more than within what a value is proved (``MET``), or the stage is not."""
    if stage is None or not stage.proved:
        return None
    hairs = max((one.hairs for one in findings if one.check == "certified" and one.place == f"value[{stage.name}]"),
                default=0.0)
    return hairs if hairs > MET * max(1.0, abs(stage.value)) else None


def within(room: float | None, *, money: bool) -> Text | str:
    """The same in words; nothing for None. ``money``: it is in bn KZT."""
    if room is None:
        return ""
    unit = UNITS[BILLION].symbol
    said = proved(room)
    return WITHIN.fill(room=Text(f"{said.en} {unit.en}", f"{said.ru} {unit.ru}") if money else said)


def proof_of(stage: Stage, findings: Sequence[Finding] = (), *, money: bool = False) -> Text:
    """What is known of a stage: nothing better exists under the same earlier shortfalls; or the solver says so; or only
    the distance. ``money``: its values are bn KZT."""
    if stage.proved:
        tree = TREE.fill(leaves=stage.leaves) if stage.leaves else ""
        return OPTIMAL.fill(within=within(room_of(stage, findings), money=money), tree=tree)
    if stage.search is not None and stage.search.ended == "solved":
        return Text("optimal by the solver's branching", "лучшее по ветвлению решателя")
    return Text("certified distance only", "доказано только расстояние")


def for_all_plans(solution: Solution) -> bool:
    """Whether every stage is proved: then no plan at all is better, else only none with the shortfalls of this one."""
    return all(stage.proved for stage in solution.stages)


def proof_of_plan(solution: Solution, findings: Sequence[Finding] = ()) -> Text | None:
    """What is known of the objective, and for which plans."""
    if solution.main is None:
        return None
    said = proof_of(solution.main, findings, money=solution.objective != "earliest_finish")
    if not solution.main.proved or for_all_plans(solution):
        return said
    return Text(f"{said.en}, for the shortfalls as they are", f"{said.ru}, при этих недовыполнениях")
