"""The page ``stretches``: what is renewed of the stretches of a register, by age and package, and their streets on a
map."""

from __future__ import annotations

from jaryq.base.counted import OF_PACKAGES, OF_STRETCHES, counted, english, russian
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text
from jaryq.handover.shapes import Chart, Front, Series, StreetMap
from jaryq.report.block import Block, Field
from jaryq.report.report import Report
from jaryq.report.shapes import Out, as_number
from jaryq.report.words import number, told

TITLE = Text("Which stretches", "Какие участки")
NOTE = Text("Which stretches of the register are renewed, how old they are, and where they lie.",
            "Какие участки реестра обновляются, какого они возраста и где лежат.")
PACKAGES = 25
"""So many packages are told, those first whose stretches bring most."""


def stretches(case: Case, report: Report) -> Front | None:
    """None for a plan without a register."""
    table = report.tables.get("stretches")
    if table is None:
        return None
    charts = tuple(chart for chart in (_ages(report.tables.get("stretches_by_age")),) if chart is not None)
    return Front("stretches", TITLE, NOTE, sentences=tuple(_said(report, table)), charts=charts,
                 blocks=(_packages(case, table),), streets=_map(report))


def _said(report: Report, table: Out) -> list[Text]:
    count, touched = counted(round(table.total("stretches")), *OF_STRETCHES), round(table.total("touched"))
    some = number(float(touched), 0)
    km, of = told(table.total("renewed")), told(table.total("km"))
    worth, above = told(table.total("worth")), told(table.total("above"))
    said = [
        Text(f"Of {count.en} {some.en} {english(touched, 'is', 'are')} renewed, {km.en} of {of.en} km.",
             f"Из {count.ru} {russian(touched, 'обновляется', 'обновляются', 'обновляются')} {some.ru}: {km.ru} из "
             f"{of.ru} км."),
        Text(f"They bring {worth.en} bn KZT in present value, {above.en} of it because the worst were chosen and not "
             "as many mean km of the same packages.",
             f"Они дают {worth.ru} млрд тенге приведённой выгоды, из них {above.ru} потому, что выбраны худшие, а не "
             "столько же средних км тех же пакетов."),
    ]
    cut = report.tables.get("stretches_cut")
    if cut is not None:
        parts = number(float(len({(str(row["package"]), str(row["segment"])) for row in cut.rows})), 0)
        said.append(Text(f"Renewed in part, or in several periods: {parts.en}.",
                         f"Обновляются частично или в нескольких периодах: {parts.ru}."))
    if file := report.manifest.get("stretches"):
        said.append(Text(f"Each of them stands in the file {file} beside the plan.",
                         f"Каждый из них стоит в файле {file} рядом с планом."))
    return said


def _ages(table: Out | None) -> Chart | None:
    if table is None:
        return None
    labels = tuple(f"{row['least']}-{row['most']}" if row["most"] is not None else f"{row['least']}+"
                   for row in table.rows)
    series = tuple(Series(name, tuple(as_number(row[heading]) for row in table.rows)) for heading, name in (
        ("km", Text("in the register", "в реестре")), ("renewed", Text("renewed", "обновляется"))))
    oldest = table.rows[-1]
    part = number(as_number(oldest["part"]), 0)
    return Chart("stretches_age", "columns", Text("Km by age, years", "Км по возрасту, лет"), Text("km", "км"), labels,
                 series, Text(f"Of the oldest {part.en} % are renewed.", f"Из самых старых обновляется {part.ru} %."))


def _packages(case: Case, table: Out) -> Block:
    last = case.settings.last_year
    fields = (
        ("name", Field(Text("Package", "Пакет"))), ("km", Field(Text("In the register", "В реестре"), "km")),
        ("renewed", Field(Text("Renewed", "Обновляется"), "km", bar=True)),
        ("worth", Field(Text("Worth", "Выгода"), BILLION, bar=True)),
        ("wear_now", Field(Text("Wear now", "Износ сейчас"), "%")),
        ("wear_plan", Field(Text(f"Wear at the end of {last}", f"Износ на конец {last} года"), "%")),
        ("wear_nothing", Field(Text("The same without works", "То же без работ"), "%")),
        ("next_km", Field(Text("Next km", "Следующие км"), "km")),
        ("next_worth", Field(Text("Worth of the next km", "Выгода следующих км"), BILLION)),
    )
    rows = sorted(table.rows, key=lambda row: -as_number(row["worth"]))[:PACKAGES]
    made = tuple(tuple(as_text(row[heading]) if heading == "name" else row[heading] for heading, _ in fields)
                 for row in rows)
    all_, here = counted(len(table.rows), *OF_PACKAGES), number(len(rows))
    notes = (Text(f"{here.en} of {all_.en}; the next km are up to 100 that are left and are worth "
                  "most, without their cost.",
                  f"{here.ru} из {all_.ru}; следующие км: до 100 из оставшихся с наибольшей выгодой, "
                  "без затрат на них."),)
    return Block(Text("Packages with a register", "Пакеты с реестром"), tuple(field for _, field in fields), made,
                 notes)


def _map(report: Report) -> StreetMap | None:
    told, of = report.streets.told, report.streets.of
    if not told:
        return None
    shown, every = number(float(len(told)), 0), number(float(of), 0)
    left = Text(f"{shown.en} of {every.en} are drawn: as many as fit of the region shown first, of others those whose "
                "renewal brings most.",
                f"Показано {shown.ru} из {every.ru}: сколько вмещается первого региона, из других те, обновление "
                "которых даёт больше всего.")
    if len(told) == of:
        left = Text(f"All are drawn ({every.en}).", f"Показаны все ({every.ru}).")
    left = Text(f"{left.en} A street counts once for each sector, a stretch without a street by itself.",
                f"{left.ru} Улица считается один раз в каждой отрасли, участок без улицы сам по себе.")
    return StreetMap(Text("Map of streets", "Карта улиц"), left, told, report.streets.cities)
