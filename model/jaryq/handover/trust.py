"""The page ``trust``: the certified distance beside the share of estimates, published figures against computed ones,
and what was checked."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import certain
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.report import Report
from jaryq.report.shapes import Value
from jaryq.sheets.measures import MEASURES

TITLE = Text("Trust", "Доверие")
NOTE = Text("How near the plan is to the best possible, what its figures rest on, and how it compares with what was "
            "published.",
            "Насколько план близок к лучшему возможному, на чём основаны его числа и как он соотносится с "
            "опубликованным.")
FIGURES = ("distance", "checks", "reported", "estimates", "illustrative", "calibration")
SHOWN = 30


def trust(case: Case, report: Report) -> Front:
    """Figures, stages with their proof, published figures."""
    figures = tuple(fact for key in FIGURES if (fact := report.fact(key)) is not None)
    blocks = (_stages(report), _published(case, report))
    return Front("trust", TITLE, NOTE, figures, tuple(certain(case, report)), (),
                 tuple(block for block in blocks if block.rows))


def _stages(report: Report) -> Block:
    fields = (Field(Text("Stage", "Этап")), Field(Text("Plan", "План")),
              Field(Text("Certified bound", "Доказанная граница")), Field(Text("Distance", "Расстояние")),
              Field(Text("Unit", "Единица")),
              Field(Text("What is proved", "Что доказано")))
    rows = report.tables["stages"].rows if "stages" in report.tables else ()
    return Block(Text("How far from the best possible", "Расстояние до лучшего возможного"), fields,
                 tuple((row.get("stage"), row.get("value"), row.get("bound"), row.get("distance"), row.get("unit"),
                        row.get("proof")) for row in rows))


def _when(case: Case, row: Mapping[str, Value]) -> Value:
    """The years of a published figure in words: what stands at the end of a year is not what happens in it."""
    known = next((one for one in case.calibration if one.id == row.get("calibration")), None)
    first, _, last = str(row.get("year") or "").partition("-")
    if known is None or known.take in ("last", "most") or not first:
        return row.get("year")
    if last:
        return Text(f"{first} to {last}", f"{first}–{last}")
    target = known.parts[0][0]
    kind, quantity = MEASURES.get(target.measure), case.quantities.get(target.quantity or "")
    stands = known.take != "change" and ((kind is not None and kind.cumulative)
                                         or (quantity is not None and quantity.kind != "flow"))
    return Text(f"end of {first}", f"конец {first} года") if stands else Text(f"in {first}", f"в {first} году")


def _published(case: Case, report: Report) -> Block:
    fields = (Field(Text("Published figure", "Опубликованная величина")), Field(Text("Years", "Годы")),
              Field(Text("Published", "Опубликовано")), Field(Text("Computed", "Рассчитано")),
              Field(Text("Unit", "Единица")), Field(Text("Band from", "Полоса от")),
              Field(Text("Band to", "Полоса до")), Field(Text("Inside", "Внутри")))
    rows = report.tables["calibration"].rows if "calibration" in report.tables else ()
    return Block(Text("Against what was published", "Сравнение с опубликованным"), fields,
                 tuple((row.get("name"), _when(case, row), row.get("published"), row.get("computed"), row.get("unit"),
                        row.get("least"), row.get("most"), row.get("inside")) for row in rows[:SHOWN]))
