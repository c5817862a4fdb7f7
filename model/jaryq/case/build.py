"""From typed Tables to the Case: defaults filled, percent to fractions, keys sorted, rows with ``by`` expanded. No
rules here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaryq.case.adequacy import balances, borrowers, tariffs, ties
from jaryq.case.calibration import with_calibration
from jaryq.case.case import (
    Case,
    Currency,
    Period,
    PriceIndex,
    ReferenceRate,
    Region,
    Rule,
    Settings,
    Source,
    SourceGroup,
)
from jaryq.case.expand import expand_targets
from jaryq.case.fill import in_order, named, part, rows, share, whole, years_of
from jaryq.case.lines import lines
from jaryq.case.projects import asset_type, facilities, kinds_in, packages, ramp
from jaryq.case.quantities import quantities
from jaryq.case.registered import registered
from jaryq.case.resources import choices, crews, last_plan, outage_limits, paid_before, sequence, trenches
from jaryq.case.sureness import columns_of, status_in
from jaryq.case.wishes import wishes
from jaryq.case.works import months_between
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTING_COLUMNS
from jaryq.tables.numerals import listed
from jaryq.tables.register_sheet import register_of
from jaryq.tables.tables import Tables

EVALUATION_YEARS = 30
ORDERED = ("facilities", "networks", "sources", "regions", "targets", "quantities")


def build(tables: Tables, scenario: str = "base") -> Case:
    """The Case of checked tables. Raises KeyError or ValueError only for tables that have not passed the rules."""
    settings = _settings(tables)
    areas, periods = balances(tables, settings), _periods(settings)
    wanted = wishes(tables, periods)
    named_quantities = {str(r["quantity"]).lower(): r["quantity"] for r in rows(tables, "quantities")}
    stretches, networks = registered(register_of(tables), packages(tables, settings), settings, named_quantities)
    case = Case(
        name=tables.name,
        scenario=scenario,
        settings=settings,
        periods=periods,
        regions=in_order(
            {
                r["region"]: Region(zone=r["zone"], open_months=months_between(r["works_from"], r["works_to"]),
                                    population=r["population"], income=r["income"], income_index=r["income_index"],
                                    **named(r, "region"))
                for r in rows(tables, "regions")
            }
        ),
        asset_types=in_order({key: asset_type(r) for key, r in kinds_in(tables).items()}),
        facilities=facilities(tables, settings, wanted),
        packages=networks,
        stretches=stretches,
        sources=in_order(_sources(tables, settings)),
        rules=_rules(tables),
        currencies=in_order(
            {
                r["currency"]: Currency(rates=years_of(r), year_ends=years_of(r, "end_"),
                                        foreign_prices=r["foreign_prices"], **named(r, "currency"))
                for r in rows(tables, "currencies")
            }
        ),
        indices=in_order(
            {r["index"]: PriceIndex(levels=years_of(r), long_run=share(r["long_run"]), **named(r, "index"))
             for r in rows(tables, "price_indices")}
        ),
        references=in_order(
            {
                r["reference"]: ReferenceRate(rates={y: part(v) for y, v in years_of(r).items()},
                                              long_run=part(r["long_run"]), **named(r, "reference"))
                for r in rows(tables, "reference_rates")
            }
        ),
        groups=in_order(
            {r["group"]: SourceGroup(max_share=share(r["max_share"]), envelope=r["envelope"],
                                     signed_most=whole(r["signed_most"]), **named(r, "group"))
             for r in rows(tables, "source_groups")}
        ),
        tariffs=tariffs(tables, settings),
        crews=crews(tables, settings),
        outages=outage_limits(tables),
        trenches=trenches(tables),
        paid=paid_before(tables, settings),
        before=last_plan(tables, settings),
        balances=areas,
        ties=ties(tables, areas),
        borrowers=borrowers(tables),
        quantities=quantities(tables),
        sequence=sequence(tables),
        choices=in_order(choices(tables)),
        wishes=in_order(wanted),
        lines=lines(tables),
        targets=(),
        order={sheet: tuple(str(row[INPUT[sheet].key[0]]) for row in rows(tables, sheet)) for sheet in ORDERED},
    )
    return with_calibration(expand_targets(case, list(rows(tables, "targets"))), rows(tables, "calibration"))


def settings_values(tables: Tables) -> dict[str, Any]:
    """Every setting with its value or default."""
    stated = {row["setting"]: row["value"] for row in rows(tables, "settings") if row["value"] is not None}
    return {column.name: stated.get(column.name, column.default) for column in SETTING_COLUMNS}


def _settings(tables: Tables) -> Settings:
    v = settings_values(tables)
    first, last = int(v["first_year"]), int(v["last_year"])
    return Settings(
        case=str(v["case"]),
        case_ru=str(v["case_ru"] or ""),
        first_year=first,
        plan_from=int(v["plan_from"] or first),
        last_year=last,
        resolution=v["resolution"],
        price_year=int(v["price_year"] or first),
        evaluation_last_year=int(v["evaluation_last_year"] or last + EVALUATION_YEARS),
        discount_rate=part(v["discount_rate"]),
        discount_basis=v["discount_basis"],
        discount_timing=v["discount_timing"],
        objective=v["objective"],
        whole=v["facilities"] == "whole",
        benefit_is_net=v["benefit_is"] == "net",
        gap=part(v["gap"]),
        shortfall_gap=float(v["shortfall_gap"]),
        node_limit=None if v["node_limit"] is None else int(v["node_limit"]),
        time_limit=float(v["time_limit"]),
        seed=int(v["seed"]),
        tie_break=v["tie_break"] == "yes",
        prices=int(v["prices"]),
        price_step=part(v["price_step"]),
        tariff_mode=v["tariff_mode"],
        rab_return=part(v["rab_return"]),
        rab_life=float(v["rab_life"]),
        yellow_from=float(v["yellow_from"]),
        red_from=float(v["red_from"]),
        red_zone_first=v["red_zone_first"] == "yes",
        stability=part(v["stability"]),
        grant_discount=part(v["grant_discount"]),
        explain=v["explain"],
        decide_by=None if v["decide_by"] is None else int(v["decide_by"]),
        price_unfunded=float(v["price_unfunded"]),
        price_beyond=float(v["price_beyond"]),
        price_shortfalls=(v["price_shortfall_1"], v["price_shortfall_2"], v["price_shortfall_3"]),
    )


def _periods(settings: Settings) -> tuple[Period, ...]:
    k = settings.periods_per_year
    labels = [(f"{year}Q{place + 1}" if k > 1 else str(year), year) for year in settings.years for place in range(k)]
    return tuple(Period(label, year, position) for position, (label, year) in enumerate(labels))


def _sources(tables: Tables, settings: Settings) -> dict[str, Source]:
    stated = {r["source_id"]: r for r in rows(tables, "source_years")}
    by_year = {key: years_of(r) for key, r in stated.items()}
    places = {r["source_id"]: r["cells"] for r in rows(tables, "source_years")}
    found = {}
    for r in rows(tables, "sources"):
        key = r["source_id"]
        ceilings = {year: value for year, value in by_year.get(key, {}).items()
                    if settings.plan_from <= year <= settings.last_year}
        window = (max(int(r["available_from"] or 0), settings.plan_from),
                  min(int(r["available_to"] or settings.last_year), settings.last_year))
        if ceilings:
            # Outside the years of draws a blank ceiling is no money, not money without limit.
            ceilings = {y: ceilings.get(y, 0.0) for y in settings.years if y in ceilings
                        or not window[0] <= y <= window[1]}
        found[key] = Source(
            **named(r, "source_id"),
            kind=r["kind"],
            partner=r["partner"],
            open=r["status"] == "open",
            closed_reason=r["closed_reason"] or "",
            closed_reason_ru=r["closed_reason_ru"] or "",
            currency=r["currency"],
            envelope=r["envelope"],
            ceilings=ceilings,
            carry_over=r["carry_over"],
            keep=part(r["keep"]),
            available_from=window[0],
            available_to=window[1],
            max_share=share(r["max_share"]),
            share_holds=r["share_holds"],
            rate=part(r["rate"] or 0.0),
            grace=r["grace"],
            tenor=r["tenor"] or 0.0,
            repayment=r["repayment"],
            payments=int(r["payments"]),
            **_loan(r, window[0], settings),
            tied_share=part(r["tied_share"]),
            tied_over=r["tied_over"],
            borrower=r["borrower"],
            guaranteed=part(r["guaranteed"]),
            rank=int(r["rank"]),
            **_conditions(r),
            data_status=r["data_status"],
            estimated=columns_of(r["estimated"]),
            ceiling_status=_sure(stated[key]) if key in stated else {},
            cells={"envelope": r["cells"].get("envelope", r["origin"])}
            | {str(y): places.get(key, {}).get(str(y), r["origin"]) for y in ceilings},
        )
    return found


def _sure(r: Mapping[str, Any]) -> dict[int, str]:
    """How sure each ceiling of a row is."""
    named = columns_of(r["estimated"])
    return {year: status_in(r["data_status"], named, [str(year)]) for year in years_of(r)}


def _loan(r: Mapping[str, Any], first_draw: int, settings: Settings) -> dict[str, Any]:
    """Terms of a loan beyond rate, grace and tenor."""
    percents = ("margin", "rate_floor", "front_end", "commitment_fee", "guarantee_fee", "premium", "subsidy")
    shares = tuple(listed(r["shares"]))
    return {
        **{name: part(r[name]) for name in percents},
        "shares": shares,
        "draw_timing": r["draw_timing"] or settings.discount_timing,
        "signing_year": int(r["signing_year"] or (r["kind"] != "loan" and r["available_from"]) or first_draw),
        **{
            name: r[name]
            for name in (
                "rate_index",
                "clock",
                "signed",
                "day_count",
                "first_repayment",
                "interest_in_grace",
                "commitment_free",
                "subsidy_years",
                "who_repays",
                "smallest",
                "group",
                "draws_to",
                "service_from",
            )
        },
        **{name: part(r[name]) for name in ("local_cost", "counterpart", "interest")},
        **{name: share(r[name]) for name in ("down_payment", "min_share")},
    }


def _conditions(r: Mapping[str, Any]) -> dict[str, Any]:
    """What a lender asks of pace, amounts and numbers."""
    return {
        "pace": tuple(part(value) for value in listed(r["pace"])),
        "effective_months": r["effective_months"],
        "ramp": ramp(r),
        "ticket": r["ticket"],
        "projects_most": whole(r["projects_most"]),
        "quantity": r["quantity"],
        "per_unit": r["per_unit"],
        "must_draw": bool(r["must_draw"]),
    }


def _rules(tables: Tables) -> tuple[Rule, ...]:
    found = [
        Rule(
            r["source_id"],
            r["sector"],
            r["asset_type"],
            r["region"],
            r["project"],
            bool(r["allowed"]),
            r["reason"] or "",
            r["origin"],
            share(r["max_share"]),
            share(r["min_share"]),
            r["reason_ru"] or "",
        )
        for r in rows(tables, "eligibility")
    ]
    return tuple(sorted(found, key=lambda x: (x.source, x.allowed, x.sector or "", x.asset_type or "", x.region or "",
                                              x.project or "")))
