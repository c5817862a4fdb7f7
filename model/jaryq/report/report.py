"""The whole report of a plan, as a value without language, fonts or cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jaryq.base.text import Text
from jaryq.report.partner_shape import PartnerPage
from jaryq.report.shapes import Fact, Out, Ref, Section
from jaryq.report.streets import Streets


@dataclass(frozen=True)
class Report:
    """Everything a plan workbook shows: title, overview, tables in the order of their sheets, manifest, pages to hand
    over, streets for the map."""

    title: Text
    subtitle: Text
    overview: tuple[Section, ...]
    tables: Mapping[str, Out]
    manifest: Mapping[str, str]
    partner_pages: tuple[PartnerPage, ...] = ()
    streets: Streets = field(default_factory=Streets)

    def value(self, ref: Ref) -> float:
        """The number a reference stands for."""
        return self.tables[ref.sheet].total(ref.heading, ref.group)

    def fact(self, key: str) -> Fact | None:
        """The key figure of the overview with that key; None where this plan has none."""
        return {fact.key: fact for section in self.overview for fact in section.facts}.get(key)
