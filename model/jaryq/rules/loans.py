"""Rules of loans: their terms, lines into funds, floors and tariffs. Part of the rules across sheets
(``run.py``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jaryq.base.digits import apart
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.build import settings_values
from jaryq.case.case import Source
from jaryq.case.rates import ReferenceRate
from jaryq.case.scope import draws_on
from jaryq.factors.derive import Factors
from jaryq.factors.loans import rate_of, reference, schedule
from jaryq.rules.rows import EACH_YEAR, Rows, span_of
from jaryq.tables.numerals import listed
from jaryq.tables.tables import Tables

Row = Mapping[str, Any]


def _loans(rows: Rows) -> Iterator[tuple[int, Row]]:
    """Open loans of sheet sources."""
    return ((position, row) for position, row in rows.rows if row.get("kind") == "loan"
            and row.get("status") != "closed")


def _open(rows: Rows) -> Iterator[tuple[int, Row]]:
    return ((position, row) for position, row in rows.rows if row.get("status") != "closed")


def loans_have_terms(tables: Tables) -> Iterator[Issue]:
    """A loan needs a tenor longer than its grace, with at least one payment in it."""
    rows = Rows(tables, "sources")
    for position, row in _loans(rows):
        if row.get("tenor") is None:
            yield rows.issue("missing_value", position, "tenor", what=Text("years", "лет"))
            continue
        grace = row.get("grace") or 0.0
        if row["tenor"] < grace or (row["tenor"] == grace and row.get("repayment") != "bullet"):
            yield rows.issue(
                "loan_terms", position, "tenor",
                detail=Text("the tenor must be longer than the grace", "срок должен быть больше льготного периода")
            )
        elif round(row["tenor"] * (row.get("payments") or 2)) < 1:
            yield rows.issue("loan_terms", position, "tenor",
                             detail=Text("no payment falls into the tenor", "в срок не попадает ни один платёж"))


def loans_have_a_rate(tables: Tables) -> Iterator[Issue]:
    """A loan has either a fixed rate or a reference rate."""
    rows = Rows(tables, "sources")
    for position, row in _loans(rows):
        if row.get("rate") is None and row.get("rate_index") is None:
            yield rows.issue(
                "missing_value", position, "rate",
                what=Text("% a year, or a reference rate in rate_index", "% в год или базовая ставка в rate_index")
            )
        if row.get("rate") is not None and row.get("rate_index") is not None:
            yield rows.issue("either_or", position, "rate_index", columns="rate, rate_index")


def references_are_complete(tables: Tables) -> Iterator[Issue]:
    """A reference rate has a value for each year from the first planned one to the last one given."""
    rows = Rows(tables, "reference_rates")
    columns, begin = rows.year_columns(), span_of(tables)["plan_from"]
    for position, row in rows.rows:
        given = [year for year in columns if row.get(str(year)) is not None]
        for year in range(begin, max([begin, *given]) + 1):
            if year not in given:
                yield rows.issue("missing_rate", position, str(year), what=Text("reference rate", "базовая ставка"),
                                 years=year, where=EACH_YEAR)


def shares_fit_the_payments(tables: Tables) -> Iterator[Issue]:
    """Repayment by shares states one share for each payment of principal; shares stand for nothing else."""
    rows = Rows(tables, "sources")
    for position, row in _loans(rows):
        if row.get("repayment") != "shares":
            if row.get("shares") is not None:
                yield rows.issue("shares_unfit", position, "shares", needed=0,
                                 detail=Text("repayment is not shares", "погашение не долями"))
            continue
        parts = listed(row.get("shares"))
        if sum(parts) <= 0:
            yield rows.issue(
                "shares_unfit",
                position,
                "shares",
                needed=_instalments(row),
                detail=Text("numbers separated by ; are needed, not all zero",
                            "нужны числа через ;, не все равные нулю"),
            )
        elif row.get("tenor") is not None:
            needed = _instalments(row)
            if needed != len(parts):
                yield rows.issue("shares_unfit", position, "shares", needed=needed,
                                 detail=Text(f"{len(parts)} are given", f"{len(parts)} указано"))


def _instalments(row: Row) -> int:
    """Payments of principal of a draw in the signing year (docs/numbers.md: Loans); a late one meets the last of
    them."""
    m = row.get("payments") or 2
    later = 1 if row.get("first_repayment") == "one_period_after" else 0
    first = max(1, round(m * (row.get("grace") or 0.0)) + later)
    return int(max(round(m * (row.get("tenor") or 0.0)) - first + 1, 1))


def _first_draw(row: Row, span: Mapping[str, int]) -> int:
    return max(int(row.get("available_from") or 0), span["plan_from"])


def subsidies_stay_below_the_rate(tables: Tables) -> Iterator[Issue]:
    """The State pays no more points than the rate has (a surprise: the rest is not paid)."""
    rows = Rows(tables, "sources")
    for position, row in _loans(rows):
        if row.get("rate") is not None and (row.get("subsidy") or 0.0) > row["rate"]:
            yield rows.issue("subsidy_above_rate", position, "subsidy", rate=f"{row['rate']:g}")


def floating_rates_stay_above_zero(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Reference rate and margin are below zero in a year in which interest is due: the lowest is told, and what is
    charged (a surprise)."""
    rows, case = Rows(tables, "sources"), factors.case
    for position, row in _loans(rows):
        source = case.sources[row["source_id"]]
        if source.rate_index is None or _lowest(case.references[source.rate_index]) + source.margin >= 0.0:
            continue
        due = {y + part.later for y in factors.bounds.years.get(source.id, ())
               for part in schedule(source, y, case.references)}
        bare = {u: reference(case.references[source.rate_index], u) + source.margin for u in due}
        year = min(bare, key=lambda u: (bare[u], u), default=None)
        if year is not None and bare[year] < -1e-12:
            charged = rate_of(source, year, case.references)
            column = next((c for c in ("rate_floor", "margin") if row.get(c) is not None), "rate_index")
            yield rows.issue("rate_below_zero", position, column, rate=f"{100 * bare[year]:.6g}", year=year,
                             charged=f"{100 * charged:.6g}")


