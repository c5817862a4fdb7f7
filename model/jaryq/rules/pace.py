"""Rules of pace and ramps: what a lender or a kind of works asks of yearly amounts (docs/numbers.md: Pace and
continuity)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.case import Case, Source
from jaryq.factors.derive import Factors
from jaryq.factors.loans import new_loan
from jaryq.factors.pace import pace_to, paced
from jaryq.rules.rows import Rows, span_of
from jaryq.rules.sizes import number
from jaryq.tables.numerals import listed
from jaryq.tables.tables import Tables

RAMPED = ("asset_types", "sources")
"""Sheets whose rows may have ramps."""

WHOLE = 1e-6
"""Percent within which shares add up to 100."""


def paid_in(f: Factors, s: str, years: range | None = None) -> float:
    """What sheet progress says a source has paid (in some years), bn of its currency."""
    return math.fsum(row.amount / f.prices.exchange(f.case.sources[s].currency, row.year) for row in f.case.paid
                     if row.source == s and (years is None or row.year in years))


def signed_before(case: Case, source: Source) -> bool:
    """Whether it is a loan signed before the first planned year."""
    return source.kind == "loan" and not new_loan(source, case.settings.plan_from)


def ramps_have_a_least(tables: Tables) -> Iterator[Issue]:
    """A ramp needs the amount that is allowed on top of a rise, by which a missed fall is measured too; alone that
    amount means nothing."""
    for sheet in RAMPED:
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            ramped = row.get("ramp_up") is not None or row.get("ramp_down") is not None
            if ramped and row.get("ramp_least") is None:
                yield rows.issue("missing_value", position, "ramp_least", what=Text(
                    "what is allowed on top of a rise, with ramp_up or ramp_down", "что допустимо сверх роста, при "
                    "ramp_up или ramp_down"))
            for column, needs in (("ramp_least", ramped), ("ramp_from", ramped),
                                  ("ramp_start", row.get("ramp_up") is not None)):
                if row.get(column) is not None and not needs:
                    yield rows.issue("unused_term", position, column,
                                     where="ramp_up" if column == "ramp_start" else "ramp_up, ramp_down")


def ramps_begin_in_time(tables: Tables) -> Iterator[Issue]:
    """A ramp that begins after the last planned year leaves each of them at what was done before the plan (a
    surprise)."""
    span = span_of(tables)
    for sheet in RAMPED:
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            begins = row.get("ramp_from")
            ramped = row.get("ramp_up") is not None or row.get("ramp_down") is not None
            if ramped and begins is not None and begins > span["last_year"] and row.get("status") != "closed":
                yield rows.issue("ramp_after_plan", position, "ramp_from", last=span["last_year"],
                                 before=span["plan_from"] - 1)


def pace_is_whole(tables: Tables) -> Iterator[Issue]:
    """Shares of a pace add up to the whole of an amount that is stated; so is what must be drawn."""
    rows = Rows(tables, "sources")
    plan_from = span_of(tables)["plan_from"]
    for position, row in rows.rows:
        if row.get("status") == "closed":
            continue
        loan, signing = row.get("kind") == "loan", row.get("signing_year")
        before = loan and signing is not None and signing < plan_from
        unknown = row.get("envelope") is None and not (before and row.get("signed") is not None)
        if row.get("pace") is not None:
            together = math.fsum(listed(row["pace"]))
            if abs(together - 100.0) > WHOLE:
                yield rows.issue("pace_unfit", position, "pace", detail=Text(
                    f"its shares add up to {number(together)} %, not 100", f"доли темпа в сумме {number(together)} %, "
                    "а не 100"), remedy=Text("Enter shares of all years of draws, separated by ;, that add up to 100 %",
                                             "Введите через ; доли всех лет выборки, в сумме 100 %"))
            elif unknown:
                yield rows.issue("pace_unfit", position, "pace", detail=Text(
                    "an envelope is needed: pace is a share of it", "нужен лимит (envelope): темп это доля от него"),
                    remedy=Text("Enter the amount in envelope, or clear pace",
                                "Введите сумму в envelope или очистите pace"))
        if row.get("must_draw") and row.get("envelope") is None and unknown and (before or not loan):
            yield rows.issue("missing_value", position, "envelope", what=Text(
                "the amount that must be drawn, bn of the currency", "сумма, которую нужно выбрать, млрд в валюте"))


def pace_is_felt(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Where signing more costs nothing, a pace holds only against the envelope (a surprise)."""
    rows, case = Rows(tables, "sources"), factors.case
    for position, row in rows.rows:
        source = case.sources[row["source_id"]]
        if not (source.open and source.kind == "loan" and source.pace) or signed_before(case, source):
            continue
        if source.front_end == 0 and source.commitment_fee == 0 and not source.must_draw:
            yield rows.issue("pace_free", position, "pace")


