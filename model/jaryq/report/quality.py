"""Two sections of the summary: how far the plan is from the best possible, and how much of it rests on estimates."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Facility, Package
from jaryq.report.amounts import Amounts
from jaryq.report.calibration import compared
from jaryq.report.gains import WHO, gain_of
from jaryq.report.projects import planned, reason
from jaryq.report.proved import proof_of_plan
from jaryq.report.published import how_sure
from jaryq.report.searched import CUT, ENDED, MEASURES
from jaryq.report.shapes import Fact, Section
from jaryq.report.words import (
    CHEAP,
    CHEAP_AT_HOME,
    COMMITTED,
    FOR_TARGET,
    OBJECTIVES,
    OWN_VALUE,
    at_most,
    joined,
    number,
    same,
    stage_name,
)
from jaryq.solve.solution import Solution
from jaryq.verify.finding import Finding

NOTES = {
    "purse": Text("For budgets, utilities and consumers of the country taken as one payer.",
                  "Для бюджетов, предприятий и потребителей страны как одного плательщика."),
    "least_cost": Text("Cost of all draws less income, present value.",
                       "Стоимость всей выборки за вычетом доходов, приведённая."),
    "most_benefit": Text("Present value of benefits.", "Приведённая стоимость выгод."),
    "earliest_finish": Text("Years, weighted by cost.", "Лет, взвешено по стоимости."),
}

NOT_PROVED = Text("not proved yet", "ещё не доказано")
EQUIVALENTS, NORMALISED = Text("equivalents", "эквив."), Text("normalised", "нормир.")


def distance(found: Amounts, solution: Solution, findings: Sequence[Finding], society: float) -> Section:
    """Objective, certified bound and gap, society beside the purse, checks."""
    unit = "years" if solution.objective == "earliest_finish" else BILLION
    said = OBJECTIVES.get(solution.objective, same(solution.objective))
    facts = [
        Fact(Text(f"Objective: {said.en}", f"Цель оптимизации: {said.ru}"), solution.value, unit,
             NOTES.get(solution.objective), strong=True),
        Fact(Text("Certified bound", "Доказанная граница"), solution.certified_bound, unit,
             Text("No plan with the same shortfalls is better than this (exact arithmetic).",
                  "Ни один план с теми же недовыполнениями не лучше (точная арифметика).")),
    ]
    if solution.certified_gap is not None and solution.objective != "earliest_finish":
        known = math.isfinite(solution.certified_gap)
        facts.append(Fact(Text("Certified distance from the best", "Доказанное расстояние до лучшего"),
                          at_most(100.0 * solution.certified_gap) if known else NOT_PROVED, "%" if known else "",
                          Text("Of the present value of spending, rounded up.",
                               "От приведённой стоимости затрат, с округлением вверх."), strong=True,
                          key="distance"))
    facts += _searched(solution, unit)
    if solution.main is not None:
        facts.append(Fact(Text("What is proved", "Что доказано"), None, "", proof_of_plan(solution, findings),
                          strong=solution.main.proved))
    facts.append(Fact(Text("Net value for society", "Чистая ценность для общества"), society, BILLION,
                      Text("All spending counted in full; what foreign loans and grants leave in the country counts as "
                           "a gain.",
                           "Все затраты полностью; то, что зарубежные займы и гранты оставляют стране, считается "
                           "выигрышем.")))
    gain = gain_of(found)
    facts += [
        Fact(Text(f"of which {WHO[who].en}", f"из них: {WHO[who].ru}"), gain[who], BILLION)
        for who in ("state", "users", "lenders") if gain[who]
    ]
    facts += [*_divisible(found, solution), *_red_zone(solution)]
    held, of = sum(1 for finding in findings if finding.ok), number(len(findings))
    if findings:
        facts.append(Fact(Text("Checks that hold", "Выполнено проверок"), held, "",
                          Text(f"of {of.en}, by independent recomputation", f"из {of.ru}, независимый пересчёт"),
                          key="checks"))
    lead = Text("The distance is proved, whatever the solver did; the sheet stages has the bound of every stage, the "
                "sheet objective its parts.",
                "Расстояние доказано независимо от решателя; границы всех этапов на листе stages, слагаемые цели на "
                "листе objective.")
    return Section(Text("How good the plan is", "Насколько план хорош"), lead, tuple(facts))


def _searched(solution: Solution, unit: str) -> list[Fact]:
    """The distance as a share of the value at stake, the solver's own bound, and what ended the search of each
    stage."""
    facts = []
    if solution.certified_gap_of_stake is not None:
        facts.append(Fact(Text("The same of the value at stake", "То же от ценности, зависящей от выбора"),
                          at_most(100.0 * solution.certified_gap_of_stake), "%",
                          Text("Of benefits less payments of the facilities that the linear program leaves undecided.",
                               "От выгод за вычетом платежей объектов, не решённых линейной программой.")))
    if (search := solution.search) is None:
        return facts
    if search.branching is not None:
        facts.append(Fact(Text("Bound of the solver's branching", "Граница ветвления решателя"), search.branching, unit,
                          Text("Not certified; for the shortfalls as they are.",
                               "Не доказана; при этих недовыполнениях.")))
    if solution.renewed is not None:
        facts.append(Fact(Text("Branching", "Ветвление"), None, "",
                          Text("none: of a plan with stretches the distance is what the plan with facilities divisible "
                               "proves, without what no whole plan can do",
                               "нет: у плана с участками расстояние доказано планом с делимыми объектами, без того, "
                               "что не может ни один целый план")))
    measure = MEASURES[search.gap.measure]
    size = number(search.gap.size, 2)
    facts.append(Fact(Text("What ended the search", "Чем закончился поиск"), None, "",
                      Text(f"{ENDED[search.ended].en}; tolerance: {size.en} bn KZT, a share {measure.en}",
                           f"{ENDED[search.ended].ru}; допуск: {size.ru} млрд тенге, доля {measure.ru}")
                      if search.gap.measure in ("outlays", "stake") else ENDED[search.ended]))
    for stage in solution.stages:
        if stage.name != "objective" and stage.search is not None and stage.search.ended in CUT:
            said = stage_name(stage.name, solution.objective)
            facts.append(Fact(Text(f"Search of {said.en}", f"Поиск: {said.ru}"), None, "", ENDED[stage.search.ended]))
    return facts


def _divisible(found: Amounts, solution: Solution) -> list[Fact]:
    """The same programme with facilities divisible, at its own shortfalls: its distance from the plan in money,
    shortfalls and projects."""
    other = solution.divisible
    if other is None:
        return []
    unit = "years" if solution.objective == "earliest_finish" else BILLION
    apart = number(solution.value - solution.lp_relaxation, 2)
    short = [(stage.name.removeprefix("priority_"), stage.value - stage.relaxation) for stage in solution.stages
             if stage.name.startswith("priority_") and stage.relaxation is not None
             and abs(stage.value - stage.relaxation) > 1e-6]
    said = joined([Text(f"of priority {p} {v:+.3f}", f"приоритета {p} {v:+.3f}".replace(".", ","))
                   for p, v in short]) or Text("none", "нет")
    more = number(other.equivalents - math.fsum(found.share.values()) + 0.0, 2)
    against = Text(f"More than the plan by {more.en}", f"Больше плана на {more.ru}")
    if not more.en.strip("-0."):
        against = Text("As many as in the plan", "Столько же, что в плане")
    return [
        Fact(Text("Were facilities divisible: objective", "Будь объекты делимы: показатель цели"),
             solution.lp_relaxation, unit,
             Text(f"Whole less divisible: {apart.en}; shortfalls (normalised): {said.en}.",
                  f"Целые минус делимые: {apart.ru}; недовыполнение (нормированное): {said.ru}.")),
        Fact(Text("Were facilities divisible: equivalents done", "Будь объекты делимы: эквивалентов"),
             other.equivalents, "",
             Text(f"{against.en}; {other.partial} done in part, {other.split} with a split start: no plan that can be "
                  "built.",
                  f"{against.ru}; частично {other.partial}, с разделённым началом {other.split}: построить так "
                  "нельзя."), said=EQUIVALENTS),
    ]


def _red_zone(solution: Solution) -> list[Fact]:
    """What mending the red zone first changes: the objective, and the shortfalls of each priority."""
    cost = solution.red_cost
    if cost is None:
        return []
    facts = [Fact(Text("Red zone first changes the objective by", "Красная зона сначала меняет показатель на"),
                  cost.objective,
                  "years" if solution.objective == "earliest_finish" else BILLION,
                  Text("The linear program (facilities divisible) with the stage less that without it.",
                       "Линейная программа (объекты делимы) с этапом минус без него."),
                  strong=True)]
    for priority, change in cost.shortfalls.items():
        facts.append(Fact(Text(f"and shortfalls of priority {priority} by",
                               f"и недовыполнения приоритета {priority} на"), round(change, 6) + 0.0, "",
                          Text("Normalised; more is worse.", "Нормированное; больше хуже."), said=NORMALISED))
    return facts


def rests_on(found: Amounts, solution: Solution) -> Section:
    """Shares of nominal spending: by data status, and by why projects are in the plan; remarks of the run."""
    active = [project for key, project in found.case.projects.items() if planned(found, key)]
    reasons = {project.id: reason(found, project) for project in active}
    every = (OWN_VALUE, CHEAP, CHEAP_AT_HOME, COMMITTED, FOR_TARGET)
    why = {said: _part(found, [p for p in active if reasons[p.id] is said], lambda _: True) for said in every}
    facts = [
        *how_sure(found),
        *compared(found),
        Fact(Text("Spending on projects with their own value", "Затраты на проекты с собственной выгодой"),
             why[OWN_VALUE], "%",
             Text("Not committed; benefits at least their full cost.",
                  "Без обязательства; выгоды не меньше полной стоимости.")),
        Fact(Text("Spending justified only by cheap foreign money", "Затраты, оправданные только дешёвыми деньгами"),
             why[CHEAP], "%",
             Text("Benefits below the full cost, above the price of the money.",
                  "Выгоды ниже полной стоимости, но выше цены денег.")),
        Fact(Text("Spending justified only by cheap loans at home",
                  "Затраты, оправданные только дешёвыми займами внутри страны"), why[CHEAP_AT_HOME], "%",
             Text("Benefits below the full cost for the country; lenders at home bear the difference.",
                  "Выгоды ниже полной стоимости для страны; разницу несут кредиторы внутри страны.")),
        Fact(Text("Spending on commitments", "Затраты по обязательствам"), why[COMMITTED], "%",
             Text("Begun or committed, whatever the benefits.", "Начатые и обязательные, какими бы ни были выгоды.")),
        Fact(Text("Spending for targets alone", "Затраты только ради целей"), why[FOR_TARGET], "%",
             Text("Benefits below even the price of the money.", "Выгоды ниже даже цены денег.")),
    ]
    facts += [Fact(Text("Remark of the run", "Замечание расчёта"), None, "", same(remark))
              for remark in solution.remarks]
    lead = Text("Where most spending is for targets, the net present value says little about single projects.",
                "Если большая часть затрат ради целей, ЧПС мало говорит об отдельных проектах.")
    return Section(Text("What it rests on", "На чём основано"), lead, tuple(facts))


def _part(found: Amounts, active: Sequence[Facility | Package], chosen: Callable[[Facility | Package], bool]) -> float:
    """Percent of nominal spending on the chosen projects (0 if nothing is spent)."""
    total = math.fsum(found.outlay.values())
    return 100.0 * math.fsum(found.spent.get(p.id, 0.0) for p in active if chosen(p)) / total if total > 0 else 0.0
