"""What is said of an opposite that is not shut out: by how much the plan found with it differs, and within what; how
much better one could be (docs/numbers.md, The other choice)."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.report.points import more as as_more
from jaryq.report.words import number, stage_name
from jaryq.solve.choice import Choice
from jaryq.solve.solution import MET, Solution

ALIKE = Text("neither better nor worse", "не лучше и не хуже")
BETTER = Text("better by {by} {unit}", "лучше на {by} {unit}")
WORSE = Text("worse by {by} {unit}", "хуже на {by} {unit}")
FROM_BEST = Text("{said}, within what the plan may be from the best: {most} {unit}",
                 "{said}, в пределах того, насколько план может отстоять от лучшего: {most} {unit}")
WITHIN = Text("{said}, within the tolerance of the search: {most} {unit}",
              "{said}, в пределах допуска поиска: {most} {unit}")
NO_BETTER = Text("{said}. But {missed}. That lies within the tolerance of the search, and by the order of the aims it "
                 "is no better plan{none}",
                 "{said}. Но {missed}. Это в пределах допуска поиска, а по порядку целей это не лучший план{none}")
NONE_BETTER = Text(". Of plans that miss no more none is better by more than {most} {unit}",
                   ". Из планов, где недовыполнено не больше, ни один не лучше более чем на {most} {unit}")
AIMS_MORE = Text("more is missed of the aims of priority {bare}: {by}",
                 "цели приоритета {bare} недовыполнены больше: {by}")
STAGE_MORE = Text("“{stage}” is worse by {by}",
                  "по этапу «{stage}» хуже на {by}")
COULD = Text("no plan as good was found with it {other}. If there is one, it is better by at most {by} {unit}",
             "если {other}, план не хуже этого не найден. Если он есть, он лучше не более чем на {by} {unit}")
COULD_MORE = Text("no plan as good was found with it {other}. If there is one, it is better by at most {by} {unit}. "
                  "One that misses more, within the tolerance of the search, is better by at most {more} {unit}",
                  "если {other}, план не хуже этого не найден. Если он есть, он лучше не более чем на {by} {unit}. "
                  "Если он в пределах допуска поиска недовыполняет цели больше, он лучше не более чем на {more} {unit}")
SEEN = 5e-7
"""What differs by less than this differs by nothing."""
TOLD_APART, AT_MOST = 1e-5, 1e-3
"""A solver tells no plans apart by this part of the objective, at most a million KZT."""


def amount(value: float) -> Text:
    """A number with enough decimals to be seen; what is too small for six is 0."""
    if abs(value) < SEEN:
        return number(0.0)
    return number(value, 2 if abs(value) >= 0.1 else 4 if abs(value) >= 0.001 else 6)


def from_best(solution: Solution) -> float | None:
    """How far the plan may be from the best of those that miss no more, in the last stage; proved."""
    last = solution.stages[-1]
    return None if last.bound is None else abs(last.bound - last.value)


def tolerance(solution: Solution) -> float:
    """How near the search of the last stage had to come: plans within it are told apart by nothing."""
    last = solution.stages[-1]
    return max(0.0 if last.search is None else last.search.gap.size, MET * max(1.0, abs(last.value)))


def within(solution: Solution, one: Choice, unit: Text) -> Text:
    """The difference of a plan found with the opposite, what it lies within, and where it misses more."""
    worse, apart = one.at_most.get(solution.stages[-1].name, 0.0), from_best(solution)
    if abs(worse) < max(SEEN, min(AT_MOST, TOLD_APART * abs(solution.stages[-1].value))):
        return ALIKE
    said = (WORSE if worse > 0.0 else BETTER).fill(by=amount(abs(worse)), unit=unit)
    if worse > 0.0:
        return WITHIN.fill(said=said, unit=unit, most=amount(tolerance(solution)))
    missed = next((_missed(solution, stage.name, more) for stage in solution.stages[:-1]
                   if (more := one.at_most.get(stage.name, 0.0)) > MET * max(1.0, abs(stage.value))), None)
    if missed is not None:
        none = "" if apart is None else NONE_BETTER.fill(most=amount(apart), unit=unit)
        return NO_BETTER.fill(said=said, missed=missed, none=none)
    most = tolerance(solution) if apart is None else max(apart, -worse)
    return FROM_BEST.fill(said=said, unit=unit, most=amount(most))


def _missed(solution: Solution, stage: str, more: float) -> Text:
    """In which stage before the last a plan is worse."""
    bare = stage.removeprefix("priority_")
    if bare != stage:
        return AIMS_MORE.fill(bare=bare, by=as_more(more))
    return STAGE_MORE.fill(stage=stage_name(stage, solution.objective), by=amount(more))


def could(solution: Solution, other: Text, by: float, unit: Text) -> Text:
    """Of what is undecided: how much better a plan with the opposite could be; one that misses no more by no more than
    the plan is from the best."""
    apart = from_best(solution)
    if apart is None or apart >= by:
        return COULD.fill(other=other, by=amount(by), unit=unit)
    if len(solution.stages) == 1:
        return COULD.fill(other=other, by=amount(apart), unit=unit)
    return COULD_MORE.fill(other=other, by=amount(apart), more=amount(by), unit=unit)
