"""What is proved of a plan, in words: by a bound that is its value, by the solver's branching only, or by how much it
may be off."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.solve.solution import Solution, Stage


def proof_of(stage: Stage) -> Text:
    """What is known of a stage: nothing better exists under the same earlier shortfalls; or the solver says so; or only
    the distance."""
    if stage.proved and stage.leaves:
        return Text(f"proved optimal (branching tree of {stage.leaves} leaves)",
                    f"доказано: лучшего нет (дерево ветвления, листьев: {stage.leaves})")
    if stage.proved:
        return Text("proved optimal", "доказано: лучшего нет")
    if stage.search is not None and stage.search.ended == "solved":
        return Text("optimal by the solver's branching", "лучшее по ветвлению решателя")
    return Text("certified distance only", "доказано только расстояние")


def for_all_plans(solution: Solution) -> bool:
    """Whether every stage is proved: then no plan at all is better, else only none with the shortfalls of this one."""
    return all(stage.proved for stage in solution.stages)


def proof_of_plan(solution: Solution) -> Text | None:
    """What is known of the objective, and for which plans."""
    if solution.main is None:
        return None
    said = proof_of(solution.main)
    if not solution.main.proved or for_all_plans(solution):
        return said
    return Text(f"{said.en}, for the shortfalls as they are", f"{said.ru}, при этих недовыполнениях")
