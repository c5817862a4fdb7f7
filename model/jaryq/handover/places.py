"""The page ``places``: what each region gets, for how much a head, and how worn its networks stay; the worst off
first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.counted import OF_REGIONS, counted
from jaryq.base.home import BILLION, THOUSAND
from jaryq.base.regions import known_regions
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.counting import before, not_counting
from jaryq.handover.said import as_text
from jaryq.handover.shapes import Chart, Front, Series, Tiles
from jaryq.handover.tiles import tiles
from jaryq.report.block import Block, Field
from jaryq.report.counting import counting
from jaryq.report.report import Report
from jaryq.report.shapes import Out, Value, as_number
from jaryq.report.words import number

TITLE = Text("Place by place", "По регионам")
NOTE = Text("What each region gets, for how much a head, and how worn its networks are before and after; the worst "
            "off at the end stand first.",
            "Что получает каждый регион, сколько на человека и каков износ его сетей до и после; первыми стоят те, "
            "кому в конце хуже всех.")
Row = Mapping[str, Value]


def places(case: Case, report: Report) -> Front | None:
    """A row for each region and the tile map; None where the case tells no regions apart."""
    table = report.tables["by_region"]
    if sum(1 for row in table.rows if row.get("region")) < 2:
        return None
    rows = worst_first(table)
    return Front("places", TITLE, NOTE, sentences=(*worst(rows), *most_money(rows), *of_the_worst(report, rows),
                                                  *moved(rows)),
                 charts=wear(case, rows), blocks=(_block(case, table, rows),),
                 whole=(_block(case, table, rows, whole=True),), tiles=_map(case, table, rows))


def worst_first(table: Out) -> list[Row]:
    """Rows by their rank at the end, those without a rank last."""
    return sorted(table.rows, key=lambda row: (row.get("rank") is None, as_number(row.get("rank"))))


def _block(case: Case, table: Out, rows: Sequence[Row], *, whole: bool = False) -> Block:
    """``whole``: with what a printed page has no room for."""
    last = case.settings.last_year
    fields = [
        ("name", Field(Text("Region", "Регион"))),
        ("rank", Field(Text("Rank by wear at the end", "Место по износу в конце"))),
        *((("rank_now", Field(Text("Rank by wear now", "Место по износу сейчас"))),) if whole else ()),
        ("facilities", Field(Text("Facilities that count", "Засчитываемых объектов"), total=True)),
        ("finished", Field(Text("Facilities finished", "Объектов завершено"), total=True)),
        ("renewed", Field(Text("Networks renewed", "Обновлено сетей"), "km", total=True, bar=True)),
        ("share", Field(Text(f"Renewed by {last}", f"Обновлено к {last} году"),
                        Text("% of km in scope", "% длины в программе"))),
        ("total", Field(Text("Cost", "Затраты"), BILLION, total=True, bar=True)),
        ("per_head", Field(Text("Cost per head", "Затраты на человека"), THOUSAND, bar=True)),
        ("wear_now", Field(Text("Wear of networks now", "Износ сетей сейчас"), "%")),
        ("wear_plan", Field(Text(f"Wear at the end of {last}", f"Износ на конец {last} года"), "%")),
        ("wear_idle", Field(Text("The same without works", "То же без работ"), "%")),
        *((("heat_now", Field(Text("Wear of heat networks now", "Износ теплосетей сейчас"), "%")),) if whole else ()),
        ("heat_plan", Field(Text(f"Heat networks at the end of {last}", f"Теплосети на конец {last} года"), "%")),
    ]
    used = [(heading, field) for heading, field in fields if heading in table.headings]
    counts = {row.get("region"): float(len(counting(case, str(row.get("region") or "")))) for row in rows}
    made = tuple(tuple((row | {"facilities": counts[row.get("region")]}).get(heading) for heading, _ in used)
                 for row in (dict(row) for row in rows))
    notes = (Text("Wear of all networks is a mean weighted by length times cost of a kilometre, that of heat networks "
                  "by length. Finished: those that count towards the programme.",
                  "Износ всех сетей: среднее с весом «длина на стоимость километра», теплосетей: с весом «длина». "
                  "Завершено: то, что засчитывается в программу."), *before(case),
             *(not_counting(case) if whole else ()))
    return Block(Text("Regions", "Регионы"), tuple(field for _, field in used), made, notes)


def wear(case: Case, rows: Sequence[Row]) -> tuple[Chart, ...]:
    """Wear of the networks of each region now, at the end and without works; nothing where none is known."""
    known = [row for row in rows if row.get("wear_plan") is not None]
    if not known:
        return ()
    last, title = case.settings.last_year, Text("Wear of networks, %", "Износ сетей, %")
    series = tuple(Series(name, tuple(as_number(row.get(heading)) for row in known)) for heading, name in (
        ("wear_now", Text("now", "сейчас")), ("wear_plan", Text(f"end of {last}", f"конец {last} года")),
        ("wear_idle", Text("without works", "без работ"))))
    ends = [_said(row, "wear_plan", Text("%", "%")) for row in (known[0], known[-1])]
    alt = Text(f"{title.en}, at the end of {last}, from {ends[0].en} to {ends[1].en}.",
               f"{title.ru} на конец {last} года: {ends[0].ru}; …; {ends[1].ru}.")
    short = {key: place.short for key, place in known_regions().items()}
    labels = tuple(short.get(str(row.get("region")), as_text(row.get("name"))) for row in known)
    return (Chart("places_wear", "columns", title, Text("%", "%"), labels, series, alt),)


def _map(case: Case, table: Out, rows: Sequence[Row]) -> Tiles | None:
    last = case.settings.last_year
    figures = {
        "wear_plan": (Text(f"Wear of networks at the end of {last}", f"Износ сетей на конец {last} года"),
                      Text("%", "%")),
        "wear_now": (Text("Wear of networks now", "Износ сетей сейчас"), Text("%", "%")),
        "heat_plan": (Text(f"Wear of heat networks at the end of {last}", f"Износ теплосетей на конец {last} года"),
                      Text("%", "%")),
        "per_head": (Text("Cost per head", "Затраты на человека"), Text("thousand KZT", "тыс. тенге")),
        "total": (Text("Cost", "Затраты"), Text("bn KZT", "млрд тенге")),
        "renewed": (Text("Networks renewed", "Обновлено сетей"), Text("km", "км")),
        "finished": (Text("Facilities finished", "Объектов завершено"), Text("facilities", "объектов")),
    }
    used = {key: said for key, said in figures.items() if key in table.headings}
    shown = next(iter(used))
    title, unit = used[shown]
    known = [row for row in rows if row.get(shown) is not None and row.get("region")]
    if not known:
        return None
    first = max(known, key=lambda row: as_number(row[shown]))
    last_one = min(known, key=lambda row: as_number(row[shown]))
    high, low = (_said(row, shown, unit) for row in (first, last_one))
    return tiles(Text("Map of the regions", "Карта регионов"), used, shown, rows,
                 Text(f"{title.en}: highest {high.en}, lowest {low.en}.",
                      f"{title.ru}: больше всего {high.ru}, меньше всего {low.ru}."))


def _said(row: Row, heading: str, unit: Text) -> Text:
    """``Pavlodar Region, 74.7 %``."""
    name, value = as_text(row["name"]), number(as_number(row[heading]), 1)
    return Text(f"{name.en}, {value.en} {unit.en}", f"{name.ru}, {value.ru} {unit.ru}")


def worst(rows: Sequence[Row]) -> list[Text]:
    """The region whose networks stay the most worn."""
    if not rows or rows[0].get("rank") is None:
        return []
    row = rows[0]
    name, now, then = (as_text(row["name"]), number(as_number(row["wear_now"]), 1),
                       number(as_number(row["wear_plan"]), 1))
    return [Text(f"The most worn networks at the end are those of {name.en}: {now.en} % now, {then.en} % then.",
                 f"Самые изношенные сети в конце: {name.ru}, сейчас {now.ru} %, тогда {then.ru} %.")]


def most_money(rows: Sequence[Row]) -> list[Text]:
    """Where most and least is spent a head."""
    known = [row for row in rows if row.get("per_head") is not None]
    if len(known) < 2:
        return []
    unit = Text("thousand KZT", "тыс. тенге")
    high, low = (pick(known, key=lambda row: as_number(row["per_head"])) for pick in (max, min))
    names = [as_text(row["name"]) for row in (high, low)]
    sums = [number(as_number(row["per_head"])) for row in (high, low)]
    return [Text(f"Most is spent a head in {names[0].en} ({sums[0].en} {unit.en}), least in {names[1].en} "
                 f"({sums[1].en}).",
                 f"Больше всего на человека: {names[0].ru} ({sums[0].ru} {unit.ru}), меньше всего: {names[1].ru} "
                 f"({sums[1].ru}).")]


def of_the_worst(report: Report, rows: Sequence[Row]) -> list[Text]:
    """Where the region whose networks stay the most worn gets most a head too: what its money goes to."""
    known = [row for row in rows if row.get("per_head") is not None]
    if len(known) < 2 or rows[0].get("rank") is None or max(known, key=lambda row: as_number(row["per_head"])) \
            is not rows[0]:
        return []
    name = as_text(rows[0]["name"])
    plants, pipes = (math.fsum(as_number(row.get("total")) for row in report.tables[sheet].rows
                               if row.get("region") == name) for sheet in ("facilities", "networks"))
    a, b = number(plants), number(pipes)
    part = number(as_number(rows[0].get("share")), 1)
    return [Text(f"{name.en} is both, since {a.en} bn KZT of its money go to facilities and {b.en} to networks, of "
                 f"which {part.en} % are renewed.",
                 f"{name.ru} и там и там: на объекты уходит {a.ru} млрд тенге, на сети {b.ru}; обновляется {part.ru} % "
                 "сетей.")]


def moved(rows: Sequence[Row]) -> list[Text]:
    """In how many regions the networks are more worn at the end than now."""
    known = [row for row in rows if row.get("wear_plan") is not None]
    if not known:
        return []
    rising = sum(as_number(row["wear_plan"]) > as_number(row["wear_now"]) + 0.05 for row in known)
    some, of = number(rising), number(len(known))
    return [Text(f"Networks are more worn at the end than now in {some.en} of {counted(len(known), *OF_REGIONS).en}.",
                 f"Износ сетей в конце выше, чем сейчас: регионов {some.ru} из {of.ru}.")]
