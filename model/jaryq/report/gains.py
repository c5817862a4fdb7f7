"""Whose gain a plan is: present values by payer, which add up to the purse, the country and everyone; the table
``gains``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Source
from jaryq.factors.gains import fees_of, gained
from jaryq.report.amounts import Amounts
from jaryq.report.charges import crews_pv
from jaryq.report.shapes import Out, Value

WHO: Mapping[str, Text] = {
    "state": Text("State", "Государство"),
    "users": Text("Utilities and their consumers", "Предприятия и их потребители"),
    "lenders": Text("Lenders at home", "Кредиторы в стране"),
    "abroad": Text("Lenders and givers abroad", "Зарубежные кредиторы и доноры"),
}
PARTS = ("benefits", "income", "money", "loans", "premiums", "deficits")
TOTALS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "purse": (Text("Purse: State, utilities and consumers", "Кошелёк: государство, предприятия и потребители"),
              ("state", "users")),
    "society": (Text("The country: purse and lenders at home", "Страна: кошелёк и кредиторы в стране"),
                ("state", "users", "lenders")),
    "all": (Text("Everyone", "Все"), ("state", "users", "lenders", "abroad")),
}
REMARK = Text(
    "Present values, gains positive. A loan gives its payer money when it is drawn and takes every payment at its "
    "date; its lender has the other side. "
    "The State pays of it the part of the interest that is subsidised. The purse is the objective before priced "
    "targets and the price of change.",
    "Приведённые, выгоды положительны. Заём даёт плательщику деньги при выборке и берёт каждый платёж в его дату; у "
    "кредитора обратная сторона. "
    "Государство платит субсидируемую часть процентов. Кошелёк: цель без цен целей и цены изменений.",
)


def gains_by_payer(found: Amounts) -> dict[str, dict[str, float]]:
    """Parts of the gain of each payer, present values, bn KZT of the price year (docs/numbers.md: Objective, Whose
    gain)."""
    terms: dict[str, dict[str, list[float]]] = {who: {part: [] for part in PARTS} for who in WHO}
    factors, sources, weight = found.factors, found.case.sources, found.factors.money.weight
    terms["users"]["benefits"] += found.benefit.values()
    terms["users"]["premiums"].append(-crews_pv(found))
    terms["users"]["deficits"].append(gained(factors, "deficits").on(found.plan))
    for (f, y), amount in found.income.items():
        goes_to = found.case.facilities[f].income_to
        terms[_payer(sources[goes_to]) if goes_to else "users"]["income"].append(weight[y] * amount)
    for (s, y), earned in factors.interest.items():
        terms[_payer(sources[s])]["income"].append(weight[y] * earned.on(found.plan))
    for (s, y), amount in found.draw.items():
        worth = factors.money.worth[s, y] * amount
        if sources[s].kind == "loan":
            _add_loan(found, terms, s, y, amount)
            terms[_payer(sources[s])]["money"] += [worth, -worth]
        elif sources[s].kind == "grant" and sources[s].foreign:
            terms["abroad"]["money"].append(-worth)
        else:
            terms[_payer(sources[s])]["money"].append(-worth)
    for (s, y), amount in found.plan.line.items():
        _add_loan(found, terms, s, y, amount)
        terms[_payer(sources[s])]["money"].append(factors.money.worth[s, y] * amount)
    for s, source in sources.items():
        fees = fees_of(factors, s).on(found.plan)
        terms[_payer(source)]["loans"].append(-fees)
        terms[_lender(source)]["loans"].append(fees)
    return {who: {part: math.fsum(values) for part, values in parts.items()} for who, parts in terms.items()}


def _add_loan(found: Amounts, terms: dict[str, dict[str, list[float]]], s: str, y: int, amount: float) -> None:
    """Both sides of a draw on a loan: its service less the commitment fees it saves, the State's part of the interest,
    the money itself."""
    money, source = found.factors.money, found.case.sources[s]
    cost, state = money.cost[s, y] * amount, math.fsum(money.service[s, y].present_state.values()) * amount
    terms["state"]["loans"].append(-state)
    terms[_payer(source)]["loans"].append(state - cost)
    terms[_lender(source)]["loans"].append(cost)
    terms[_lender(source)]["money"].append(-money.worth[s, y] * amount)


def _payer(source: Source) -> str:
    """Who bears a source: who repays a loan, consumers for own money, the State for the rest."""
    if source.kind == "loan":
        return "state" if source.who_repays == "budget" else "users"
    return "users" if source.kind == "own" else "state"


def _lender(source: Source) -> str:
    return "abroad" if source.foreign else "lenders"


def gain_of(found: Amounts) -> dict[str, float]:
    """The gain of each payer."""
    return {who: math.fsum(parts.values()) for who, parts in gains_by_payer(found).items()}


def gains_table(found: Amounts) -> Out:
    """One row for each payer, then the purse, the country and everyone."""
    made = gains_by_payer(found)
    rows: list[dict[str, Value]] = [_row(text, [made[who]]) for who, text in WHO.items()]
    rows += [_row(text, [made[who] for who in of]) for text, of in TOTALS.values()]
    shown = tuple(part for part in PARTS if any(row[part] for row in rows))
    return Out("gains", ("who", *shown, "gain"), tuple(rows), formulas={"gain": shown}, remarks=(REMARK,))


def _row(text: Text, of: Iterable[Mapping[str, float]]) -> dict[str, Value]:
    of = list(of)
    parts = {part: _sum([one[part] for one in of]) for part in PARTS}
    return {"who": text, **parts, "gain": math.fsum(parts.values())}


def _sum(terms: Sequence[float]) -> float:
    """The sum; nothing where two sides cancel and rounding alone is left, which a sheet would show as a red -0.0."""
    total = math.fsum(terms)
    return total if abs(total) > 1e-12 * math.fsum(map(abs, terms)) else 0.0
