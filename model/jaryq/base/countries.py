"""Countries and groups of them that lend: their codes (ISO 3166-1), names, and other codes in use."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text

COUNTRIES: Mapping[str, Text] = {
    "INT": Text("International institutions", "Международные организации"), "JP": Text("Japan", "Япония"),
    "CN": Text("China", "Китай"),
    "RU": Text("Russia", "Россия"), "DE": Text("Germany", "Германия"), "FR": Text("France", "Франция"),
    "KR": Text("Korea", "Корея"),
    "TR": Text("Türkiye", "Турция"), "US": Text("United States", "США"), "GB": Text("United Kingdom", "Великобритания"),
    "IT": Text("Italy", "Италия"),
    "CH": Text("Switzerland", "Швейцария"), "AT": Text("Austria", "Австрия"), "SE": Text("Sweden", "Швеция"),
    "FI": Text("Finland", "Финляндия"),
    "NL": Text("Netherlands", "Нидерланды"), "ES": Text("Spain", "Испания"), "PL": Text("Poland", "Польша"),
    "CZ": Text("Czechia", "Чехия"),
    "AE": Text("United Arab Emirates", "ОАЭ"), "SA": Text("Saudi Arabia", "Саудовская Аравия"),
    "QA": Text("Qatar", "Катар"), "KW": Text("Kuwait", "Кувейт"),
    "IN": Text("India", "Индия"), "UZ": Text("Uzbekistan", "Узбекистан"),
    "EU": Text("European Union", "Европейский союз"),
    "KZ": Text("Kazakhstan", "Казахстан"),
}

OTHER_CODES: Mapping[str, str] = {
    "JPN": "JP", "JAP": "JP", "CHN": "CN", "RUS": "RU", "DEU": "DE", "GER": "DE", "FRA": "FR", "KOR": "KR", "TUR": "TR",
    "USA": "US", "GBR": "GB", "UK": "GB", "ITA": "IT", "CHE": "CH", "AUT": "AT", "SWE": "SE", "FIN": "FI", "NLD": "NL",
    "ESP": "ES", "POL": "PL", "CZE": "CZ", "ARE": "AE", "UAE": "AE", "SAU": "SA", "QAT": "QA", "KWT": "KW", "IND": "IN",
    "UZB": "UZ", "KAZ": "KZ",
}
"""Codes of three letters and such as people write."""

HOME_NAMES = ("Kazakhstan", "Казахстан", "Қазақстан", "カザフスタン")
