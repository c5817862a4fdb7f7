"""What a partner page shows beside its tables: draws and payments by year as a chart, and which scenarios move its
money alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fnmatch import fnmatchcase

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.shapes import Chart, Series
from jaryq.report.report import Report
from jaryq.report.shapes import as_number
from jaryq.report.words import UNIT_WORDS, country, joined, number
from jaryq.tables.scenarios import BASE
from jaryq.tables.tables import Tables

PAID: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("Principal", "Погашение долга"), ("k_principal",)),
    (Text("Interest and fees", "Проценты и комиссии"), ("k_interest", "k_state", "k_fees")))
OF_MONEY = ("sources", "source_years", "programme")
"""Sheets of scenario changes that may speak of sources alone; ``programme`` shifts what its selector names."""


def by_year(case: Case, report: Report, partner: str) -> Chart | None:
    """Draws above, payments below the line, bn KZT of each year to the last maturity; None where nothing is lent."""
    table = report.tables.get("debt_service")
    rows = [row for row in (table.rows if table is not None else ())
            if (source := case.sources.get(str(row.get("source")))) is not None and source.partner == partner]
    years = sorted({int(as_number(row.get("year"))) for row in rows})
    if not years:
        return None

    def of(parts: tuple[str, ...], sign: float) -> tuple[float, ...]:
        return tuple(sign * math.fsum(as_number(row.get(part)) for row in rows for part in parts
                                      if as_number(row.get("year")) == year) + 0.0 for year in years)

    drawn = of(("k_drawn",), 1.0)
    paid = [(name, of(parts, -1.0)) for name, parts in PAID]
    name, back = country(partner), number(-math.fsum(v for _, values in paid for v in values))
    got = number(math.fsum(drawn))
    title = Text("Draws (above) and payments (below) by year, bn KZT",
                 "Выборка (вверх) и платежи (вниз) по годам, млрд тенге")
    alt = Text(f"{name.en}: {got.en} bn KZT drawn, {back.en} paid back by {years[-1]}.",
               f"{name.ru}: выборка {got.ru} млрд тенге, платежи {back.ru} к {years[-1]} году.")
    return Chart(f"partner_{partner}", "stacked", title, UNIT_WORDS["bn KZT"], tuple(years),
                 tuple(Series(*one) for one in ((Text("Drawn", "Выборка"), drawn), *paid)), alt)


def moved_alone(inputs: Tables, case: Case, partner: str) -> Text | None:
    """Which scenarios of the case move the money of this partner alone, and the command that says what they move in the
    plan; None where there are none."""
    mine = {key for key, source in case.sources.items() if source.partner == partner}
    changes: dict[str, list[bool]] = {}
    for _, row in inputs.get("scenario_changes").records():
        changes.setdefault(str(row.get("scenario")), []).append(_of_partner(row, case, partner, mine))
    found = [(str(row.get("scenario")), row) for _, row in inputs.get("scenarios").records()
             if all(changes.get(str(row.get("scenario")), [False])) and not row.get("builds_on")]
    names = joined([Text(str(row.get("name") or key), str(row.get("name_ru") or row.get("name") or key))
                    for key, row in found])
    if names is None:
        return None
    keys = ",".join([BASE, *(key for key, _ in found)])
    return Text(f"If its money is late, dearer or absent ({names.en}): jaryq scenarios CASE.xlsx --only {keys} plans "
                "each of these; its comparison.xlsx says which projects move, fall out or come in.",
                f"Если эти деньги придут позже, станут дороже или их не будет ({names.ru}): команда jaryq scenarios "
                f"CASE.xlsx --only {keys} строит план для каждого сценария; в comparison.xlsx сказано, какие объекты "
                "сдвинутся, выпадут или войдут.")


def _of_partner(row: Mapping[str, object], case: Case, partner: str, mine: set[str]) -> bool:
    """Whether a change speaks of sources of this partner and of nothing else."""
    column, _, wanted = str(row.get("selector") or "").partition("=")
    if str(row.get("sheet")) not in OF_MONEY:
        return False
    if column == "partner":
        return wanted == partner
    if column not in ("source", "source_id"):
        return False
    hit = {key for key in case.sources if any(fnmatchcase(key, one) for one in wanted.split("|"))}
    return bool(hit) and hit <= mine