def _lowest(row: ReferenceRate) -> float:
    """The lowest that a reference rate ever is."""
    return min([*row.rates.values(), row.long_run])


def signing_is_known(tables: Tables) -> Iterator[Issue]:
    """A loan is signed before it is drawn; of one signed before the first planned year the amount is known where a
    commitment fee is due on it."""
    span = span_of(tables)
    rows = Rows(tables, "sources")
    for position, row in _loans(rows):
        signing = row.get("signing_year")
        if signing is None:
            continue
        if signing > _first_draw(row, span):
            first = _first_draw(row, span)
            yield rows.issue("years_out_of_order", position, "signing_year", rule=Text(
                f"signing_year <= {first}, the first year of its draws (available_from, plan_from)",
                f"signing_year <= {first}, первый год выборки (available_from, plan_from)"))
        if row.get("signed") is not None and signing >= span["plan_from"]:
            yield rows.issue("unused_term", position, "signed", where=f"signing_year < {span['plan_from']}")
        due = (row.get("commitment_fee") or 0.0) > 0 and signing < span["plan_from"]
        if due and row.get("signed") is None and row.get("envelope") is None:
            yield rows.issue(
                "missing_value", position, "signed",
                what=Text("signed amount or envelope, bn of the currency", "подписанная сумма или лимит, млрд в валюте")
            )


