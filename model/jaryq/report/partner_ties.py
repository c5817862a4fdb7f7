"""What a partner's products could as well pay for: projects of the same kind that can take the place of one it pays
for, money for money and year for year, so that no total of any source changes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case, Facility, Package, Project, Source
from jaryq.case.scope import owner
from jaryq.factors.effective import outlay_after
from jaryq.factors.pace import effective
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block
from jaryq.report.partner_shape import NAMED, few
from jaryq.report.partner_terms import pays_for
from jaryq.report.projects import NOTHING, planned
from jaryq.report.so_far import keeps
from jaryq.report.words import joined, name_of, number

HEAD = Text("What it could as well pay for", "За что он мог бы платить с тем же успехом")
HOW = Text("Projects of the plan of the same kind with which one it pays for can be exchanged: it pays for them, and "
           "who pays for them now pays for the other, the same amounts in the same years. What every source pays, the "
           "works, the aims and the worth of the plan stay as they are; of the bills of consumers only how they are "
           "shared among regions may change.",
           "Проекты плана того же вида, с которыми можно обменять оплачиваемый: он платит за них, а те, кто платит за "
           "них сейчас, платят за другой, те же суммы в те же годы. Затраты каждого источника, работы, цели и ценность "
           "плана остаются прежними; у счетов потребителей может измениться только распределение по регионам.")
INSTEAD = Text("{product}, in place of {project}: {what}.", "{product}, вместо {project}: {what}.")
MANY = Text("{product}: {count} of its {all} projects can be exchanged so; such as “{project}” for “{what}”.",
            "{product}: так можно обменять {count} из его {all} проектов; например, «{project}» на «{what}».")
NONE = Text("None was found for: {projects}.", "Не найдено для: {projects}.")
MONEY = frozenset({"draw", "debt_service", "subsidy", "debt_stock", "borrowing", "guarantees", "new_guarantees",
                   "foreign_share", "burden"})
"""Measures that speak of who pays or owes; with a filter they may tell the two projects apart."""
SHOWN, MOST = 3, 12
"""Projects that are named in place of one, and of which none was found."""


def as_well(found: Amounts, mine: Sequence[Source]) -> Block:
    """A sentence for each project that could be exchanged, the largest first, and for those of which none was found."""
    notes, alone = list[Text](), dict[str, Text]()
    for source in mine:
        if source.open and _plain(found.case, source):
            names = {p: [name_of(found.case.project(q)) for q in places(found, source, p)]
                     for p in pays_for(found, source)}
            notes += _of(found, source, names)
            alone |= {p: name_of(found.case.project(p)) for p, others in names.items() if not others}
    if (without := joined(few(list(alone.values()), MOST))) is not None:
        notes.append(NONE.fill(projects=without))
    return Block(HEAD, (), (), (HOW, *notes) if notes else ())


def _of(found: Amounts, source: Source, names: Mapping[str, Sequence[Text]]) -> list[Text]:
    """Each project of a product with what could take its place, or of many how many there are and one of them."""
    could, product = {p: others for p, others in names.items() if others}, name_of(source)
    if len(names) > NAMED and could:
        first = next(iter(could))
        return [MANY.fill(product=product, count=number(len(could)), all=number(len(names)),
                          project=name_of(found.case.project(first)), what=could[first][0])]
    return [INSTEAD.fill(product=product, project=name_of(found.case.project(p)), what=joined(few(others, SHOWN)) or "")
            for p, others in could.items()]


def _plain(case: Case, source: Source) -> bool:
    """Whether an exchange of a source leaves what is asked of it alone: nothing but amounts by year and project."""
    told_apart = any(target.measure in MONEY and target.filter for target in case.targets)
    return not (told_apart or source.counterpart or source.smallest or source.draws_to
                or (source.tied_share and source.tied_over == "product"))


def _movable(case: Case, source: Source) -> bool:
    """Whether money of a source may move between projects without a choice of taking part."""
    return (_plain(case, source) and source.ticket is None and source.projects_most is None
            and not source.tied_share and source.min_share is None)


def places(found: Amounts, source: Source, p: str) -> list[str]:
    """Projects that could take the place of ``p``, the dearest first."""
    case, project = found.case, found.case.project(p)
    if not _free(project):
        return []
    others = (one for one in case.projects.values() if one.id != p and one.asset_type == project.asset_type
              and _free(one) and planned(found, one.id))
    good = [one.id for one in others if exchanged(found, source, p, one.id) is not None]
    return sorted(good, key=lambda q: (-found.spent.get(q, 0.0), q))


def _free(project: Project) -> bool:
    """Whether nothing but money ties a project to who pays: no lot, no contract, not begun or done."""
    if isinstance(project, Package):
        return project.lot is None and not project.committed
    return (isinstance(project, Facility) and project.lot is None and not project.committed
            and project.started is None and project.done is None)


Moved = Mapping[tuple[str, int], float]
"""Bn KZT of a year by source and year."""


def exchanged(found: Amounts, source: Source, p: str, q: str) -> Moved | None:
    """What others pay for ``q`` and would pay for ``p``, while the source pays for ``q`` what it pays for ``p``; None
    where limits on shares, years or money keep it from being so. What is found is right; what is not may be there:
    money of each year is taken from who pays most in it."""
    f, case = found.factors, found.case
    wanted = {y: amount for s, y, amount in found.draws_of[p] if s == source.id and amount > NOTHING}
    total = math.fsum(wanted.values())
    if (source.id, q) in found.paid and found.paid[source.id, q] > NOTHING:
        return None
    if not _room(found, source.id, q, wanted) or total < f.bounds.share_least.get((source.id, q), 0.0) * found.spent[q]:
        return None
    if not keeps(found, source.id, q, wanted):
        return None
    project, other = case.project(p), case.project(q)
    if source.tied_share and (found.spent[q] < found.spent[p] or any(
            found.paid.get((s, q), 0.0) > NOTHING for s, one in case.sources.items()
            if one.tied_share and one.partner == source.partner)):
        return None
    if owner(source, project) != owner(source, other):
        return None
    moved: dict[tuple[str, int], float] = {}
    capped = any(tariff.rise_in(y) is not None for tariff in case.tariffs for y in found.years)
    for y, need in sorted(wanted.items()):
        for s, amount in sorted(((s, a) for s, at, a in found.draws_of[q] if at == y and s != source.id),
                                key=lambda row: (-row[1], row[0])):
            payer = case.sources[s]
            if (not _movable(case, payer) or owner(payer, project) != owner(payer, other)
                    or (s, p) in f.bounds.share_least or (s, q) in f.bounds.share_least
                    or (capped and (s, y) in f.money.repaid and _bill(project) != _bill(other))):
                continue
            most = f.bounds.share_most.get((s, p), math.inf) * found.spent[p] - found.paid.get((s, p), 0.0)
            room = min(most - math.fsum(v for (one, _), v in moved.items() if one == s),
                       _most(found, s, p, y) - found.plan.draw.get((s, p, y), 0.0))
            part = min(need, amount, room)
            if part > NOTHING:
                moved[s, y] = part
                need -= part
        if need > NOTHING:
            return None
    more = {s: {y: amount for (one, y), amount in moved.items() if one == s} for s, _ in moved}
    return moved if all(keeps(found, s, p, by_year) for s, by_year in more.items()) else None


def _bill(project: Project) -> tuple[str | None, str | None]:
    return project.region, project.sector


def _room(found: Amounts, s: str, q: str, wanted: Mapping[int, float]) -> bool:
    """Whether a source may pay so much for another project by year and in all."""
    by_year = all(amount <= _most(found, s, q, y) + NOTHING for y, amount in wanted.items())
    share = found.factors.bounds.share_most.get((s, q), math.inf) * found.spent[q]
    return by_year and math.fsum(wanted.values()) <= share + NOTHING


def _most(found: Amounts, s: str, p: str, y: int) -> float:
    """Most that a source may pay for a project in a year; in that in which it becomes effective for the works of the
    plan from then on."""
    f, most = found.factors, found.factors.bounds.draw_most(s, p, y)
    late = f.bounds.begun.get(s)
    if late is None or late.year != y or p not in late.most:
        return most
    since = outlay_after(f.case, f.works, f.outlay(p, y), y, effective(f.case.sources[s]))
    return min(most, since.on(found.plan))
