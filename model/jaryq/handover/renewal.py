"""The page ``renewal``: km of each kind of network by region, and what that does to wear."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.condition import NO_REGION
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import number

TITLE = Text("Renewal of networks", "Обновление сетей")
NOTE = Text("Kilometres renewed by the plan, by region and kind of network, and how worn the networks are before and "
            "after.",
            "Километры, обновляемые по плану, по регионам и видам сетей, и износ сетей до и после.")


def renewal(case: Case, report: Report) -> Front | None:
    """Kinds of network by region, then the kinds; None without networks."""
    table = report.tables.get("networks_by_kind")
    if table is None or not table.rows:
        return None
    return Front("renewal", TITLE, NOTE, sentences=tuple(renewed(case, report)),
                 blocks=(by_region(report), by_kind(case, report)))


def by_region(report: Report) -> Block:
    """A row for each region, a column of km for each kind, bars in the cells."""
    kinds = [as_text(row["kind"]) for row in report.tables["networks_by_kind"].rows]
    cells: dict[Text, dict[Text, Value]] = {}
    for row in report.tables["networks_by_region"].rows:
        cells.setdefault(_region(row.get("region")), {})[as_text(row["kind"])] = row["renewed"]
    sums = {as_text(row["name"]): row["renewed"] for row in report.tables["by_region"].rows}
    fields = (Field(Text("Region", "Регион")), *(Field(kind, "km", total=True, bar=True) for kind in kinds),
              Field(Text("All networks", "Все сети"), "km", total=True))
    rows = tuple((region, *(mine.get(kind) for kind in kinds), sums.get(region)) for region, mine in cells.items())
    notes = (Text("Blank: the region has no such networks in the programme.",
                  "Пусто: таких сетей региона в программе нет."),)
    return Block(Text("Km renewed by the plan", "Обновляется по плану, км"), fields, rows, notes,
                 adds=((1 + len(kinds), tuple(range(1, 1 + len(kinds)))),))


def _region(value: Value) -> Text:
    return as_text(value) if value else NO_REGION


def by_kind(case: Case, report: Report) -> Block:
    """A row for each kind: km, share, cost, wear before and after."""
    table = report.tables["networks_by_kind"]
    last = case.settings.last_year
    fields = [
        ("kind", Field(Text("Kind of network", "Вид сети"))),
        ("scope", Field(Text("In scope", "В программе"), "km", total=True)),
        ("done", Field(Text("Done before", "Сделано ранее"), "km", total=True)),
        ("renewed", Field(Text("Renewed by the plan", "Обновляется по плану"), "km", total=True)),
        ("share", Field(Text(f"Renewed by {last}", f"Обновлено к {last} году"),
                        Text("% of km in scope", "% длины в программе"),
                        bar=True)),
        ("total", Field(Text("Cost", "Затраты"), BILLION, total=True)),
        ("wear_now", Field(Text("Wear now", "Износ сейчас"), "%")),
        ("wear_plan", Field(Text(f"Wear at the end of {last}", f"Износ на конец {last} года"), "%")),
        ("wear_idle", Field(Text("Without works", "Без работ"), "%")),
    ]
    shown = [(heading, field) for heading, field in fields if heading in table.headings]
    rows = tuple(tuple(row.get(heading) for heading, _ in shown) for row in table.rows)
    return Block(Text("By kind of network", "По видам сетей"), tuple(field for _, field in shown), rows)


def renewed(case: Case, report: Report) -> list[Text]:
    """What share of the scope is renewed, and of which kind most and least of it."""
    rows = [row for row in report.tables["networks_by_kind"].rows if row.get("share") is not None]
    if not rows:
        return []
    last = case.settings.last_year
    most, least = (pick(rows, key=lambda row: as_number(row["share"])) for pick in (max, min))

    def said(row: dict[str, Value]) -> Text:
        part, kind = number(as_number(row["share"])), as_text(row["kind"])
        return Text(f"“{kind.en}” {part.en} %", f"«{kind.ru}» {part.ru} %")

    high, low = said(dict(most)), said(dict(least))
    if len(rows) == 1:
        return [Text(f"By {last} this part of what is in scope is renewed: {high.en}.",
                     f"К {last} году обновлена такая часть программы: {high.ru}.")]
    return [Text(f"By {last} the largest part of what is in scope is renewed of {high.en}, the smallest of {low.en}.",
                 f"К {last} году больше всего от программы обновлено по виду {high.ru}, меньше всего: {low.ru}.")]
