"""A page for each region: what it gets and when, km by kind, its facilities, who pays, what is asked of it, and what
consumers pay; from the tables that the page ``places`` is drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.aims import SIGNS
from jaryq.handover.left_out import left_out
from jaryq.handover.region_money import by_payer, by_utility, by_year
from jaryq.handover.region_networks import by_kind
from jaryq.handover.said import as_text, bare, told, when
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.counting import counting
from jaryq.report.delayed import DELAYED
from jaryq.report.report import Report
from jaryq.report.shapes import Fact, Value, as_number
from jaryq.report.words import NO, NOT_IN, number

NOTE = Text("What the region gets by this plan, when, for how much and from whom; what is asked of it, and what was "
            "left out. Region {number} of {count} in the order of the input.",
            "Что получает регион по этому плану, когда, за сколько и от кого; что от него требуется и что не вошло. "
            "Регион {number} из {count} в порядке исходных данных.")
SHOWN = 24
"""Facilities on the page; the sheet ``facilities`` of the plan has them all."""
NAMED = 12
"""Names of facilities that are left out, for each reason."""

Row = Mapping[str, Value]


@dataclass(frozen=True)
class Region:
    """A region's page with the figures that the contents show of it."""

    name: Text
    row: Row
    page: Front


def regions(case: Case, report: Report) -> tuple[Region, ...]:
    """The regions of the table ``by_region`` in its order; projects of no region come last."""
    rows = report.tables["by_region"].rows
    return tuple(_region(case, report, row, i, len(rows)) for i, row in enumerate(rows, 1))


def _region(case: Case, report: Report, row: Row, at: int, count: int) -> Region:
    key, name = str(row.get("region") or ""), as_text(row.get("name"))
    facilities = [one for one in report.tables["facilities"].rows
                  if (case.facilities[str(one["facility"])].region or "") == key]
    # Tables that go by names of regions cannot tell two of one name apart.
    alone = sum(as_text(other.get("name")) == name for other in report.tables["by_region"].rows) == 1
    blocks = (
        *((by_payer(report, name),) if alone else ()), by_year(case, row),
        by_kind(case, report, key, name if alone else None),
        built(facilities), asked(report, key),
        *((by_utility(case, report, name),) if alone else ()),
        left_out(report, facilities, Text("Left out", "Не вошло"), NAMED),
    )
    page = Front(f"region_{key or 'none'}", name, NOTE.fill(number=at, count=count), figures(case, report, row),
                 tuple(sentences(case, row, facilities)), (), tuple(block for block in blocks if block.rows))
    return Region(name, row, page)


def figures(case: Case, report: Report, row: Row) -> tuple[Fact, ...]:
    """Facilities, km, cost, cost a head, wear and rank, as far as they are known; those of the page ``places``."""
    known = {place: number(as_number(row.get(place)), 1) for place in ("share", "part", "wear_now", "wear_idle")}
    scope, ranked = number(len(counting(case, str(row.get("region") or "")))), sum(
        one.get("rank") is not None for one in report.tables["by_region"].rows)
    last = case.settings.last_year
    made = [Fact(Text("Facilities finished", "Объектов завершено"), row.get("finished"), "facilities",
                 Text(f"of {scope.en} that count", f"из {scope.ru} засчитываемых"))]
    if row.get("share") is not None:
        made.append(Fact(Text("Networks renewed", "Обновлено сетей"), row.get("renewed"), "km",
                         Text(f"{known['share'].en} % of the scope by {last}",
                              f"к {last} году {known['share'].ru} % программы")))
    made.append(Fact(Text("Cost, nominal", "Затраты, номинально"), row.get("total"), BILLION,
                     Text(f"{known['part'].en} % of the programme", f"{known['part'].ru} % программы")))
    if row.get("per_head") is not None:
        made.append(Fact(Text("Cost per head", "Затраты на человека"), row.get("per_head"), "",
                         said=Text("thousand KZT", "тыс. тенге")))
    if row.get("wear_plan") is not None:
        made.append(Fact(Text(f"Wear of networks at the end of {last}", f"Износ сетей на конец {last} года"),
                         row.get("wear_plan"), "%",
                         Text(f"{known['wear_now'].en} now; {known['wear_idle'].en} without works",
                              f"сейчас {known['wear_now'].ru}; без работ {known['wear_idle'].ru}")))
    if row.get("rank") is not None:
        made.append(Fact(Text("Rank by wear at the end", "Место по износу в конце"), row.get("rank"), "",
                         Text(f"of {ranked}; 1 is the most worn; now {row.get('rank_now')}",
                              f"из {ranked}; 1 у самых изношенных; сейчас {row.get('rank_now')}")))
    return tuple(made)


