"""What the rules of a partner's open products let them pay for, and what they close: rows of eligibility in words."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case, Rule, Source
from jaryq.factors.eligibility import by_source
from jaryq.factors.shares import credit_share
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block
from jaryq.report.partner_terms import percent
from jaryq.report.words import joined, name_of, region_of, same, sector_of, why_stated

ANYTHING = Text("anything", "всё")
SAID = {
    False: (Text("{product} is closed to: {what}.", "{product}, закрыто: {what}."),
            Text("{product} is closed to: {what}. Why: {why}.", "{product}, закрыто: {what}. Почему: {why}.")),
    True: (Text("{product} is open to: {what}.", "{product}, открыто: {what}."),
           Text("{product} is open to: {what}. Why: {why}.", "{product}, открыто: {what}. Почему: {why}.")),
}
"""Without and with a reason."""
MOST = Text("at most {most} of the cost", "не более {most} стоимости")
LEAST = Text("at least {least} of the cost, or nothing", "не менее {least} стоимости либо ничего")
BOTH = Text("{least} to {most} of the cost, or nothing", "от {least} до {most} стоимости либо ничего")
OF_EACH = Text("{said} Of each it pays {part}.", "{said} Доля в каждом проекте: {part}.")
OF_ANY = Text("Of each project {product} pays {part}.", "{product}, доля в каждом проекте: {part}.")
SO_FAR = Text("{product}: by the end of each year no more than its largest share of a project's bills by then is paid.",
              "{product}: к концу каждого года оплачено не более наибольшей доли счетов проекта на эту дату.")


def rules(found: Amounts, mine: Sequence[Source]) -> Block:
    """A sentence for each product, answer and reason, what is closed first; the kinds, regions and projects they speak
    of in the order of the input. A product without rows of eligibility pays for anything and has none."""
    stated = by_source(found.case.rules)
    notes: list[Text] = []
    for source in mine:
        if not source.open:
            continue
        spoken: dict[tuple[bool, Text | None, Text | None], list[Text]] = {}
        for rule in sorted(stated.get(source.id, ()), key=lambda rule: rule.allowed):
            part = part_of(found.case, rule, source) if rule.allowed else None
            spoken.setdefault((rule.allowed, why_stated(rule), part), []).append(subject(found.case, rule))
        for (allowed, reason, part), of in spoken.items():
            what = {"product": name_of(source), "what": joined(list(dict.fromkeys(of))) or ANYTHING}
            without, because = SAID[allowed]
            said = without.fill(**what) if reason is None else because.fill(**what, why=reason)
            notes.append(said if part is None else OF_EACH.fill(said=said, part=part))
        of_kinds = [by_kind(found.case, source, rule) for rule in stated.get(source.id, ()) if rule.allowed]
        settled = bool(of_kinds) and all(of_kinds) and source.min_share is None
        if not settled and (part := part_of(found.case, source)) is not None:
            notes.append(OF_ANY.fill(product=name_of(source), part=part))
        if source.share_holds == "so_far":
            notes.append(SO_FAR.fill(product=name_of(source)))
    return Block(Text("What its rules open and close", "Что его правила открывают и закрывают"), (), (), tuple(notes))


def part_of(case: Case, stated: Rule | Source, payer: Source | None = None) -> Text | None:
    """What of the cost of a project may be paid, at most and at least, by a row; the least counts in whole plans.
    ``payer``: whose row of eligibility it is; of a kind of asset an export credit pays no more than its rules leave."""
    shares = [1.0 if stated.max_share is None else stated.max_share]
    if payer is not None and isinstance(stated, Rule) and by_kind(case, payer, stated):
        shares += [1.0 if payer.max_share is None else payer.max_share,
                   credit_share(payer, case.asset_types[stated.asset_type or ""])]
    most = min(shares)
    least = (stated.min_share if case.settings.whole else None) or 0.0
    if most >= 1.0 and not least:
        return None
    said = LEAST if most >= 1.0 else BOTH if least else MOST
    return said.fill(most=percent(most), least=percent(least))


def by_kind(case: Case, payer: Source, row: Rule) -> bool:
    """Whether it is the row of an export credit on a kind of asset, which settles its largest share."""
    return payer.down_payment is not None and row.asset_type in case.asset_types


def subject(case: Case, rule: Rule) -> Text:
    """What a row of eligibility speaks of: a project, or kind, sector and region as far as they are stated."""
    if rule.project is not None:
        project = case.projects.get(rule.project)
        return name_of(project) if project else same(rule.project)
    kind = case.asset_types.get(rule.asset_type or "")
    parts = [name_of(kind) if kind else None, None if kind else sector_of(rule.sector), region_of(case, rule.region)]
    return joined([part for part in parts if part is not None], ", ") or ANYTHING
