"""What a plan says of the stretches of its register: numbers that it claims, and the tables of its workbook
(docs/numbers.md: Stretches)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from jaryq.base.counted import OF_ROWS, counted
from jaryq.base.text import Text
from jaryq.case.stretches import Renewed, Stretches
from jaryq.factors.derive import Factors
from jaryq.factors.gains import gained
from jaryq.factors.stretches import stretch_benefits
from jaryq.report.amounts import Amounts
from jaryq.report.shapes import Out, Value
from jaryq.report.stretches import FIRST, by_age, done, next_km, wear_at
from jaryq.report.words import name_of, number
from jaryq.sheets.results_stretches import (
    STRETCHES_AGE,
    STRETCHES_CUT,
    STRETCHES_LIST,
    STRETCHES_OUT,
    STRETCHES_PERIODS,
)

LEAST = 1e-6
"""Km by which a stretch is renewed in part, or left in part."""

BY_MEANS = Text("What the plan says of other choices, prices of limits and what-ifs is not told stretch by stretch: "
                "prices of limits are those of groups of stretches as they are, the rest speaks of packages by their "
                "means where it is asked for (explain).",
                "Цены ограничений считаются при неизменных группах участков; о другом выборе и вариантах «что если» по "
                "участкам не говорится: по запросу (explain) речь о пакетах по средним.")
NEXT = 100.0
"""Km that are told of what would come next."""

Mask = npt.NDArray[np.bool_]


def claims_of_stretches(found: Amounts, renewed: Renewed | None) -> dict[str, float]:
    """What stretches bring above the mean of their packages, bn KZT; how many there are, what those renewed are worth,
    bn KZT, how many are cut, and of each package with a wear that of its stretches after the last year. Nothing without
    a register."""
    register = found.case.stretches
    if register is None:
        return {}
    numbers = {"above_pv": gained(found.factors, "above").on(found.plan)}
    if renewed is not None:
        numbers |= {"stretches[count]": float(len(register)), "stretches[value]": math.fsum(worth_of(found).values()),
                    "stretches[cut]": float(np.count_nonzero(cut(register, renewed)))}
        later = _wear_later(found, register, renewed)
        numbers |= {f"stretches[wear,{key}]": by_plan for key, (_, by_plan) in later.items()
                    if found.case.packages[key].wear is not None}
    return numbers


def _wear_later(found: Amounts, register: Stretches, renewed: Renewed) -> dict[str, tuple[float, float]]:
    """Wear of each package after the last year, nothing done and by the plan."""
    settings = found.case.settings
    return wear_at(register, renewed, float(settings.last_year + 1 - settings.plan_from), *_lives(found, register))


def _lives(found: Amounts, register: Stretches) -> tuple[dict[str, float], list[float]]:
    """Years that renewed pipe of each package lasts; when each period ends, years after 1 January of plan_from."""
    ends = [(period.position + 1) / found.case.settings.periods_per_year for period in found.case.periods]
    return {key: found.case.packages[key].life for key in register.packages}, ends


def worth_of(found: Amounts) -> dict[tuple[str, str], float]:
    """What is renewed of each package with a register brings, by period: as the plan states it."""
    register, plan, benefit = found.case.stretches, found.plan, found.factors.risk.benefit
    packages = frozenset(register.packages if register else ())
    keys = {*plan.above, *(key for key in plan.renew if key[0] in packages)}
    return {key: plan.above.get(key, 0.0) + benefit.get(key, 0.0) * plan.renew.get(key, 0.0) for key in sorted(keys)}


def cut(register: Stretches, renewed: Renewed) -> Mask:
    """Stretches that are renewed in part, or in several periods."""
    of = done(register, renewed)
    times = np.bincount(renewed.row, minlength=len(register))
    found: Mask = (times > 1) | ((of > LEAST) & (of < register.km - LEAST))
    return found


SHEETS = (STRETCHES_OUT, STRETCHES_PERIODS, STRETCHES_AGE, STRETCHES_LIST, STRETCHES_CUT)
"""The sheets of these tables, in their order."""


def stretches_tables(found: Amounts, renewed: Renewed | None, file: str) -> list[Out]:
    """The tables of a plan with a register, none without. ``file``: where all that is renewed stands."""
    register = found.case.stretches
    if register is None or renewed is None:
        return []
    tables = [_packages(found, register, renewed), _periods(found, register, renewed), _ages(register, renewed),
              _first(found.factors, register, renewed, file), _cut(found, register, renewed)]
    return [table for table in tables if table.rows]


def _packages(found: Amounts, register: Stretches, renewed: Renewed) -> Out:
    case, benefit = found.case, stretch_benefits(found.factors)
    now = wear_at(register, renewed, 0.0, *_lives(found, register))
    later = _wear_later(found, register, renewed)
    km, of = register.sums(register.km), done(register, renewed)
    touched, worth = register.sums((of > 0).astype(np.float64)), worth_of(found)
    rows: list[dict[str, Value]] = []
    for i, key in enumerate(register.packages):
        following = next_km(register, renewed, benefit, key, NEXT)
        at = register.slices[key]
        rows.append({
            "package": key, "name": name_of(case.packages[key]), "stretches": at.stop - at.start, "km": float(km[i]),
            "touched": int(touched[i]), "renewed": math.fsum(of[at]),
            "worth": math.fsum(v for (n, _), v in worth.items() if n == key),
            "above": math.fsum(v for (n, _), v in found.plan.above.items() if n == key),
            "wear_now": 100.0 * now[key][0] if key in now else None,
            "wear_nothing": 100.0 * later[key][0] if key in later else None,
            "wear_plan": 100.0 * later[key][1] if key in later else None,
            "next_km": math.fsum(following.km), "next_worth": following.value,
        })
    return Out("stretches", tuple(column.name for column in STRETCHES_OUT.columns), tuple(rows),
               sums=("stretches", "km", "touched", "renewed", "worth", "above", "next_km", "next_worth"),
               remarks=(BY_MEANS,))


def _periods(found: Amounts, register: Stretches, renewed: Renewed) -> Out:
    labels, worth = [period.label for period in found.case.periods], worth_of(found)
    cells = register.package[renewed.row].astype(np.int64) * len(labels) + renewed.period
    shape = len(register.packages) * len(labels)
    count, km = np.bincount(cells, minlength=shape), np.bincount(cells, renewed.km, minlength=shape)
    rows: list[dict[str, Value]] = [
        {"package": key, "period": label, "touched": int(count[at]), "renewed": float(km[at]),
         "worth": worth.get((key, label), 0.0)}
        for i, key in enumerate(register.packages) for t, label in enumerate(labels)
        if count[at := i * len(labels) + t]]
    return Out("stretches_by_period", tuple(column.name for column in STRETCHES_PERIODS.columns), tuple(rows),
               sums=("touched", "renewed", "worth"))


def _ages(register: Stretches, renewed: Renewed) -> Out:
    rows: list[dict[str, Value]] = [
        {"least": band.least, "most": band.most, "stretches": band.stretches, "km": band.km,
         "wear": None if band.wear is None else 100.0 * band.wear,
         "renewed": band.renewed, "part": 100.0 * band.renewed / band.km if band.km > 0 else None}
        for band in by_age(register, renewed) if band.stretches]
    return Out("stretches_by_age", tuple(column.name for column in STRETCHES_AGE.columns), tuple(rows),
               sums=("stretches", "km", "renewed"))


def _first(f: Factors, register: Stretches, renewed: Renewed, file: str) -> Out:
    each = stretch_benefits(f)[renewed.row, renewed.period]
    labels = [period.label for period in f.case.periods]
    order = np.lexsort((renewed.period, renewed.row, -each))[:FIRST].tolist()
    rows: list[dict[str, Value]] = []
    for j in order:
        i = int(renewed.row[j])
        rows.append(_stretch(register, i) | {
            "built": int(register.built[i]) or None,
            "material": register.materials[register.material[i]] if register.material[i] >= 0 else None,
            "wear": None if np.isnan(register.wear[i]) else 100.0 * float(register.wear[i]),
            "period": labels[renewed.period[j]],
            "renewed": float(renewed.km[j]), "worth": float(each[j] * renewed.km[j])})
    shown, all_ = number(float(len(rows))), counted(len(renewed.km), *OF_ROWS)
    return Out("stretches_first", tuple(column.name for column in STRETCHES_LIST.columns), tuple(rows), remarks=(
        Text(f"{shown.en} of {all_.en}; all stand in the file {file} beside the plan.",
             f"{shown.ru} из {all_.ru}; все они в файле {file} рядом с планом."),))


def _cut(found: Amounts, register: Stretches, renewed: Renewed) -> Out:
    labels = [period.label for period in found.case.periods]
    here = np.flatnonzero(cut(register, renewed)[renewed.row]).tolist()
    rows: list[dict[str, Value]] = [
        _stretch(register, int(renewed.row[j])) | {"period": labels[renewed.period[j]],
                                                   "renewed": float(renewed.km[j])} for j in here[:FIRST]]
    return Out("stretches_cut", tuple(column.name for column in STRETCHES_CUT.columns), tuple(rows))


def _stretch(register: Stretches, i: int) -> dict[str, Value]:
    package, segment = register.key(i)
    street = register.street[i]
    return {"package": package, "segment": segment, "street": register.streets[street] if street >= 0 else None,
            "km": float(register.km[i])}
