"""Table ``choices``: groups of choice, products of a group of which only some are signed, payees of lenders; and what
of these keeps a facility out of the plan."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.case.case import Facility, Source
from jaryq.report.amounts import Amounts
from jaryq.report.lenders import counts_payees, is_used, paid_to
from jaryq.report.partner_debt import BN
from jaryq.report.projects import planned
from jaryq.report.shapes import Out, Value
from jaryq.report.timing import status_of
from jaryq.report.words import NO, NOT_CHOSEN, YES, joined, name_of, same

CHOICE, SOURCES, LENDER = (Text("group of choice", "группа выбора"), Text("group of sources", "группа источников"),
                           Text("lender", "кредитор"))
LEAST, MOST = Text("at least {n}", "не менее {n}"), Text("at most {n}", "не более {n}")
EXACTLY = Text("exactly {n}", "ровно {n}")
TICKET = Text("{n} bn {code} a project", "{n} млрд {code} на проект")
PROJECTS = Text("projects: at most {n}", "проектов: не более {n}")
GROUP_FULL = Text("its group «{group}» is full (at most {n}): {names}",
                  "его группа «{group}» заполнена (не более {n}): {names}")
LENDER_CLOSED = Text("{lender} may not pay for it: {why}", "{lender} не может платить: {why}")
LENDER_FULL = Text("{lender} pays for as many projects as it may ({n}): {names}",
                   "{lender} платит за наибольшее число проектов ({n}): {names}")
PRODUCTS_FULL = Text("{lender} is not signed: of «{group}» at most {n}: {names}",
                     "{lender} не подписан: из «{group}» не более {n}: {names}")
NOT_ENFORCED = Text("The plan is divisible: tickets and numbers of projects and products are not enforced.",
                    "План делимый: наименьшие суммы и число проектов и продуктов не соблюдаются.")
TOLD = 2
"""Reasons told of a facility."""


def choices_table(found: Amounts) -> Out:
    """Groups of choice, then of sources, then lenders, each with its members (of lenders those that are paid)."""
    rows = (*_groups(found), *_products(found), *_payees(found))
    headings = ("of", "group", "name", "asked", "chosen", "member", "member_name", "taken", "amount", "unit")
    return Out("choices", tuple(h for h in headings if h not in ("amount", "unit") or any(row.get(h) for row in rows)),
               rows, remarks=() if found.case.settings.whole or not rows else (NOT_ENFORCED,))


def _groups(found: Amounts) -> Iterator[dict[str, Value]]:
    case = found.case
    for key, group in case.choices.items():
        members = [f for f in case.facilities.values() if key in f.choices]
        asked = _asked(group.at_least, group.at_most)
        number = math.fsum(_share(found, f) for f in members)
        for facility in members:
            yield {"of": CHOICE, "group": key, "name": name_of(group), "asked": asked, "chosen": number,
                   "member": facility.id, "member_name": name_of(facility),
                   "taken": status_of(found, (facility.id,))}


def _products(found: Amounts) -> Iterator[dict[str, Value]]:
    for key, group in found.case.groups.items():
        if group.signed_most is None:
            continue
        members = [s for s in found.case.sources.values() if s.group == key and s.open]
        number = float(sum(is_used(found, source) for source in members))
        for source in members:
            yield {"of": SOURCES, "group": key, "name": name_of(group), "asked": MOST.fill(n=group.signed_most),
                   "chosen": number, "member": source.id, "member_name": name_of(source),
                   "taken": YES if is_used(found, source) else NO,
                   "amount": math.fsum(found.use(source.id, y) for y in found.years),
                   "unit": BN.fill(code=source.currency)}


def _payees(found: Amounts) -> Iterator[dict[str, Value]]:
    for source in found.case.sources.values():
        if not counts_payees(source):
            continue
        paid = paid_to(found, source)
        asked = [TICKET.fill(n=f"{source.ticket:g}", code=source.currency)] if source.ticket is not None else []
        asked += [PROJECTS.fill(n=source.projects_most)] if source.projects_most is not None else []
        for x, amount in paid.items():
            yield {"of": LENDER, "group": source.id, "name": name_of(source), "asked": joined(asked),
                   "chosen": float(len(paid)), "member": x, "member_name": _payee(found, x), "taken": YES,
                   "amount": amount, "unit": BN.fill(code=source.currency)}


def _asked(least: int | None, most: int | None) -> Text | None:
    if least is not None and least == most:
        return EXACTLY.fill(n=least)
    return joined(([LEAST.fill(n=least)] if least is not None else [])
                  + ([MOST.fill(n=most)] if most is not None else []))


def _share(found: Amounts, facility: Facility) -> float:
    return 1.0 if facility.done is not None else found.share.get(facility.id, 0.0)


def _payee(found: Amounts, x: str) -> Text:
    """A project by its name; a lot goes by its own."""
    return name_of(found.case.projects[x]) if x in found.case.projects else same(x)


def not_chosen(found: Amounts, facility: Facility) -> Text:
    """That a facility is not chosen, with what of groups and lenders stands against it: facts of the plan, each of
    which would have to be otherwise for it to be done so, or paid so."""
    said = joined([*_full_groups(found, facility), *_lenders_against(found, facility)][:TOLD])
    return NOT_CHOSEN if said is None else Text(f"{NOT_CHOSEN.en}; {said.en}", f"{NOT_CHOSEN.ru}; {said.ru}")


def _full_groups(found: Amounts, facility: Facility) -> Iterator[Text]:
    case = found.case
    for key in facility.choices:
        group = case.choices[key]
        there = [f for f in case.facilities.values()
                 if key in f.choices and (f.done is not None or planned(found, f.id))]
        if group.at_most is not None and math.fsum(_share(found, f) for f in there) > group.at_most - 1.0 + 1e-6:
            names = joined([name_of(f) for f in there]) or "0"
            yield GROUP_FULL.fill(group=name_of(group), n=group.at_most, names=names)


def _lenders_against(found: Amounts, facility: Facility) -> Iterator[Text]:
    """Lenders that it might have, or would but for what they ask, in the order of sources."""
    bounds, whole = found.factors.bounds, found.case.settings.whole
    for s, source in found.case.sources.items():
        if (why := bounds.payees.closed.get((s, facility.id))) is not None:
            yield LENDER_CLOSED.fill(lender=name_of(source), why=why)
        elif whole and s in bounds.pays[facility.id] and (full := _full_lenders(found).get(s)) is not None:
            yield full


@once
def _full_lenders(found: Amounts) -> dict[str, Text]:
    """Of lenders that may take part in nothing more in this plan, or not at all, what it is that they have."""
    case, said = found.case, dict[str, Text]()
    for s, source in case.sources.items():
        if counts_payees(source) and source.projects_most is not None:
            paid = paid_to(found, source)
            if paid and len(paid) >= source.projects_most:
                said[s] = LENDER_FULL.fill(lender=name_of(source), n=len(paid),
                                           names=joined([_payee(found, x) for x in paid]) or "")
        group = case.groups.get(source.group or "")
        if s not in said and group is not None and group.signed_most is not None and source.open:
            used = [other for other in _members(found, source) if is_used(found, other)]
            if source not in used and len(used) >= group.signed_most:
                said[s] = PRODUCTS_FULL.fill(lender=name_of(source), group=name_of(group), n=group.signed_most,
                                             names=joined([name_of(other) for other in used]) or "0")
    return said


def _members(found: Amounts, source: Source) -> list[Source]:
    return [other for other in found.case.sources.values() if other.group == source.group and other.open]
