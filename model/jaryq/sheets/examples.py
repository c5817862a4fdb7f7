"""Examples of what stands in a column: the declared one, else one by sheet and column, by column, by reference, by
unit."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.home import BILLION, HOME_CURRENCY, MILLION
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.spec import Cell, Column

BY_PLACE: Mapping[tuple[str, str], Cell] = {
    ("regions", "name"): "North Kazakhstan region", ("regions", "name_ru"): "Северо-Казахстанская область",
    ("asset_types", "name"): "Combined heat and power plant", ("asset_types", "name_ru"): "Теплоэлектроцентраль",
    ("routes", "name"): "Japan by sea", ("routes", "name_ru"): "Япония морем",
    ("facilities", "name"): "Petropavlovsk CHP-2", ("facilities", "name_ru"): "Петропавловская ТЭЦ-2",
    ("networks", "name"): "Heat networks, Akmola region", ("networks", "name_ru"): "Тепловые сети, Акмолинская область",
    ("sources", "name"): "Republican budget", ("sources", "name_ru"): "Республиканский бюджет",
    ("source_groups", "name"): "Japanese money together", ("source_groups", "name_ru"): "Все японские деньги",
    ("currencies", "name"): "Japanese yen", ("currencies", "name_ru"): "Японская иена",
    ("price_indices", "name"): "Consumer prices", ("price_indices", "name_ru"): "Потребительские цены",
    ("reference_rates", "name"): "Tokyo Term Risk Free Rate",
    ("reference_rates", "name_ru"): "Токийская безрисковая ставка",
    ("targets", "name"): "Km of heat networks by 2030", ("targets", "name_ru"): "Км тепловых сетей к 2030 году",
    ("quantities", "name"): "Capacity restored", ("quantities", "name_ru"): "Восстановленная мощность",
    ("quantities", "season_from"): 11, ("quantities", "season_to"): 3,
    ("scenarios", "name"): "Without Japanese money", ("scenarios", "name_ru"): "Без японских денег",
    ("sources_and_method", "text"): "Median of 14 published contracts per km, prices of 2025.",
    ("sources_and_method", "text_ru"): "Медиана 14 опубликованных контрактов на км, цены 2025 года.",
    ("calibration", "name"): "Losses of power before the works", ("calibration", "name_ru"): "Потери до работ",
    ("calibration", "per_filter"): "sector=power",
    ("uncertainty", "name"): "Price of steel", ("uncertainty", "name_ru"): "Цена стали",
    ("targets", "value"): 4500, ("targets", "scale"): 100, ("networks", "asset_type"): "heat_network",
    ("reference_rates", ""): 0.6,
    ("currencies", "foreign_prices"): "prices_jp", ("facilities", "spend_"): 4.2, ("facilities", "route"): "JP-sea",
    ("asset_types", "route"): "JP-sea",
    ("facilities", "consequence"): 900, ("networks", "consequence"): 2.5, ("facilities", "lost"): 18000,
    ("networks", "lost"): 24,
    ("facilities", "option_of"): "F001", ("facilities", "after"): "F014; F015",
    ("sequence", "project"): "F014", ("sequence", "after"): "F013", ("choices", "at_least"): 1,
    ("choices", "at_most"): 2,
    ("choices", "name"): "Intakes of Almaty", ("choices", "name_ru"): "Водозаборы Алматы", ("sequence", "lag"): 6,
    ("trenches", "package"): "N-KZ-10-water", ("trenches", "with_package"): "N-KZ-10-heat",
    ("asset_types", "offline_share"): 50, ("asset_types", "share_lost"): 30, ("asset_types", "outage_months"): 4,
    ("facilities", "outage_months"): 6,
    ("asset_types", "lost_value"): 37.8, ("outage_limits", "reserve"): 15, ("networks", "burst_growth"): 4,
    ("asset_types", "burst_growth"): 4,
    ("last_plan", "km"): 12.4, ("last_plan", "share"): 1, ("crews", "growth"): 5, ("routes", "lead_months"): 4,
    ("routes", "delay_months"): 6,
    ("facilities", "counts"): False, ("progress", "year"): 2025, ("asset_types", "sector"): "heat",
    ("ties", "name"): "North to South", ("ties", "name_ru"): "Север-Юг",
    ("borrowers", "name"): "Heat networks of the city", ("borrowers", "name_ru"): "Тепловые сети города",
    ("calibration", "why"): "Two sources contradict each other; the case follows the later one.",
    ("calibration", "why_ru"): "Два источника противоречат друг другу; взят более поздний.",
    ("settings", "yellow_from"): 5.5, ("settings", "stability"): 5,
}

BY_COLUMN: Mapping[str, Cell] = {
    "only_with": "F014", "choice": "almaty_intakes",
    "place": "Petropavlovsk", "owner": "Akimat of the city", "owner_ru": "Акимат города", "voltage": "110 kV",
    "crew": "heat_works", "partner": "JP",
    "currency": "JPY",
    "closed_reason": "Framework agreement not ratified by 1 March 2026.", "shares": "10; 20; 30; 40",
    "filter": "sector=heat; region=KZ-1*", "years": "2027-2030",
    "builds_on": "no_japan; weak_tenge", "column": "envelope", "reason": "Only heat is meant by the agreement.",
    "topic": "Cost of heat networks", "estimated": "works_months; wear",
    "source": "https://stat.gov.kz, bulletin 5 of 2025, table 3",
    "note": "Two published figures differ; the later one is taken.",
    "quantity": "firm_mw", "borrower": "HEAT_CO",
    "case": "Kazakhstan to 2030", "case_ru": "Казахстан до 2030 года", "population": 534000, "latitude": 54.87,
    "longitude": 69.15, "capacity": 380,
    "year_built": 1961, "evaluation_last_year": 2060, "long_run": 5, "grace": 10, "tenor": 30, "counterpart": 0.15,
    "smallest": 5, "front_end": 0.2,
    "commitment_fee": 0.1, "guarantee_fee": 0.5, "rate": 1.2, "margin": 1.5, "subsidy": 2, "price": 0.05,
    "wear": 68, "first_year": 2026, "plan_from": 2026, "last_year": 2030, "price_year": 2025, "discount_rate": 8,
    "premium": 4.5, "interest": 3,
    "local_cost": 30, "works_to": 9, "import_share": 45, "max_share": 60, "min_share": 20, "tied_share": 30,
    "content_": 35, "rank": 2, "km_total": 410,
    "duty": 1.1, "location": 1.05, "observed": 1.2, "measured": 0.95, "reliability": 1.5, "score_least": 8,
    "score_most": 5.5, "health_after": 0.5, "replaced": 2038,
    "offline": 120, "bursts": 35, "bursts_after": 2, "bursts_most": 500, "losses": 320, "losses_after": 150,
    "hours_lost": 72, "lost_each": 18000,
    "pof_k": 0.0454, "repair_cost": 650, "safety_cost": 30, "environment_cost": 30, "quarter": 3, "paid_by": "BUDGET",
    "limit": 300, "project": "F001", "crews": 2, "season_from": 4, "season_to": 10, "lend_share": 50, "lend_cost": 160,
    "extra_share": 20, "extra_cost": 240,
    "commitment_free": 6, "subsidy_years": 5, "keep": 50, "income_to": "BUDGET", "draws_to": "FUND",
    "service_from": "FUND", "projects_most": 20, "signed_most": 1,
}

BY_UNIT: Mapping[str, Cell] = {
    BILLION: 12.5, f"{BILLION}/year": 1.2, f"{BILLION}/unit": 0.05, f"{MILLION}/km": 49, f"{MILLION}/km/year": 2.4,
    "bn currency": 30, f"{HOME_CURRENCY}/unit": 3.4, "index": 108.5,
    "km": 120, "km/year": 40, "%": 15, "%/year": 5, "months": 18, "month": 5, "year": 2027, "years": 20,
    "times/year": 2, "crew-years": 12,
    f"crew-years per km or {BILLION}": 0.02, "facilities": 3, "crews": 2, "MW": 50, "share": 0.5,
    "seconds": 120, "rank": 1,
}


def example(column: Column, sheet: str = "") -> Cell:
    """What may stand in a cell of the column; None where nothing is known (a test names such columns)."""
    if column.example is not None:
        return column.example
    if (sheet, column.name) in BY_PLACE:
        return BY_PLACE[sheet, column.name]
    if column.kind == "yes_no":
        return True
    if column.one_of:
        return next(value for value in column.one_of if value != column.default)
    if column.name in BY_COLUMN:
        return BY_COLUMN[column.name]
    if column.ref:
        target = INPUT[column.ref.split("|")[0]]
        key = target.column(target.key[0])
        return example(key, target.name) if key is not None else None
    return column.default if column.default not in (None, 0.0) else BY_UNIT.get(column.unit, column.default)
