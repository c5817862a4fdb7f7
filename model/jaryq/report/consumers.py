"""Table ``tariffs``: what consumers of each region and utility repay, against revenue and the allowed yearly rise."""

from __future__ import annotations

import math

from jaryq.base.text import Text
from jaryq.case.case import Tariff
from jaryq.factors.bills import need
from jaryq.report.amounts import Amounts
from jaryq.report.shapes import Out, Value
from jaryq.report.words import region_of, sector_of

MODES = {
    "pass_through": Text("Own money is repaid in its year; of loans that consumers repay their service and fees, less "
                         "the subsidy.",
                         "Собственные средства возвращаются в том же году; по займам, которые погашают потребители, "
                         "платежи и комиссии без субсидии."),
    "rab": Text("Own money and loans that consumers repay enter the asset base: allowed return and depreciation from "
                "the next year.",
                "Собственные средства и займы, которые погашают потребители, входят в базу активов: доходность и износ "
                "со следующего года."),
}


def tariffs_table(found: Amounts) -> Out:
    """One row for each tariff and planned year, in the order of the input."""
    rows = tuple(row for tariff in found.case.tariffs for row in _rows(found, tariff))
    headings = ("region", "sector", "year", "base", "bill", "repaid", "need", "allowed", "rise", "largest", "headroom")
    return Out("tariffs", headings, rows, formulas={"need": ("bill", "repaid"), "headroom": ("allowed", "-need")},
               rounded=("headroom",), remarks=(MODES[found.case.settings.tariff_mode],))


def _rows(found: Amounts, tariff: Tariff) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    before = tariff.base
    for year in found.years:
        whole = need(found.factors, tariff, year)
        paid = whole.on(found.plan)
        rise = tariff.rise_in(year)
        allowed = None if rise is None else (1.0 + rise) * before
        rows.append({
            "region": region_of(found.case, tariff.region), "sector": sector_of(tariff.sector), "year": year,
            "base": tariff.base, "bill": whole.constant,
            "repaid": math.fsum(amount for _, amount in whole.terms(found.plan)), "need": paid,
            "allowed": allowed, "rise": 100.0 * (paid / before - 1.0),
            "largest": None if rise is None else 100.0 * rise,
            "headroom": None if allowed is None else round(allowed - paid, 9) + 0.0,
        })
        before = paid
    return rows
