"""What the rules of a partner's open products let them pay for, and what they close: rows of eligibility in words."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case, Rule, Source
from jaryq.factors.eligibility import by_source
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.partner_projects import PRODUCT
from jaryq.report.shapes import Value
from jaryq.report.words import NO, YES, joined, name_of, region_of, sector_of

ANYTHING = Text("anything", "всё")


def rules(found: Amounts, mine: Sequence[Source]) -> Block:
    """A row for each product, answer and reason, what is closed first; the kinds, regions and projects they speak of in
    the order of the input. A product without rows of eligibility pays for anything and has none."""
    fields = (Field(PRODUCT), Field(Text("For what", "За что")), Field(Text("May it pay", "Может ли платить")),
              Field(Text("Why", "Почему")))
    stated = by_source(found.case.rules)
    rows: list[tuple[Value, ...]] = []
    for source in mine:
        spoken: dict[tuple[bool, Text], list[Text]] = {}
        for rule in sorted(stated.get(source.id, ()), key=lambda rule: rule.allowed) if source.open else ():
            spoken.setdefault((rule.allowed, why(rule)), []).append(subject(found.case, rule))
        rows += [(name_of(source), joined(list(dict.fromkeys(of))), YES if allowed else NO, reason)
                 for (allowed, reason), of in spoken.items()]
    return Block(Text("What its rules open and close", "Что его правила открывают и закрывают"), fields, tuple(rows))


def why(rule: Rule) -> Text:
    """The reason of a row in both languages, empty where none is given."""
    return Text(rule.reason.strip(), rule.reason_ru.strip() or rule.reason.strip())


def subject(case: Case, rule: Rule) -> Text:
    """What a row of eligibility speaks of: a project, or kind, sector and region as far as they are stated."""
    if rule.project is not None:
        return name_of(case.project(rule.project))
    kind = case.asset_types.get(rule.asset_type or "")
    parts = [name_of(kind) if kind else None, None if kind else sector_of(rule.sector), region_of(case, rule.region)]
    return joined([part for part in parts if part is not None], ", ") or ANYTHING