def funds_of_loans_exist(tables: Tables) -> Iterator[Issue]:
    """What draws_to and service_from name is an open fund; only a loan has them; only a fund earns interest."""
    rows = Rows(tables, "sources")
    funds = {row.get("source_id") for _, row in _open(rows) if row.get("carry_over") == "fund"
             and row.get("kind") != "loan"}
    for position, row in _open(rows):
        for column in ("draws_to", "service_from"):
            if row.get(column) is not None and row.get("kind") != "loan":
                yield rows.issue("unused_term", position, column, where="kind = loan")
            elif row.get(column) is not None and row[column] not in funds:
                yield rows.issue("not_a_fund", position, column)
        if (row.get("interest") or 0.0) > 0 and row.get("carry_over") != "fund":
            yield rows.issue("unused_term", position, "interest", where="carry_over = fund")


def lines_pay_for_no_project(tables: Tables) -> Iterator[Issue]:
    """A loan drawn into a fund pays for no project, so terms by project mean nothing for it."""
    rows = Rows(tables, "sources")
    for position, row in _loans(rows):
        if row.get("draws_to") is None:
            continue
        for column in ("max_share", "min_share", "down_payment", "tied_share", "counterpart", "ticket",
                       "projects_most", "quantity"):
            if row.get(column):
                yield rows.issue("line_term", position, column)
        if row.get("share_holds") == "so_far":
            yield rows.issue("line_term", position, "share_holds")


def ends_of_limits_are_in_order(tables: Tables) -> Iterator[Issue]:
    """A smallest share or amount is not above the largest; what may be drawn is signed."""
    shares = ("min_share", "max_share")
    for sheet, pairs in (("sources", (shares, ("smallest", "envelope"), ("envelope", "signed"))),
                         ("eligibility", (shares,))):
        rows = Rows(tables, sheet)
        for position, row in _open(rows):
            for least, most in pairs:
                if row.get(least) is not None and row.get(most) is not None and row[least] > row[most]:
                    limit, _ = apart(row[most], row[least])
                    yield rows.issue("limits_crossed", position, least, most=most, limit=limit)


def shares_stand_where_money_is_allowed(tables: Tables) -> Iterator[Issue]:
    """A row of eligibility that excludes has no shares."""
    rows = Rows(tables, "eligibility")
    for position, row in rows.rows:
        for column in ("max_share", "min_share"):
            if row.get("allowed") is False and row.get(column) is not None:
                yield rows.issue("unused_term", position, column, where="allowed = yes")


def whole_plans_only(tables: Tables) -> Iterator[Issue]:
    """Smallest shares and amounts, and numbers of what is paid for or signed, hold only in whole plans (a
    surprise)."""
    if settings_values(tables)["facilities"] == "whole":
        return
    for sheet in ("sources", "eligibility", "source_groups"):
        rows = Rows(tables, sheet)
        for position, row in _open(rows):
            for column in ("min_share", "smallest", "ticket", "projects_most", "signed_most"):
                if row.get(column):
                    yield rows.issue("unused_in_divisible", position, column)


def floors_are_open(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A floor on draws speaks of at least one open source: stops if the target is hard, else a surprise."""
    case = factors.case
    rows = Rows(tables, "targets")
    closed = {
        target.row
        for target in case.targets
        if target.measure == "draw" and target.sense != "<=" and target.value > 0
        and _all_closed([s for s in case.sources.values() if draws_on(target, s)])
    }
    for position, row in rows.rows:
        if row.get("target") in closed:
            yield rows.issue("hard_floor_on_closed" if row.get("priority") == "hard" else "floor_on_closed", position,
                             "filter")


def _all_closed(sources: list[Source]) -> bool:
    return bool(sources) and not any(source.open for source in sources)


def tariffs_have_projects(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A tariff speaks of a region and sector in which something is planned (a note)."""
    rows = Rows(tables, "tariffs")
    planned = {(project.region, project.sector) for project in factors.case.projects.values()}
    for position, row in rows.rows:
        if (row.get("region"), row.get("sector")) not in planned:
            yield rows.issue("tariff_without_projects", position, "sector")
