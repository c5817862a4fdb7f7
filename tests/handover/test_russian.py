"""A Russian plan is Russian: no Latin word stands on what is handed over but names, acronyms and what is typed."""

import ast
import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from jaryq.base.text import Text
from jaryq.factors.derive import derive
from jaryq.handover.front import front
from jaryq.handover.regions import regions
from jaryq.report import build_report
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.results import RESULT
from tests.report.plans import finished
from tests.report.works import made

ROOT = Path(__file__).parents[2]
NAMES = frozenset({"JICA", "JBIC", "NEXI", "JCM", "STEP", "KEGOC", "ISO", "KZ", "OECD", "DSCR", "HiGHS", "CO2",
                   "Jaryq"})
"""Names and acronyms that a Russian reader knows in Latin letters."""
CODES = frozenset({"JPY", "USD", "KZT", "EUR", "CNY", "TORF", "SOFR"})
"""Currencies and reference rates, as contracts name them."""
TYPED = frozenset({"jaryq", "explain", "comparison", "xlsx", "programme_late", "verify", "deep", "source", "base",
                   "only", *INPUT, *RESULT, *(f"in_{name}" for name in INPUT)})
"""Commands, files, names of sheets and columns: they are typed as they stand."""
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def latin(said, *more):
    """Latin words of a text that nothing excuses."""
    return sorted({word for word in WORD.findall(said)
                   if not word.startswith("partner_")} - NAMES - CODES - TYPED - set(more))


def in_russian(case):
    """The case with a Russian name for everything that has one, and no Latin letter in its own sentences."""
    def said(items):
        return {key: replace(item, name_ru=f"Имя {i}") for i, (key, item) in enumerate(items.items())}

    sources = {key: replace(item, closed_reason_ru="закрыт решением") for key, item in said(case.sources).items()}
    renamed = {name: said(getattr(case, name)) for name in ("facilities", "packages", "regions", "asset_types",
                                                            "groups", "borrowers", "quantities") if hasattr(case, name)}
    return replace(case, **{**renamed, "sources": sources, "targets": tuple(replace(target, name_ru=f"Цель {i}")
        for i, target in enumerate(case.targets)),
                            "crews": tuple(replace(crew, name_ru="бригады") for crew in case.crews),
                            "calibration": tuple(replace(row, name_ru="Величина", unit_ru="единиц")
                                                 for row in case.calibration)})


def texts(page):
    yield from (page.title, page.note, *page.sentences)
    for fact in page.figures:
        yield from (one for one in (fact.label, fact.note, fact.said, fact.value) if isinstance(one, Text))
    for chart in page.charts:
        yield from (chart.title, chart.unit, chart.alt, *(label for label in chart.labels if isinstance(label, Text)),
                    *(series.name for series in chart.series))
    for block in page.blocks:
        yield from (block.head, *block.notes)
        for field in block.fields:
            yield from (one for one in (field.head, field.unit) if isinstance(one, Text))
        yield from (value if isinstance(value, Text) else Text(value, value) for row in block.rows for value in row
                    if isinstance(value, (str, Text)) and str(value).strip())
    if page.tiles is not None:
        yield from (page.tiles.title, page.tiles.alt, *(text for pair in page.tiles.figures.values() for text in pair),
                    *(tile.name for tile in page.tiles.tiles))
    for lane in page.gantt.lanes if page.gantt is not None else ():
        yield from (lane.name, lane.region, lane.sector, lane.payer, lane.reason, *(span.phase for span in lane.spans))
    yield from (end for flow in page.flows for end in (flow.start, flow.end))


@pytest.mark.parametrize("kind", [finished, made])
def test_pages_of_a_russian_plan_have_no_latin_word(kind):
    """Every name has its Russian one: what is Latin then is a key, or a sentence that was not translated."""
    case, _, answer = kind()
    case = in_russian(case)
    report = build_report(case, derive(case), answer)
    pages = [*front(case, report), *(region.page for region in regions(case, report))]
    keys = [*case.facilities, *case.packages, *(part for period in case.periods for part in WORD.findall(period.label))]
    found = {(page.key, text.say("ru")): words for page in pages for text in texts(page)
             if (words := latin(text.say("ru"), case.scenario, *keys))}
    assert found == {}
    for page in report.partner_pages:
        said = [page.title, page.note, *(text for block in page.blocks
                                         for text in (block.head, *block.notes,
                                                      *(field.head for field in block.fields)))]
        given = (case.scenario, case.name, case.settings.case, case.settings.title.ru)
        left = [words for text in said if (words := latin(text.say("ru"), *given))]
        assert left == []


def literals(path):
    """The Russian of every Text that a module writes down."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func,
                                                     ast.Name) and node.func.id == "Text" and len(node.args) > 1:
            value = node.args[1]
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield node.lineno, re.sub(r"\{[^}]*\}", "", value.value)
            elif isinstance(value, ast.JoinedStr):
                yield node.lineno, re.sub(r"\{[^}]*\}", "", "".join(part.value for part in value.values
                    if isinstance(part, ast.Constant)))


def test_no_sentence_of_the_front_pages_is_left_in_english():
    found = {f"{path.name}:{line}": words for path in sorted((ROOT / "model/jaryq/handover").glob("*.py"))
             for line, said in literals(path)
             if not said.isascii() and (words := latin(said))}
    assert found == {}


SAID_TWICE = (("sources", "name", "name_ru"), ("sources", "closed_reason", "closed_reason_ru"),
              ("eligibility", "reason", "reason_ru"), ("calibration", "name", "name_ru"),
              ("calibration", "as_unit", "as_unit_ru"),
              ("balances", "area", "area_ru"), ("crews", "crew_name", "crew_ru"), ("routes", "name", "name_ru"),
              ("facilities", "name", "name_ru"), ("networks", "name", "name_ru"),
              ("regions", "name", "name_ru"), ("asset_types", "name", "name_ru"), ("targets", "name", "name_ru"),
              ("scenarios", "name", "name_ru"), ("borrowers", "name", "name_ru"), ("facilities", "owner", "owner_ru"),
              ("calibration", "why", "why_ru"))
SHIPPED = frozenset({"AES", "GRES", "SCADA", "FIT", "AMI", "MW", "ERG", "Qarmet", "Qazaq", "Green", "Power"})
"""Acronyms and brands of the shipped case beside those above."""


@pytest.mark.parametrize(("sheet", "english", "russian"), SAID_TWICE)
def test_the_shipped_case_says_in_russian_what_it_says_in_english(sheet, english, russian):
    with (ROOT / f"inputs/kazakhstan/{sheet}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[english].strip() and not row[english].isdigit()]
    units = {"MW", "km", "%"}
    assert [row[english] for row in rows if not row[russian].strip() and row[english] not in units] == []
    left = {row[russian]: words for row in rows if (words := latin(row[russian], *SHIPPED))}
    assert left == {}
