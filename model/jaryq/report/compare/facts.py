"""What a scenario comes to, in the few figures of which the sentences are made; and what its net value is made of
against the base."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.factors.dues import cost_by_year
from jaryq.factors.soft_rows import by_priority, rules_of
from jaryq.report.after_plan import still_to_pay
from jaryq.report.amounts import BENEFITS, Amounts
from jaryq.report.by_year import done_before, finished_in
from jaryq.report.compare.revalue import volume_of
from jaryq.report.compare.shapes import Bridge, Side
from jaryq.report.compare.ties import distance
from jaryq.report.figures import completed
from jaryq.report.objective import funding, gains
from jaryq.report.projects import NOTHING
from jaryq.report.targets import missed_rows
from jaryq.report.words import name_of

NOT_MONEY = ("stability", "targets")
"""Parts of the objective that are prices and no money."""
PRIORITIES = ("1", "2", "3")

PARTS: Mapping[str, Text] = {
    "benefits": Text("Benefits", "Выгоды"), "income": Text("Income and interest", "Доходы и проценты"),
    "volume": Text("More or fewer works", "Больше или меньше работ"),
    "timing": Text("Works in other years", "Работы в другие годы"), "prices": Text("Prices", "Цены"),
    "exchange": Text("Exchange rate", "Курс"), "discounting": Text("Discounting of works", "Дисконт работ"),
    "exchange_loss": Text("Exchange loss on loans", "Курсовые потери по займам"),
    "financing": Text("Terms of the money", "Условия денег"),
    "rest": Text("Crews, deficits", "Бригады, дефициты"),
}
"""What a change of the net value is made of; gains are positive."""


@dataclass(frozen=True)
class Facts:
    """Figures of one plan.

    ``facilities`` that count and ``km`` by its own ``last`` year, ``reached`` both by the end of the base's (None: the
    same year); money in bn KZT, ``spend`` nominal, the others present values
    (``cost``: of the money to the purse; ``value``: net, of the purse); ``distance``: from what is proved of the best
    plan at these shortfalls (None: not stated in money); ``shortfalls``: percent by priority, those that the case has;
    ``missed`` target rows of ``asked``, of which ``moved`` are asked of another year than in the base; ``drawn``:
    nominal by partner abroad; ``loans``: names of the loans drawn, by key; ``partners``: of every source from abroad
    the partner; ``after``: percent of the cost of the money that is paid after the base's last year; ``unpaid``: what
    works that end after the plan still cost then, nominal, in no other figure here."""

    facilities: float
    km: float
    spend: float
    cost: float
    benefits: float
    value: float
    distance: float | None
    shortfalls: Mapping[str, float]
    missed: int
    drawn: Mapping[str, float]
    loans: Mapping[str, Text]
    partners: Mapping[str, str]
    after: float
    last: int = 0
    reached: tuple[float, float] | None = None
    asked: int = 0
    moved: int = 0
    unpaid: float = 0.0

    @property
    def built(self) -> tuple[float, float]:
        """Facilities and km by the end of the base's last year."""
        return self.reached or (self.facilities, self.km)


def facts_of(sides: Sequence[Side]) -> tuple[Facts | None, ...]:
    """Of every scenario that has a plan."""
    base = next((one.found.case for one in sides if one.found), None)
    return tuple(None if one.found is None or base is None else _facts(one, one.found, base) for one in sides)


def by_the_end_of(found: Amounts, year: int) -> tuple[float, float]:
    """Facilities that count and km in service by the end of a year, what was done before included."""
    counting = [key for key, facility in found.case.facilities.items() if facility.counts]
    ended = [count for y, count in finished_in(found, counting).items() if y <= year]
    renewed = [amount for (_, y), amount in found.km.items() if y <= year]
    return (math.fsum([done_before(found, counting), *ended]),
            math.fsum([*(package.km_done for package in found.case.packages.values()), *renewed]))


