"""Sheets sources and source_years. Nothing here is chosen to reach a target."""

from __future__ import annotations

from kazakhstan_builder.abroad import institutions, japan
from kazakhstan_builder.facts import PLANNED, Facts, Record, both, trace
from kazakhstan_builder.home import at_home
from kazakhstan_builder.source import Source
from kazakhstan_builder.terms import with_terms


def all_sources(facts: Facts) -> list[Source]:
    return sorted([*japan(facts), *institutions(facts), *at_home(facts)], key=lambda source: (bool(source.closed), source.rank))


def source_records(facts: Facts) -> tuple[list[Record], list[Record]]:
    """Rows of ``sources`` and ``source_years``."""
    sources: list[Record] = []
    years: list[Record] = []
    for one in all_sources(facts):
        fact = facts.sources[one.row or one.key]
        rate, grace, tenor = one.loan or (None, None, None)
        marks = trace(one.status, both(fact["source_url"], *one.fact_urls), f"{one.rule}; {one.more}" if one.more else one.rule)
        sources.append(
            with_terms({
                "source_id": one.key,
                "name": one.names[0] or fact["name_en"],
                "name_ru": one.names[1] or fact["name_ru"],
                "kind": one.kind,
                "partner": one.partner,
                "status": "closed" if one.closed else "open",
                "closed_reason": one.closed or None,
                "currency": one.currency,
                "envelope": one.envelope,
                "carry_over": one.carry,
                "keep": None,
                "available_from": one.years[0],
                "available_to": one.years[1],
                "max_share": one.max_share,
                "rate": rate,
                "grace": grace,
                "tenor": tenor,
                "repayment": "equal_principal" if one.loan else None,
                "payments": 2 if one.loan else None,
                "front_end": one.front_end if one.loan else None,
                "tied_share": one.tied,
                "tied_over": "project" if one.tied else None,
                "rank": one.rank,
                **marks,
            })
        )
        if one.ceilings is not None:
            ceilings = one.ceilings if isinstance(one.ceilings, dict) else dict.fromkeys(PLANNED, one.ceilings)
            years.append({"source_id": one.key, **{str(year): ceilings[year] for year in PLANNED}, **marks})
    return sources, years
