"""Columns of wide sheets in groups of meaning: a band of one colour with a title above them; some can be folded
away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.text import LANGS, Text
from jaryq.sheets.spec import Sheet


@dataclass(frozen=True)
class Group:
    """Neighbouring columns of a sheet, from ``first`` (a declared name) to the next group.

    ``colour``: one of the six of the workbook; the same meaning has the same one on every sheet. ``folds``: the columns
    behind the first can be folded away, and need not be filled in for a plan.
    """

    first: str
    text: Text
    colour: int
    folds: bool = False


STATE, WORKS, MONEY, RISK, RULES, TRACE = range(6)

_TRACE = Group("data_status", Text("Trace", "Откуда данные"), TRACE)
_RISK = Text("Condition and risk", "Состояние и риск")
_OUTAGE = Text("Route, outage, order", "Маршрут, вывод, очерёдность")

GROUPS: Mapping[str, tuple[Group, ...]] = {
    "asset_types": (
        Group("life", Text("Time and cost", "Сроки и стоимость"), WORKS),
        Group("crew", Text("Works resource", "Ресурс работ"), RULES),
        Group("route", _OUTAGE, RULES, folds=True),
        Group("pof_k", Text("Health score and failures", "Индекс состояния и отказы"), RISK, folds=True),
        Group("bursts", Text("Bursts of networks", "Прорывы сетей"), RISK, folds=True),
        Group("repair_cost", Text("Cost of a failure", "Цена отказа"), RISK, folds=True),
        Group("content_", Text("Content by partner", "Доля страны"), MONEY),
        _TRACE,
    ),
    "facilities": (
        Group("capacity", Text("What stands there", "Что есть сейчас"), STATE),
        Group("scope", Text("Works and their cost", "Работы и стоимость"), WORKS),
        Group("savings", Text("Benefits", "Выгоды"), MONEY),
        Group("duty", _RISK, RISK, folds=True),
        Group("outage_months", _OUTAGE, RULES, folds=True),
        Group("option_of", Text("Variants, life, income", "Варианты, срок, доход"), WORKS, folds=True),
        Group("spend_", Text("Spending by year", "Затраты по годам"), MONEY, folds=True),
        _TRACE,
    ),
    "networks": (
        Group("km", Text("Length and wear", "Длина и износ"), STATE),
        Group("unit_cost", Text("Works and their cost", "Работы и стоимость"), WORKS),
        Group("savings", Text("Benefits", "Выгоды"), MONEY),
        Group("bursts", _RISK, RISK, folds=True),
        Group("life", Text("Life", "Срок"), WORKS),
        _TRACE,
    ),
    "balances": (
        Group("quantity", Text("Who belongs to it", "Кто относится"), WORKS),
        Group("peak_from", Text("Peak and its months", "Пик и его месяцы"), STATE),
        Group("priority", Text("Worth of a deficit", "Цена дефицита"), RULES),
        Group("peak_", Text("Peak and capacity by year", "Пик и мощность по годам"), STATE),
        _TRACE,
    ),
    "calibration": (
        Group("measure", Text("What is compared", "Что сравнивается"), STATE),
        Group("per", Text("What it is divided by", "На что делится"), WORKS),
        Group("published", Text("Published figure and band", "Опубликованная величина и полоса"), MONEY),
        Group("why", Text("How it is told", "Что говорится"), RULES),
        _TRACE,
    ),
    "sources": (
        Group("currency", Text("Money and limits", "Деньги и пределы"), MONEY),
        Group("rate", Text("Interest", "Проценты"), STATE),
        Group("clock", Text("Signing, grace and repayment", "Подписание, льготный период, погашение"), WORKS,
              folds=True),
        Group("front_end", Text("Fees and subsidy", "Комиссии и субсидия"), RISK, folds=True),
        Group("down_payment", Text("Conditions of the lender", "Условия кредитора"), RULES, folds=True),
        _TRACE,
    ),
}
"""By sheet. What stands before the first group says what a row is about."""


def group_of(sheet: Sheet, name: str) -> Group | None:
    """The group of a heading: the last one that begins at its column or before it."""
    names = [column.name for column in sheet.columns]
    column = sheet.column(name)
    if column is None:
        return None
    begun: Sequence[Group] = [group for group in GROUPS.get(sheet.name, ())
                              if names.index(group.first) <= names.index(column.name)]
    return begun[-1] if begun else None


def group_titles(sheet: str) -> frozenset[str]:
    """Titles of a sheet's groups in every language."""
    return frozenset(group.text.say(lang) for group in GROUPS.get(sheet, ()) for lang in LANGS)
