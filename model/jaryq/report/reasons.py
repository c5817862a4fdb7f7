"""Why money is left unused: the rule, or the limit of the source that binds, or its price."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package, Source
from jaryq.factors.lenders import SMALL
from jaryq.factors.pace import pace_to, paced
from jaryq.report.amounts import Amounts
from jaryq.report.lenders import cumulative, signed
from jaryq.report.projects import planned
from jaryq.report.terms import price
from jaryq.report.words import joined, name_of, number, why_closed

CLOSE = 1e-6
"""Relative distance at which a limit counts as reached."""
NOTHING_ELIGIBLE = Text("may pay for no project of the programme", "не может платить ни за один проект программы")
NOTHING_LEFT = Text("all it may pay for is paid or finished", "всё, за что он может платить, оплачено или завершено")
LEFT_TO_OTHERS = Text("all it may pay for is paid or finished, {amount} bn KZT of it by other money",
                      "всё, за что он может платить, оплачено или завершено, из этого другими деньгами {amount} млрд "
                      "тенге")
NO_SPENDING = Text("nothing it may pay for is built in these years",
                   "в эти годы не строится ничего, за что он может платить")
OTHER_LIMITS = Text("not dearer, no limit of its own: what it may still pay for is not worth its cost, or works and "
                    "years bind",
                    "не дороже, своего предела нет: оставшееся не окупается либо держат ресурсы работ и годы")


def why_unused(found: Amounts, source: Source, years: Sequence[int], mine: Sequence[Facility | Package], left: float
               ) -> Text:
    """The reasons that hold, the firmest first; ``left``: what of it is not used in the years, bn KZT. Its price holds
    it only where it has something to pay for: works outside the plan, or as much as is left that others pay."""
    if not source.open:
        return why_closed(source) or Text("closed", "закрыт")
    if source.draws_to:
        fund = name_of(found.case.sources[source.draws_to])
        return Text(f"drawn into {fund.en}, which needs no more", f"поступает в «{fund.ru}», которому больше не нужно")
    if not mine:
        return NOTHING_ELIGIBLE
    spending = {p.id: math.fsum(found.outlay.get((p.id, y), 0.0) for y in years) for p in mine}
    others = {p.id: spending[p.id] - math.fsum(found.plan.draw.get((source.id, p.id, y), 0.0) for y in years)
              for p in mine}
    unbuilt = [p for p in mine if _unfinished(found, p)]
    rest = math.fsum(other for other in others.values() if other > CLOSE)
    useful = rest >= left * (1.0 - CLOSE) or not all(_built_otherwise(found, p) for p in unbuilt)
    dearer = _dearer(found, source, mine) if useful else []
    if all(other <= CLOSE for other in others.values()):
        if not unbuilt:
            return NOTHING_LEFT
        if not any(spending.values()):
            return joined([NO_SPENDING, *dearer]) or NO_SPENDING
    held = [p for p in mine if others[p.id] > CLOSE]
    limits = [*_of_pace(found, source, years), *_of_ticket(found, source, mine), *_limits(found, source, held)]
    paid = [] if useful else [LEFT_TO_OTHERS.fill(amount=number(rest, 2)) if rest > CLOSE else NOTHING_LEFT]
    return joined([*limits, *paid, *dearer]) or OTHER_LIMITS


def _of_pace(found: Amounts, source: Source, years: Sequence[int]) -> list[Text]:
    """That all that its pace lets be drawn by the last of the years is drawn."""
    amount, last = signed(found, source), max(years, default=None)
    if not paced(source) or amount is None or last is None:
        return []
    share = pace_to(source, last)
    if share >= 1.0 or cumulative(found, source, last) < share * amount * (1.0 - CLOSE) - CLOSE:
        return []
    part = number(100.0 * share)
    return [Text(f"its pace binds: by the end of {last} at most {part.en} % of what is signed may be drawn",
                 f"держит темп выборки: к концу {last} года можно выбрать не более {part.ru} % подписанного")]


def _of_ticket(found: Amounts, source: Source, mine: Sequence[Facility | Package]) -> list[Text]:
    """That what it might still pay for is smaller than its ticket."""
    closed = found.factors.bounds.payees.closed
    small = sum(s == source.id and why.en.startswith(SMALL.en.partition(" (")[0])
                and _unfinished(found, found.case.projects[p]) for (s, p), why in closed.items())
    if source.ticket is None or not small or any(_unfinished(found, p) and (source.id, p.id) not in closed
                                                 for p in mine):
        return []
    return [Text(f"its ticket binds: all {small} projects that it might still pay for are smaller",
                 f"держит наименьшая сумма на проект: все оставшиеся проекты ({small}) меньше её")]


def _unfinished(found: Amounts, project: Facility | Package) -> bool:
    """Whether anything of a project is left outside the plan."""
    if isinstance(project, Facility):
        return project.done is None and not planned(found, project.id)
    return project.km - project.km_done - found.renewed.get(project.id, 0.0) > CLOSE


def _built_otherwise(found: Amounts, project: Facility | Package) -> bool:
    """Whether the asset of a facility is done by a variant of it, so that nothing of it is left to pay for."""
    facilities = found.case.facilities
    return isinstance(project, Facility) and any(
        facilities[v].done is not None or planned(found, v) for v in found.case.assets.get(project.asset, ()))


def _limits(found: Amounts, source: Source, projects: Sequence[Facility | Package]) -> list[Text]:
    """Limits of the source that are reached in every project where others pay too."""
    if not projects:
        return []
    case, factors = found.case, found.factors

    def full(share: float | None, paid: float, project: str) -> bool:
        return share is not None and paid >= share * found.spent.get(project, 0.0) * (1.0 - CLOSE) - CLOSE

    group = case.groups.get(source.group or "")
    members = [s for s, other in case.sources.items() if other.group and other.group == source.group]
    reasons = {
        "share": [full(factors.bounds.share_most.get((source.id, p.id)), found.paid.get((source.id, p.id), 0.0), p.id)
                  for p in projects],
        "group": [
            group is not None and full(group.max_share, math.fsum(found.paid.get((s, p.id), 0.0) for s in members),
                                       p.id) for p in projects
        ],
        "content": [source.tied_share > 0 and _content(found, source, p) for p in projects],
        "counterpart": [source.counterpart > 0 and _counterpart(found, p) for p in projects],
    }
    said = {
        "share": Text("its largest share is reached in every project that others pay for too",
                      "предел доли достигнут во всех проектах, которые оплачивают и другие"),
        "group": Text("the largest share of its group is reached", "достигнут предел доли группы"),
        "content": Text("tied: the partner's suppliers can deliver no more",
                        "связан: поставщики партнёра больше поставить не могут"),
        "counterpart": Text("no counterpart money is left beside it", "не хватает средств заёмщика"),
    }
    texts = [said[name] for name, held in reasons.items() if all(held)]
    if not texts and all(any(held[i] for held in reasons.values()) for i in range(len(projects))):
        texts = [Text("its share, tied content or counterpart money binds in each project",
                      "в каждом проекте держит доля, связанность или средства заёмщика")]
    together = math.fsum(found.drawn(s, y) for s in members for y in found.years)
    if group is not None and group.envelope is not None and together >= group.envelope * (1.0 - CLOSE):
        texts.append(Text("the envelope of its group is used up", "лимит группы исчерпан"))
    return texts


def _content(found: Amounts, source: Source, project: Facility | Package) -> bool:
    """Whether tied money of the partner has bought all that its suppliers can deliver in a project."""
    kind = found.case.asset_types.get(project.asset_type or "")
    content = kind.content.get(source.partner, 0.0) if kind else 0.0
    tied = [s for s in found.case.sources.values() if s.partner == source.partner and s.tied_share > 0]
    bought = math.fsum(
        found.plan.supplied.get((s.id, project.id), 0.0) if s.tied_over == "product"
        else s.tied_share * found.paid.get((s.id, project.id), 0.0) for s in tied
    )
    return bought >= content * found.spent.get(project.id, 0.0) * (1.0 - CLOSE) - CLOSE


def _counterpart(found: Amounts, project: Facility | Package) -> bool:
    """Whether home budgets and own money in a project are no more than what loans there ask for."""
    sources = found.case.sources
    paid = {s: amount for (s, p), amount in found.paid.items() if p == project.id}
    own = math.fsum(v for s, v in paid.items() if sources[s].kind in ("budget", "own") and not sources[s].foreign)
    return own <= math.fsum(sources[s].counterpart * v for s, v in paid.items()) * (1.0 + CLOSE) + CLOSE


def _dearer(found: Amounts, source: Source, mine: Sequence[Facility | Package]) -> list[Text]:
    """Dearer than what it would take the place of: the money used in the projects it may pay for."""
    own, _ = price(found, source)
    keys = {p.id for p in mine}
    paid = [(found.factors.money.cost[s, y], v)
            for (s, p, y), v in found.plan.draw.items() if p in keys and s != source.id]
    total = math.fsum(v for _, v in paid)
    if own is None or total <= 0:
        return []
    mean = math.fsum(cost * v for cost, v in paid) / total
    if own <= mean * (1.0 + CLOSE):
        return []
    here, there = number(own, 2), number(mean, 2)
    return [Text(f"it is dearer than the money used: all payments on one tenge of it come to {here.en} tenge of today, "
                 f"on one tenge of the money used to {there.en}",
                 f"он дороже использованных денег: все платежи за один его тенге составляют {here.ru} сегодняшнего "
                 f"тенге, а за один использованный тенге {there.ru}")]
