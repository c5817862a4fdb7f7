"""All input sheets, in the order in which they stand in the workbook."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.adequacy import BALANCES, BORROWERS, TIES
from jaryq.sheets.calibration import CALIBRATION
from jaryq.sheets.money import ELIGIBILITY, SOURCE_GROUPS, SOURCE_YEARS, SOURCES
from jaryq.sheets.order import CHOICES, OVERRIDES, SEQUENCE
from jaryq.sheets.prices import CURRENCIES, PRICE_INDICES, REFERENCE_RATES
from jaryq.sheets.programme import ASSET_TYPES, FACILITIES, NETWORKS, PROGRESS, REGIONS
from jaryq.sheets.quantities import QUANTITIES, QUANTITY_VALUES
from jaryq.sheets.scenarios import SCENARIO_CHANGES, SCENARIOS
from jaryq.sheets.segments import SEGMENTS
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Sheet
from jaryq.sheets.targets import TARGETS, TARIFFS
from jaryq.sheets.uncertainty import UNCERTAINTY
from jaryq.sheets.words import col
from jaryq.sheets.works import CREW_NEEDS, CREWS, LAST_PLAN, OUTAGE_LIMITS, ROUTES, TRENCHES

METHOD = Sheet(
    "sources_and_method", Text("Sources and method", "Источники и метод"),
    Text("How estimates were made and which published figures conflict. For people; the model does not read it.",
         "Как сделаны оценки и какие опубликованные данные расходятся. Для людей; модель этот лист не читает."),
    key=("topic",), free=True,
    columns=(
        col("topic", "text", "Topic", "Тема", "What the row is about.", "О чём строка.", required=True, width=30),
        col("text", "text", "How it was done", "Как сделано", "Rule, formula or choice.", "Правило, формула или выбор.",
            width=110),
        col("text_ru", "text", "In Russian", "По-русски", "The same in Russian.", "То же по-русски.", width=110),
        col("source", "text", "Reference", "Источник", "Address or document.", "Адрес или документ.", width=50),
    ),
)

INPUTS: tuple[Sheet, ...] = (
    SETTINGS, REGIONS, ROUTES, ASSET_TYPES, FACILITIES, NETWORKS, SEGMENTS, TRENCHES, QUANTITIES, QUANTITY_VALUES,
    SEQUENCE, CHOICES, OVERRIDES, PROGRESS, LAST_PLAN, BORROWERS, SOURCES, SOURCE_YEARS,
    SOURCE_GROUPS, ELIGIBILITY, CURRENCIES, PRICE_INDICES,
    REFERENCE_RATES,
    CREWS, CREW_NEEDS, OUTAGE_LIMITS, BALANCES, TIES, TARIFFS, TARGETS, SCENARIOS, SCENARIO_CHANGES, UNCERTAINTY,
    CALIBRATION, METHOD,
)

if unclear := [f"{sheet.name}.{column.name}" for sheet in INPUTS for column in sheet.columns
               if (column.family == "year") != (column.yearly is not None)]:
    raise ValueError(f"what the years of {unclear} hold is not said (Yearly)")

INPUT: dict[str, Sheet] = {sheet.name: sheet for sheet in INPUTS}

ADDED_UP = frozenset({"regions", "facilities", "networks", "segments", "trenches", "progress", "last_plan", "sources",
                      "source_years", "crews", "crew_needs",
                      "outage_limits", "tariffs", "balances", "ties", "borrowers"})
"""Sheets whose rows add up, so that a row of sums would count twice."""
