"""Table ``options``: the variants of each facility that has several, and doing nothing."""

from __future__ import annotations

import math

from jaryq.base.text import Text
from jaryq.case.case import Facility
from jaryq.factors.schedule import Start
from jaryq.report.amounts import Amounts
from jaryq.report.avoided import last_year, risk_waiting
from jaryq.report.facilities import why_not
from jaryq.report.projects import data_status, ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.timing import begun, chosen
from jaryq.report.words import DONE, IN_PART, SCOPES, YES, name_of

WAITS = Text("do nothing: it waits", "ничего не делать: объект ждёт")
REMARK = Text(
    "Money of variants is that of the whole variant. Those not chosen are shown as if started as early as possible. "
    "Risk left: of the facility to "
    "the last year of benefits of its variants, less what the variant avoids. Whether a variant is chosen also depends "
    "on targets, works and money: "
    "see the sheet limits.",
    "Деньги вариантов: за вариант целиком. Невыбранные показаны при самом раннем начале. Остаётся риск: риск объекта "
    "до последнего года выгод "
    "вариантов минус предотвращённый вариантом. Выбор зависит и от целей, ресурсов работ и денег: см. лист limits.",
)


def options_table(found: Amounts) -> Out:
    """Rows for each facility with variants, in the order of the input: its variants, then doing nothing."""
    case = found.case
    rows: list[dict[str, Value]] = []
    for asset in ordered(found, "facilities", case.assets):
        variants = case.assets[asset]
        if len(variants) < 2:
            continue
        horizon = last_year(found, variants)
        risk = risk_waiting(found, asset, horizon)
        in_all = math.fsum(found.share.get(v, 0.0) for v in variants)
        rows += [_row(found, case.facilities[v], risk) for v in ordered(found, "facilities", dict.fromkeys(variants))]
        done = any(case.facilities[v].done is not None for v in variants)
        rows.append({
            "asset": asset, "name": WAITS, "cost": 0.0, "benefit_pv": 0.0, "avoided": None if risk is None else 0.0,
            "left": risk, "cost_pv": 0.0, "net": 0.0,
            "share": 0.0 if done else 1.0 - in_all, "chosen": YES if in_all < 1e-6 and not done else None,
        })
    divisible = () if case.settings.whole else ("share",)
    headings = ("asset", "option", "name", "scope", "cost", "start", "finish", "benefit_pv", "avoided", "left",
                "cost_pv", "net", *divisible, "chosen",
        "data_status")
    return Out("options", headings, tuple(rows), remarks=(REMARK,))


def _row(found: Amounts, facility: Facility, risk: float | None) -> dict[str, Value]:
    """A variant: at its start in the plan, or at its earliest start."""
    factors, key = found.factors, facility.id
    row: dict[str, Value] = {
        "asset": facility.asset, "option": key, "name": name_of(facility), "scope": SCOPES[facility.scope],
        "cost": facility.overnight,
        "share": found.share.get(key, 0.0), "data_status": data_status(facility),
    }
    if facility.done is not None:
        return row | {"chosen": DONE, "finish": str(facility.done)}
    taken = chosen(found, key)
    row["chosen"] = why_not(found, facility) if not taken else YES if found.share[key] > 1 - 1e-6 else IN_PART
    starts: list[Start] = [start for start, _ in taken] or list(factors.works.starts[key][:1])
    if not starts:
        return row
    place = (key, starts[0].period.label)
    weight = factors.prices.weight
    cost = math.fsum(
        weight(y) * v for y, v in factors.money.outlay[place].items()
    ) - math.fsum(weight(y) * v for y, v in factors.money.income[place].items())
    avoided = factors.risk.avoided.get(place)
    return row | {
        "start": begun(found.case, facility, starts[0]), "finish": starts[-1].finish.label,
        "benefit_pv": factors.risk.benefit[place], "avoided": avoided,
        "left": None if risk is None or avoided is None else risk - avoided, "cost_pv": cost,
        "net": factors.risk.benefit[place] - cost,
    }