def pace_ends_in_time(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """To the last year of draws a pace, or a late effectiveness, lets all of the signed amount be drawn (else a
    surprise)."""
    rows, case = Rows(tables, "sources"), factors.case
    for position, row in rows.rows:
        source = case.sources[row["source_id"]]
        if not source.open or not paced(source):
            continue
        share = pace_to(source, source.available_to)
        if share < 1 - 1e-9:
            yield rows.issue("pace_late", position, "pace" if source.pace else "effective_months",
                             year=source.available_to, share=number(100 * share))


def ramps_have_a_base(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A rise is counted from what was done the year before: with nothing there, only a little is allowed, unless
    it says how much may be done at the beginning (a surprise)."""
    case = factors.case
    first = case.settings.plan_from
    rows = Rows(tables, "asset_types")
    for position, row in rows.rows:
        kind = case.asset_types[row["asset_type"]]
        mine = [package for package in case.packages.values() if package.asset_type == kind.id]
        if not (kind.ramp and kind.ramp.up is not None and kind.ramp.start is None and mine):
            continue
        if not any(n.done.get(first - 1) for n in mine):
            yield rows.issue("ramp_without_base", position, "ramp_up", year=first - 1, next=first,
                             least=Text(f"{kind.ramp.least:g} km", f"{kind.ramp.least:g} км"))
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        source = case.sources[row["source_id"]]
        if not (source.open and source.ramp and source.ramp.up is not None and source.ramp.start is None):
            continue
        begin = max(source.available_from, first)
        if begin > first or paid_in(factors, source.id, range(first - 1, first)) <= 0:
            least = source.ramp.least
            yield rows.issue("ramp_without_base", position, "ramp_up", year=begin - 1, next=begin,
                             least=Text(f"{least:g} bn {source.currency}", f"{least:g} млрд {source.currency}"))


def ramps_leave_contracts_alone(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What is under contract comes on top of a ramp (a note)."""
    case = factors.case
    rows = Rows(tables, "asset_types")
    for position, row in rows.rows:
        kind = case.asset_types[row["asset_type"]]
        if not kind.ramp or kind.ramp.up is None:
            continue
        for year in case.settings.years:
            km = math.fsum(n.committed.get(year, 0.0) for n in case.packages.values() if n.asset_type == kind.id)
            if km > 0:
                yield rows.issue("ramp_exempt", position, "ramp_up", what=Text(f"{km:g} km of {year}",
                                                                              f"{km:g} км {year} года"))
    rows = Rows(tables, "sources")
    begun = [key for key, facility in case.facilities.items()
             if facility.done is None and (facility.committed or facility.started is not None)]
    for position, row in rows.rows:
        source = case.sources[row["source_id"]]
        if source.open and source.ramp and source.ramp.up is not None and not source.draws_to:
            paid = [key for key in begun if source.id in factors.bounds.pays[key]]
            if paid:
                names = ", ".join(paid[:MOST_NAMES]) + (", ..." if len(paid) > MOST_NAMES else "")
                yield rows.issue("ramp_exempt", position, "ramp_up",
                                 what=Text(f"what it pays for {names}", f"то, что он платит за {names},"))


MOST_NAMES = 8
"""Keys that a note names."""
