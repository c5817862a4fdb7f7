"""All input sheets, in the order in which they stand in the workbook."""

from __future__ import annotations

from model.base.text import Text
from model.sheets.money import CURRENCIES, ELIGIBILITY, PRICE_INDICES, REFERENCE_RATES, SOURCE_GROUPS, SOURCE_YEARS, SOURCES, TARGETS, TARIFFS
from model.sheets.programme import ASSET_TYPES, FACILITIES, NETWORKS, PROGRESS, REGIONS
from model.sheets.scenarios import SCENARIO_CHANGES, SCENARIOS
from model.sheets.settings import SETTINGS
from model.sheets.spec import Sheet
from model.sheets.words import col
from model.sheets.works import CREW_NEEDS, CREWS, LAST_PLAN, OUTAGE_LIMITS, ROUTES, TRENCHES

METHOD = Sheet(
    "sources_and_method", Text("Sources and method", "Источники и метод"),
    Text("How estimates were made and which published figures conflict. For people; the model does not read it.",
         "Как сделаны оценки и какие опубликованные данные расходятся. Для людей; модель этот лист не читает."),
    key=("topic",), free=True,
    columns=(
        col("topic", "text", "Topic", "Тема", "What the row is about.", "О чём строка.", required=True, width=30),
        col("text", "text", "How it was done", "Как сделано", "Rule, formula or choice.", "Правило, формула или выбор.", width=110),
        col("text_ru", "text", "In Russian", "По-русски", "The same in Russian.", "То же по-русски.", width=110),
        col("source", "text", "Reference", "Источник", "Address or document.", "Адрес или документ.", width=50),
    ),
)

INPUTS: tuple[Sheet, ...] = (
    SETTINGS, REGIONS, ROUTES, ASSET_TYPES, FACILITIES, NETWORKS, TRENCHES, PROGRESS, LAST_PLAN, SOURCES, SOURCE_YEARS, SOURCE_GROUPS, ELIGIBILITY, CURRENCIES, PRICE_INDICES,
    REFERENCE_RATES,
    CREWS, CREW_NEEDS, OUTAGE_LIMITS, TARIFFS, TARGETS, SCENARIOS, SCENARIO_CHANGES, METHOD,
)

INPUT: dict[str, Sheet] = {sheet.name: sheet for sheet in INPUTS}
