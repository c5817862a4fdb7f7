"""One function for each command on uncertain inputs: from the ground it stands on to its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.means import without_register
from jaryq.api.uncertain.batches import Order, Pool, order_of, worked_off
from jaryq.api.uncertain.early_told import as_told, if_known
from jaryq.api.uncertain.fronts import Frontier, alternatives, frontier_of
from jaryq.api.uncertain.futures import Futures, futures, turns
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.hands import Going
from jaryq.api.uncertain.judge import first_stop, keys_of
from jaryq.api.uncertain.risk import risk_front
from jaryq.api.uncertain.stress import fan_of, stressed
from jaryq.api.uncertain.swept import Unknown as Unknown
from jaryq.api.uncertain.swept import named_figures
from jaryq.api.uncertain.swept import sweep as sweep
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.sectors import SECTORS
from jaryq.base.text import Text
from jaryq.case.uncertain import changes_of_draw
from jaryq.factors.derive import derive
from jaryq.factors.indicators import figures, indicators, missed
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.choosing import almost, along
from jaryq.handover.uncertain.decided import early_blocks, starts_said
from jaryq.handover.uncertain.ensemble import many_futures
from jaryq.handover.uncertain.known import not_knowing, verdict
from jaryq.handover.uncertain.others import against_each_other, almost_as_good
from jaryq.handover.uncertain.regret import CHOSEN, regretting
from jaryq.handover.uncertain.stress import under_stress
from jaryq.handover.uncertain.two_stage import deciding
from jaryq.rules.feasible import OF_FUTURES
from jaryq.uncertainty.draws import draws
from jaryq.uncertainty.early import money
from jaryq.uncertainty.ensemble import Ensemble
from jaryq.uncertainty.outcomes import BEYOND, MANNED, ORDERED, UNFUNDED, Outcome
from jaryq.uncertainty.pieces import Work, in_turn
from jaryq.uncertainty.two_stage import FIRST as FIRST
from jaryq.uncertainty.two_stage import LAST as LAST
from jaryq.uncertainty.two_stage import Regrets, TwoStage, regrets, two_stage

Say = Callable[[str], None]

NO_WHOLE = Text("there is no plan of whole facilities", "плана из целых объектов нет")


def ensemble(ground: Ground, count: int, seed: int, folder: Path, pool: Pool, *, resume: bool, whole: int = 0,
             going: Going = lambda done, of: None, say: Say = lambda text: None) -> Ensemble:
    """``count`` futures worked off by ``pool``, kept in ``folder``; whole plans of the first ``whole`` of them."""
    drawn = draws(ground.rows, count, seed)
    order = order_of(ground.accepted, ground.plan, ground.rows, drawn.values.tolist())
    keys = keys_of(ground.accepted)
    judged = worked_off(order, folder, pool, keys, resume=resume, going=going)
    wholes = {}
    for number in range(min(whole, count)):
        say(f"a whole plan of draw {number + 1}")
        if judged[number].impossible is None:
            wholes[number] = _whole(ground.accepted, order, number)
    return Ensemble(drawn, tuple(judged), keys, wholes)


def _whole(accepted: Accepted, order: Order, number: int) -> Outcome:
    """The best plan with whole facilities of a draw, by the means of packages as all draws are."""
    changed = accept_changes(accepted, changes_of_draw(order.rows, order.values[number]), past=OF_FUTURES)
    case = replace(changed.case, settings=replace(changed.case.settings, prices=0, explain="off"))
    plain = replace(changed, factors=derive(case, changed.factors))
    try:
        solution = without_register(plain)
    except (Infeasible, NoPlan):
        return Outcome(None, why=first_stop(changed.issues) or NO_WHOLE)
    found = figures(plain.factors, solution.plan, indicators(plain.case))
    stages = {stage.name: stage.value for stage in solution.stages}
    nothing = dict.fromkeys((UNFUNDED, BEYOND, MANNED, ORDERED), 0.0)
    return Outcome({**found, **nothing, **stages}, missed(plain.factors, solution.plan))


def told_of_ensemble(ground: Ground, made: Ensemble) -> list[Front]:
    return list(many_futures(ground.accepted.case, made, named_figures(ground.accepted)))


def stages(accepted: Accepted, asked: Sequence[str], known_from: int | None, level: float | None, seconds: float,
           say: Say, *, amounts: bool = True, work: Work = in_turn) -> tuple[Futures, TwoStage]:
    """Early decisions for all futures together. Raises Unasked, Infeasible, NoPlan."""
    found = futures(accepted, asked, known_from, say, amounts=amounts)
    return found, two_stage(found.branches, found.early, seconds, level, found.mean, say, money(turns()),
                            work)


def told_of_stages(accepted: Accepted, found: Futures, made: TwoStage, level: float | None) -> Front:
    plans = [(Text("decided for all", "решено для всех"), made.together),
             *([] if made.mean is None else [(Text("decided for the mean", "решено для среднего"), made.mean)])]
    blocks = early_blocks(accepted.case, as_told(found, plans), found.known_from)
    costs = [None if one is None else one - known.cost
             for one, known in zip(made.together.in_each, made.known, strict=True)]
    said = verdict(accepted.case, as_told(found, plans[:1])[0], if_known(found, made), found.known_from,
                   not_knowing(costs))
    return deciding(made, found.titles, found.known_from, blocks, level, found.projects, amounts=found.amounts,
                    late=found.late, verdict=said)


def regret(found: Futures, made: TwoStage, seconds: float, say: Say, work: Work = in_turn) -> Regrets:
    """The table of regret. Raises NoPlan."""
    return regrets(found.branches, found.early, made.known, [replace(made.together, name="together")], seconds, say,
                   money(turns()), work)


def told_of_regret(found: Futures, made: Regrets) -> Front:
    names = {branch.name: title for branch, title in zip(found.branches, found.titles, strict=True)}
    names |= {"together": Text("all futures (least mean)", "все варианты (наименьшее среднее)"),
              CHOSEN: Text("least regret", "наименьшее сожаление")}
    best = made.plans[made.least]
    first = (best, *(plan for plan in made.plans if plan is not best))
    plans = as_told(found, [(names[plan.name], plan) for plan in first])
    case, year = found.base.case, found.known_from
    own = as_told(found, [(names[plan.name], plan) for plan in made.plans[: len(found.branches)]])
    said = verdict(case, as_told(found, [(names[best.name], best)])[0], own, year,
                   not_knowing(made.of[made.least]))
    return regretting(made, names, found.titles, found.projects, early_blocks(case, plans, year),
                      starts_said(case, plans, year), amounts=found.amounts, late=found.late, verdict=said)


def told_of_front(made: Frontier) -> Front:
    return against_each_other("_".join(made.names), made.axes, made.units,
                              [(point.one, point.other) for point in made.points], made.note,
                              along(made.case, made.axes[1], [point.other for point in made.points], made.taken))


def front_of_risk(accepted: Accepted, asked: Sequence[str], known_from: int | None, level: float, count: int, say: Say,
                  *, amounts: bool = True, work: Work = in_turn) -> Frontier:
    """Money against risk over scenarios. Raises Unasked, Infeasible, NoPlan."""
    return risk_front(futures(accepted, asked, known_from, say, amounts=amounts), level, count, say, work)


def front(accepted: Accepted, names: tuple[str, str], count: int, work: Work = in_turn) -> Frontier:
    """Raises NoAxis, Infeasible, NoPlan."""
    return frontier_of(accepted, names, count, work)


def told_of_alternatives(accepted: Accepted, percent: float) -> Front:
    """Raises Infeasible, NoPlan."""
    made = alternatives(accepted, percent)
    case = accepted.case
    called = {"sector": SECTORS, "region": {key: Text(one.name, one.name_ru) for key, one in case.regions.items()},
              "source": {key: Text(one.name, one.name_ru) for key, one in case.sources.items()}}
    groups = {kind: [(called.get(kind, {}).get(key, Text(key, key)), one.best, one.low, one.high)
                     for key, one in sorted(found.items(), key=lambda item: -(item[1].high - item[1].low))]
              for kind, found in made.groups.items()}
    facilities = case.facilities
    every, some = ([Text(facilities[key].name, facilities[key].name_ru) for key in keys if key in facilities]
                   for keys in (made.shared, made.open))
    partly = [(Text(facilities[key].name, facilities[key].name_ru), *ends) for key, ends in made.partly.items()
              if key in facilities]
    return almost_as_good(percent, groups, every, some, made.plans, almost(percent, every, some, made.plans), partly)


def told_of_stress(ground: Ground, count: int = 0, seed: int = 0, work: Work = in_turn) -> Front:
    """``count``: draws of the uncertain rates for the fan."""
    made = stressed(ground.accepted, ground.plan, work)
    return under_stress(made, fan_of(ground.accepted, ground.plan, ground.rows, made, count, seed, work))
