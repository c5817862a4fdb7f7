"""From typed Tables to the Case: defaults filled, percent to fractions, keys sorted, rows with ``by`` expanded. No checks here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from model.data.case import (
    AssetType,
    Case,
    Crew,
    Currency,
    Facility,
    Package,
    Period,
    PriceIndex,
    ReferenceRate,
    Region,
    Rule,
    Settings,
    Source,
    SourceGroup,
    Tariff,
)
from model.data.expand import expand_targets
from model.data.tables import Tables
from model.sheets.inputs import INPUT
from model.sheets.settings import SETTING_COLUMNS

EVALUATION_YEARS = 30
ORDERED = ("facilities", "networks", "sources", "regions", "targets")


def build(tables: Tables, scenario: str = "base") -> Case:
    """The Case of checked tables. Raises KeyError or ValueError only for tables that have not passed the checks."""
    settings = _settings(tables)
    types = {r["asset_type"]: _asset_type(r) for r in _rows(tables, "asset_types")}
    case = Case(
        name=tables.name,
        scenario=scenario,
        settings=settings,
        periods=_periods(settings),
        regions=_sorted({r["region"]: Region(zone=r["zone"], **_named(r, "region")) for r in _rows(tables, "regions")}),
        asset_types=_sorted(types),
        facilities=_sorted(_facilities(tables, settings, types)),
        packages=_sorted(_packages(tables, settings, types)),
        sources=_sorted(_sources(tables, settings)),
        rules=_rules(tables),
        currencies=_sorted(
            {r["currency"]: Currency(rates=_years(r), foreign_prices=r["foreign_prices"], **_named(r, "currency")) for r in _rows(tables, "currencies")}
        ),
        indices=_sorted(
            {r["index"]: PriceIndex(levels=_years(r), long_run=_share(r["long_run"]), **_named(r, "index")) for r in _rows(tables, "price_indices")}
        ),
        references=_sorted(
            {
                r["reference"]: ReferenceRate(rates={y: _part(v) for y, v in _years(r).items()}, long_run=_part(r["long_run"]), **_named(r, "reference"))
                for r in _rows(tables, "reference_rates")
            }
        ),
        groups=_sorted(
            {r["group"]: SourceGroup(max_share=_share(r["max_share"]), envelope=r["envelope"], **_named(r, "group")) for r in _rows(tables, "source_groups")}
        ),
        tariffs=tuple(
            sorted(
                (Tariff(r["region"], r["sector"], r["base"], _share(r["rise"]), r["cells"].get("rise", r["origin"])) for r in _rows(tables, "tariffs")),
                key=lambda row: (row.region, row.sector),
            )
        ),
        crews=_crews(tables, settings),
        targets=(),
        order={sheet: tuple(str(row[INPUT[sheet].key[0]]) for row in _rows(tables, sheet)) for sheet in ORDERED},
    )
    return expand_targets(case, list(_rows(tables, "targets")))


def _rows(tables: Tables, sheet: str) -> list[dict[str, Any]]:
    """Rows of a sheet with every declared column filled (its default where blank) and ``origin``; families as they stand."""
    declared = INPUT[sheet]
    table = tables.get(sheet)
    filled = []
    for position, record in table.records():
        row: dict[str, Any] = {c.name: c.default for c in declared.columns if not c.family}
        for heading, value in record.items():
            if value is not None:
                row[heading] = unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        row["origin"] = f"{sheet}!{table.cell(position, declared.key[0])}"
        row["cells"] = {str(heading): f"{sheet}!{table.cell(position, str(heading))}" for heading in table.columns}
        filled.append(row)
    return filled


def _sorted(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: mapping[key] for key in sorted(mapping)}


def _share(value: float | None) -> float | None:
    """Percent to a fraction."""
    return None if value is None else value / 100.0


def _part(value: float) -> float:
    return value / 100.0


def _named(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    name = row.get("name") or row[key]
    return {"id": row[key], "name": name, "name_ru": row.get("name_ru") or name, "origin": row["origin"]}


def _years(row: Mapping[str, Any], prefix: str = "") -> dict[int, float]:
    """The values of a family of year columns that are not blank."""
    found = {}
    for heading, value in row.items():
        year = heading.removeprefix(prefix) if heading.startswith(prefix) else ""
        if len(year) == 4 and year.isdigit() and value is not None:
            found[int(year)] = float(value)
    return dict(sorted(found.items()))


def settings_values(tables: Tables) -> dict[str, Any]:
    """Every setting with its value or default."""
    stated = {row["setting"]: row["value"] for row in _rows(tables, "settings") if row["value"] is not None}
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
        discount_rate=_part(v["discount_rate"]),
        discount_basis=v["discount_basis"],
        discount_timing=v["discount_timing"],
        objective=v["objective"],
        whole=v["facilities"] == "whole",
        benefit_is_net=v["benefit_is"] == "net",
        gap=_part(v["gap"]),
        shortfall_gap=float(v["shortfall_gap"]),
        node_limit=int(v["node_limit"]),
        time_limit=float(v["time_limit"]),
        seed=int(v["seed"]),
        tie_break=v["tie_break"] == "yes",
        prices=int(v["prices"]),
        price_step=_part(v["price_step"]),
        tariff_mode=v["tariff_mode"],
        rab_return=_part(v["rab_return"]),
        rab_life=float(v["rab_life"]),
    )


def _periods(settings: Settings) -> tuple[Period, ...]:
    k = settings.periods_per_year
    labels = [(f"{year}Q{part + 1}" if k > 1 else str(year), year) for year in settings.years for part in range(k)]
    return tuple(Period(label, year, position) for position, (label, year) in enumerate(labels))


def _asset_type(r: Mapping[str, Any]) -> AssetType:
    content = {heading.removeprefix("content_"): _part(value) for heading, value in r.items() if heading.startswith("content_") and value is not None}
    return AssetType(
        **_named(r, "asset_type"),
        sector=r["sector"],
        life=r["life"],
        procurement_months=r["procurement_months"],
        works_months=r["works_months"],
        procurement_share=_part(r["procurement_share"]),
        cost_class=r["cost_class"],
        import_share=_part(r["import_share"]),
        import_currency=r["import_currency"],
        crew=r["crew"],
        crew_need=r["crew_need"],
        content=_sorted(content),
    )


def _facilities(tables: Tables, settings: Settings, types: Mapping[str, AssetType]) -> dict[str, Facility]:
    progress = _rows(tables, "progress")
    done = {r["project"]: int(r["year"]) for r in progress if r["status"] == "done"}
    committed = {r["project"] for r in progress if r["status"] == "committed"}
    regions = {r["region"]: r for r in _rows(tables, "regions")}
    found = {}
    for r in _rows(tables, "facilities"):
        kind = types.get(r["asset_type"] or "", AssetType("", "", "", ""))
        key = r["facility"]
        spend = _years(r, "spend_")
        procurement = kind.procurement_months if r["procurement_months"] is None else r["procurement_months"]
        works = r["works_months"] or kind.works_months
        found[key] = Facility(
            **_named(r, "facility"),
            kind="facility",
            asset_type=r["asset_type"],
            region=r["region"],
            sector=kind.sector or None,
            zone=r["zone"] or regions.get(r["region"] or "", {}).get("zone"),
            earliest=max(int(r["earliest"] or 0), settings.plan_from),
            latest=min(int(r["latest"] or settings.last_year), settings.last_year),
            life=r["life"] or kind.life,
            data_status=r["data_status"],
            cost=r["cost"] or 0.0,
            spend=spend or None,
            procurement_months=procurement,
            works_months=works,
            savings=r["savings"] or 0.0,
            benefit=r["benefit"],
            income_to=r["income_to"],
            must=bool(r["must_do"]) or key in committed,
            done=done.get(key),
            place=r["place"] or "",
        )
    return found


def _packages(tables: Tables, settings: Settings, types: Mapping[str, AssetType]) -> dict[str, Package]:
    done: dict[str, dict[int, float]] = {}
    for r in _rows(tables, "progress"):
        if r["status"] == "done" and r["km"] is not None:
            by_year = done.setdefault(r["project"], {})
            by_year[int(r["year"])] = by_year.get(int(r["year"]), 0.0) + r["km"]
    regions = {r["region"]: r for r in _rows(tables, "regions")}
    found = {}
    for r in _rows(tables, "networks"):
        kind = types[r["asset_type"]]
        key = r["package"]
        found[key] = Package(
            **_named(r, "package"),
            kind="network",
            asset_type=r["asset_type"],
            region=r["region"],
            sector=kind.sector,
            zone=r["zone"] or regions.get(r["region"] or "", {}).get("zone"),
            earliest=max(int(r["earliest"] or 0), settings.plan_from),
            latest=min(int(r["latest"] or settings.last_year), settings.last_year),
            life=r["life"] or kind.life,
            data_status=r["data_status"],
            km=r["km"],
            unit_cost=r["unit_cost"] / 1000.0,
            km_per_year=r["km_per_year"],
            savings=(r["savings"] or 0.0) / 1000.0,
            done=dict(sorted(done.get(key, {}).items())),
        )
    return found


def _sources(tables: Tables, settings: Settings) -> dict[str, Source]:
    by_year = {r["source_id"]: _years(r) for r in _rows(tables, "source_years")}
    places = {r["source_id"]: r["cells"] for r in _rows(tables, "source_years")}
    found = {}
    for r in _rows(tables, "sources"):
        key = r["source_id"]
        ceilings = {year: value for year, value in by_year.get(key, {}).items() if settings.plan_from <= year <= settings.last_year}
        window = (max(int(r["available_from"] or 0), settings.plan_from), min(int(r["available_to"] or settings.last_year), settings.last_year))
        if ceilings:
            # Outside the years of draws a blank ceiling is no money, not money without limit.
            ceilings = {y: ceilings.get(y, 0.0) for y in settings.years if y in ceilings or not window[0] <= y <= window[1]}
        found[key] = Source(
            **_named(r, "source_id"),
            kind=r["kind"],
            partner=r["partner"],
            open=r["status"] == "open",
            closed_reason=r["closed_reason"] or "",
            currency=r["currency"],
            envelope=r["envelope"],
            ceilings=ceilings,
            carry_over=r["carry_over"],
            keep=_part(r["keep"]),
            available_from=window[0],
            available_to=window[1],
            max_share=_share(r["max_share"]),
            rate=_part(r["rate"] or 0.0),
            grace=r["grace"],
            tenor=r["tenor"] or 0.0,
            repayment=r["repayment"],
            payments=int(r["payments"]),
            **_loan(r, window[0]),
            tied_share=_part(r["tied_share"]),
            tied_over=r["tied_over"],
            rank=int(r["rank"]),
            data_status=r["data_status"],
            cells={"envelope": r["cells"].get("envelope", r["origin"])} | {str(y): places.get(key, {}).get(str(y), r["origin"]) for y in ceilings},
        )
    return found


def _loan(r: Mapping[str, Any], first_draw: int) -> dict[str, Any]:
    """Terms of a loan beyond rate, grace and tenor."""
    percents = ("margin", "front_end", "commitment_fee", "guarantee_fee", "premium", "subsidy")
    shares = tuple(float(part.replace(",", ".")) for part in str(r["shares"] or "").split(";") if part.strip())
    return {
        **{name: _part(r[name]) for name in percents},
        "shares": shares,
        "signing_year": int(r["signing_year"] or first_draw),
        **{
            name: r[name]
            for name in (
                "rate_index",
                "clock",
                "signed",
                "draw_timing",
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
        **{name: _part(r[name]) for name in ("local_cost", "counterpart", "interest")},
        **{name: _share(r[name]) for name in ("down_payment", "min_share")},
    }


def _rules(tables: Tables) -> tuple[Rule, ...]:
    rows = [
        Rule(
            r["source_id"],
            r["sector"],
            r["asset_type"],
            r["region"],
            r["project"],
            bool(r["allowed"]),
            r["reason"] or "",
            r["origin"],
            _share(r["max_share"]),
            _share(r["min_share"]),
        )
        for r in _rows(tables, "eligibility")
    ]
    return tuple(sorted(rows, key=lambda x: (x.source, x.allowed, x.sector or "", x.asset_type or "", x.region or "", x.project or "")))


def _crews(tables: Tables, settings: Settings) -> tuple[Crew, ...]:
    """Capacity in each planned year; after the last year given it grows by ``growth``."""
    found = []
    for r in _rows(tables, "crews"):
        given = _years(r)
        capacity, cells = {}, {}
        for year in settings.years:
            earlier = [y for y in given if y <= year]
            if earlier:
                capacity[year] = given[max(earlier)] * (1.0 + _part(r["growth"])) ** (year - max(earlier))
                cells[year] = r["cells"][str(max(earlier))]
        found.append(Crew(r["crew"], r["region"], capacity, r["origin"], cells))
    return tuple(sorted(found, key=lambda crew: crew.id))