def purse(found: Amounts) -> float:
    """Net value for the programme purse, whatever the plan was optimised for."""
    return math.fsum(amount for name, amount in gains(found).items() if name not in NOT_MONEY)


def _facts(one: Side, found: Amounts, base: Case) -> Facts:
    last, years = base.settings.last_year, {target.id: target.year for target in base.targets}
    missed = missed_rows(found)
    drawn: dict[str, list[float]] = {}
    loans: dict[str, Text] = {}
    for (s, _), amount in found.draw.items():
        source = found.case.sources[s]
        if source.foreign and amount > NOTHING:
            drawn.setdefault(source.partner, []).append(amount)
        if source.kind == "loan" and amount > NOTHING:
            loans[s] = name_of(source)
    return Facts(
        facilities=float(completed(found)), km=one.result.claims.get("km_renewed", 0.0),
        spend=math.fsum(found.outlay.values()), cost=funding(found), benefits=math.fsum(found.benefit.values()),
        value=purse(found), distance=distance(one) if found.case.settings.objective == "purse" else None,
        shortfalls={p: 100.0 * math.fsum(row.share for row in missed if row.priority == p) for p in PRIORITIES
                    if by_priority(found.factors, p)},
        missed=len(missed),
        drawn={partner: math.fsum(amounts) for partner, amounts in drawn.items()}, loans=loans,
        partners={s: source.partner for s, source in found.case.sources.items() if source.foreign},
        after=_after(found, last), last=found.case.settings.last_year,
        reached=None if found.case.settings.last_year == last else by_the_end_of(found, last),
        asked=len(found.case.targets) + len(rules_of(found.factors)),
        moved=sum(years.get(target.id, target.year) != target.year for target in found.case.targets),
        unpaid=math.fsum(still_to_pay(found).values()),
    )


def _after(found: Amounts, last: int) -> float:
    """Percent of the present value of what the draws cost that is paid after ``last``."""
    by: dict[int, list[float]] = {}
    for (s, y), amount in found.draw.items():
        for year, cost in cost_by_year(found.case.sources[s], y, found.factors.prices,
                                       found.factors.money.service.get((s, y))).items():
            by.setdefault(year, []).append(amount * cost)
    whole = math.fsum(v for parts in by.values() for v in parts)
    later = math.fsum(v for y, parts in by.items() if y > last for v in parts)
    return 100.0 * later / whole if whole > NOTHING else 0.0


@dataclass(frozen=True)
class Worth:
    """The change of a scenario's net value against the base's, in parts (of ``PARTS``) that add up; bn KZT, gains
    positive."""

    base: float
    parts: Mapping[str, float]
    value: float


def worths_of(sides: Sequence[Side], bridges: Sequence[Bridge]) -> tuple[Worth | None, ...]:
    """For each scenario; None for the base, and where it or the base has no plan."""
    base, waiting = sides[0].found, iter(bridges)
    return (None, *(None if base is None or one.found is None else _worth(base, one.found, next(waiting))
                    for one in sides[1:]))


def _worth(base: Amounts, found: Amounts, bridge: Bridge) -> Worth:
    before, after = gains(base), gains(found)

    def change(*names: str) -> float:
        return math.fsum([*(after[name] for name in names), *(-before[name] for name in names)])

    steps = {key: -amount for key, _, amount in bridge.steps}
    volume, timing = volume_of(base.case, base.plan, found.case, found.plan)
    rest = [name for name in after if name not in (*BENEFITS, "income", "interest", "draws", "fees", "lines",
                                                   *NOT_MONEY)]
    parts = {"benefits": change(*BENEFITS), "income": change("income", "interest"), "volume": -volume,
             "timing": -timing, "rest": change(*rest),
             **{key: amount for key, amount in steps.items() if key != "volume"}}
    # Rounded to a tenge: what is left of two equal sums is none.
    return Worth(purse(base), {key: round(parts.get(key, 0.0), 9) + 0.0 for key in PARTS}, purse(found))
