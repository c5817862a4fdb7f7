"""What the rules of a partner's open products let them pay for, and what they close: rows of eligibility in words."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case, Rule, Source
from jaryq.factors.eligibility import by_source
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block
from jaryq.report.words import joined, name_of, region_of, same, sector_of, why_stated

ANYTHING = Text("anything", "всё")
SAID = {
    False: (Text("{product} is closed to: {what}.", "{product}, закрыто: {what}."),
            Text("{product} is closed to: {what}. Why: {why}.", "{product}, закрыто: {what}. Почему: {why}.")),
    True: (Text("{product} is open to: {what}.", "{product}, открыто: {what}."),
           Text("{product} is open to: {what}. Why: {why}.", "{product}, открыто: {what}. Почему: {why}.")),
}
"""Without and with a reason."""


def rules(found: Amounts, mine: Sequence[Source]) -> Block:
    """A sentence for each product, answer and reason, what is closed first; the kinds, regions and projects they speak
    of in the order of the input. A product without rows of eligibility pays for anything and has none."""
    stated = by_source(found.case.rules)
    notes: list[Text] = []
    for source in mine:
        spoken: dict[tuple[bool, Text | None], list[Text]] = {}
        for rule in sorted(stated.get(source.id, ()), key=lambda rule: rule.allowed) if source.open else ():
            spoken.setdefault((rule.allowed, why_stated(rule)), []).append(subject(found.case, rule))
        for (allowed, reason), of in spoken.items():
            said = {"product": name_of(source), "what": joined(list(dict.fromkeys(of))) or ANYTHING}
            without, because = SAID[allowed]
            notes.append(without.fill(**said) if reason is None else because.fill(**said, why=reason))
    return Block(Text("What its rules open and close", "Что его правила открывают и закрывают"), (), (), tuple(notes))


def subject(case: Case, rule: Rule) -> Text:
    """What a row of eligibility speaks of: a project, or kind, sector and region as far as they are stated."""
    if rule.project is not None:
        project = case.projects.get(rule.project)
        return name_of(project) if project else same(rule.project)
    kind = case.asset_types.get(rule.asset_type or "")
    parts = [name_of(kind) if kind else None, None if kind else sector_of(rule.sector), region_of(case, rule.region)]
    return joined([part for part in parts if part is not None], ", ") or ANYTHING
