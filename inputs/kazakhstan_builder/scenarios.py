"""The scenarios that the case ships with, and what each changes."""

from __future__ import annotations

from kazakhstan_builder.facts import Record

CHOICE = "choice of this case"

SCENARIOS: tuple[tuple[str, str, str, str, str], ...] = (
    ("base", "Base", "База", "", "changes nothing"),
    ("no_japan", "No Japanese money", "Без японских денег", "", "all Japanese products closed"),
    ("japan_double", "Japan at double", "Япония вдвое", "", "envelopes and yearly grants of Japan doubled"),
    ("japan_late", "Japan a year late", "Япония на год позже", "", "Japanese money can be drawn a year later"),
    ("tenge_falls", "Tenge falls by 30 %", "Тенге слабеет на 30 %", "", "a tenge buys 30 % less foreign money from 2027 on: tenge per unit divided by 0.7"),
    ("costs_up", "Construction costs +25 %", "Стоимость строительства +25 %", "", "remaining costs of facilities and unit costs of networks"),
    ("budget_cut", "Budget -20 %", "Бюджет -20 %", "", "national and local budgets and the reserve"),
    ("red_tape", "Red tape", "Волокита", "", "all procurement two quarters longer; works under way keep their own months"),
    ("banks_only", "Banks only", "Только банки", "", "no budget, no utilities' own money, nothing from abroad: loans and bonds at home alone"),
    ("sea_route_late", "Sea route late", "Морской путь опаздывает", "", "equipment that comes by sea is late by two quarters"),
    ("red_zone_first", "Red zone first", "Сначала красная зона", "", "the red zone before all other targets; the difference from base is what that costs"),
    ("everything", "Everything at once", "Всё сразу", "no_japan; tenge_falls; costs_up; budget_cut; red_tape", "the five adverse scenarios together"),
)

CHANGES: tuple[tuple[str, str, str, str, str, str, str, str], ...] = (
    ("no_japan", "sources", "partner=JP", "status", "", "set", "closed", "Japan does not lend"),
    ("japan_double", "sources", "partner=JP", "envelope", "", "multiply", "2", "Japan lends twice as much"),
    ("japan_double", "source_years", "source_id=JP*", "", "", "multiply", "2", "Japan grants twice as much"),
    ("japan_late", "sources", "partner=JP", "available_from", "", "add", "1", "agreements are signed a year later"),
    ("japan_late", "source_years", "source_id=JP_JCM", "", "2026", "set", "0", "the first grant comes a year later"),
    ("tenge_falls", "currencies", "", "", "2027-2030", "multiply", "1.4285714285714286", "1/0.7"),
    ("costs_up", "facilities", "", "cost", "", "multiply", "1.25", "dearer construction"),
    ("costs_up", "networks", "", "unit_cost", "", "multiply", "1.25", "dearer construction"),
    ("budget_cut", "source_years", "source_id=KZ_RB*", "", "", "multiply", "0.8", "republican budget"),
    ("budget_cut", "source_years", "source_id=KZ_LOCAL", "", "", "multiply", "0.8", "local budgets"),
    ("budget_cut", "source_years", "source_id=KZ_RESERVE", "", "", "multiply", "0.8", "reserve of the government"),
    ("red_tape", "asset_types", "", "procurement_months", "", "add", "6", "two quarters"),
    ("sea_route_late", "routes", "route=sea*", "delay_months", "", "add", "6", "late by two quarters"),
    ("red_zone_first", "settings", "setting=red_zone_first", "value", "", "set", "yes", "before all targets"),
    ("banks_only", "sources", "kind=budget", "status", "", "set", "closed", "no budget money"),
    ("banks_only", "sources", "kind=own", "status", "", "set", "closed", "no tariff money"),
    ("banks_only", "sources", "partner=INT", "status", "", "set", "closed", "nothing from abroad"),
    ("banks_only", "sources", "partner=JP", "status", "", "set", "closed", "nothing from abroad"),
    ("banks_only", "sources", "partner=CN", "status", "", "set", "closed", "nothing from abroad"),
)


def scenarios() -> list[Record]:
    return [
        {"scenario": key, "name": name, "name_ru": name_ru, "builds_on": parents or None, "data_status": "illustrative", "source": CHOICE, "note": note}
        for key, name, name_ru, parents, note in SCENARIOS
    ]


def scenario_changes() -> list[Record]:
    names = ("scenario", "sheet", "selector", "column", "years", "operation", "value", "reason")
    return [{name: value or None for name, value in zip(names, row, strict=True)} for row in CHANGES]
