"""Exchange rates against the usual ones: quoted for 10, 100 or 1000 units, turned upside down, or of another currency.

Central banks quote some currencies for many units (the yen for 100 in many places), and a rate so taken over finances a
hundredfold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.rules.rows import Rows
from jaryq.tables.tables import Tables

USUAL: Mapping[str, float] = {
    "USD": 444.32, "EUR": 473.33, "GBP": 548.78, "CHF": 487.25, "RUB": 4.76, "CNY": 61.31, "JPY": 2.87,
    "KRW": 0.3225, "XDR": 584.05, "AED": 120.99, "TRY": 13.63, "UZS": 0.035, "KGS": 5.0, "INR": 5.33,
    "UAH": 11.23, "AZN": 262.14, "GEL": 167.35, "AMD": 1.138, "BYN": 136.04, "TJS": 40.69, "PLN": 109.63,
    "SEK": 40.81, "NOK": 40.34, "DKK": 63.46, "CZK": 18.74, "HUF": 1.202, "AUD": 286.59, "CAD": 324.23,
    "HKD": 56.7, "SGD": 326.06, "SAR": 118.46, "KWD": 1442.69, "THB": 12.0, "MYR": 92.99, "IRR": 0.0106,
    "ZAR": 23.1, "BRL": 86.0,
}
"""KZT for one unit: official rates of the National Bank of Kazakhstan of 24 April 2024 (it quotes 10 drams and forints,
100 won and sums, 1000 rials). Only their order of magnitude is used."""

FAR = 6.0
"""How many times more or less than usual a rate is told: a tenge worth a third in ten years is not, a rate for ten
units is."""

SAME = 3.0
"""Rates of other currencies whose ratio to the usual one is as far off as this say that the tenge has moved, not the
quotation."""


def rates_are_usual(tables: Tables) -> Iterator[Issue]:
    """A rate of a known currency is of the usual order, unless two others of its year have moved with it."""
    rows = Rows(tables, "currencies")
    for prefix in ("", "end_"):
        for year in rows.year_columns(prefix):
            column = f"{prefix}{year}"
            known = {position: row for position, row in rows.rows if row.get("currency") in USUAL
                     and _rate(row.get(column))}
            ratios = {position: _rate(row[column]) / USUAL[row["currency"]] for position, row in known.items()}
            for position, ratio in ratios.items():
                together = sum(1 / SAME < other / ratio < SAME for place, other in ratios.items() if place != position)
                if not 1 / FAR < ratio < FAR and together < 2:
                    usual = USUAL[rows.rows[position][1]["currency"]]
                    yield rows.issue("rate_unusual", position, column, usual=f"{usual:g}", why=_why(ratio, usual))


def _rate(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else 0.0


def _why(ratio: float, usual: float) -> Text:
    """What the rate is nearest to, by its logarithm."""
    upside_down = Text("units of the currency for one tenge", "единиц валюты за один тенге")
    if 0.85 < ratio * usual**2 < 1.15:
        return upside_down
    hundred = Text("the rate for {units} units", "курс за {units} единиц")
    part = Text("the rate for 1/{units} of a unit", "курс за 1/{units} единицы")
    near = {1.0 / usual**2: upside_down} | {
        form: text.fill(units=units) for units in (10, 100, 1000)
        for form, text in ((float(units), hundred), (1.0 / units, part))}
    return near[min(near, key=lambda form: abs(math.log(ratio / form)))]