def sentences(case: Case, row: Row, facilities: Sequence[Row]) -> list[Text]:
    """What happens to heat networks, and which facility is the dearest."""
    said = []
    if row.get("heat_plan") is not None:
        now, then = (told(as_number(row.get(heading))) for heading in ("heat_now", "heat_plan"))
        last = case.settings.last_year
        said.append(Text(f"Wear of heat networks: {now.en} % now, {then.en} % at the end of {last}.",
                         f"Износ теплосетей: сейчас {now.ru} %, на конец {last} года {then.ru} %."))
    dearest = max(facilities, key=lambda one: as_number(one.get("total")), default=None)
    if dearest is not None and (cost := as_number(dearest.get("total"))) > 0:
        name, amount = as_text(dearest.get("name")), told(cost)
        part = number(100.0 * cost / as_number(row.get("total")))
        said.append(Text(f"The dearest of its projects is {name.en}: {amount.en} bn KZT, {part.en} % of its cost.",
                         f"Самый дорогой объект: {name.ru}, {amount.ru} млрд тенге, {part.ru} % затрат региона."))
    return said


def built(facilities: Sequence[Row]) -> Block:
    """The facilities that are in the plan or done, those that finish first above."""
    rows = sorted((row for row in facilities if row.get("status") != NOT_IN),
                  key=lambda row: (str(row.get("finish") or ""), str(row.get("start") or "")))
    more = len(rows) - SHOWN
    notes = (Text(f"{more} more on the sheet facilities of the plan.", f"Ещё {more} на листе facilities плана."),) \
        if more > 0 else ()
    fields = (Field(Text("Facility", "Объект")), Field(Text("Sector", "Отрасль")), Field(Text("Status", "Состояние")),
              Field(Text("Begins", "Начало")), Field(Text("Finished", "Окончание")),
              Field(Text("Cost", "Стоимость"), BILLION, total=more <= 0, bar=True),
              Field(Text("Who pays", "Кто платит")), Field(Text("Why", "Почему")))
    return Block(Text("Facilities", "Объекты"), fields, tuple(
        (row.get("name"), row.get("sector"), row.get("status"), when(row.get("start")),
         when(row.get("finish")), row.get("total"),
         bare(as_text(row.get("sources"))), first(as_text(row.get("why")))) for row in rows[:SHOWN]), notes)


def first(reason: Text) -> Text:
    """The reason without what is said of waiting."""
    return Text(*(said.removesuffix(f"; {late}") for said, late in ((reason.en, DELAYED.en), (reason.ru, DELAYED.ru))))


def asked(report: Report, key: str) -> Block:
    """Targets whose filter names the region."""
    rows = [row for row in report.tables["targets"].rows if f"region={key}" in filters(row)] if key else []
    fields = (Field(Text("Asked of the region", "Требуется от региона")), Field(Text("Year", "Год")),
              Field(Text("Asked", "Требуется")), Field(Text("Reached", "Достигнуто")), Field(Text("Unit", "Единица")),
              Field(Text("Missed by", "Не хватает")))
    return Block(Text("What is asked of it", "Что от него требуется"), fields, tuple(_asked(row) for row in rows))


def filters(row: Row) -> set[str]:
    """The conditions of a target's filter, apart."""
    return {part.strip() for part in str(row.get("filter") or "").split(";")}


def _asked(row: Row) -> tuple[Value, ...]:
    sign, value = SIGNS.get(str(row.get("sense")), as_text(row.get("sense"))), told(as_number(row.get("value")))
    return (row.get("name"), row.get("year"), Text(f"{sign.en} {value.en}", f"{sign.ru} {value.ru}"),
            row.get("reached"), row.get("unit"), row.get("shortfall") if row.get("met") is NO else None)
