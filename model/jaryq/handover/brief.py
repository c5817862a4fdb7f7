"""The brief: two pages of Word (extra ``brief``) with the figures, sentences and charts of the front pages."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.handover.front import front
from jaryq.handover.pictures import picture
from jaryq.handover.said import as_text
from jaryq.handover.shapes import Chart, Front
from jaryq.report.report import Report
from jaryq.report.shapes import Fact
from jaryq.report.words import number

LANGUAGES: tuple[Lang, ...] = ("en", "ru")
"""The brief is written in both, whatever the language of the run."""

PAGES = ("decision", "aims", "years", "money_flow", "places", "trust")
"""Front pages that it tells, as far as they are there: the first with its figures, the others with
a sentence or two."""

MOST_SAID = {"decision": 6}
LINES, LETTERS = 64, 92
"""Lines of the first page, about, and letters in one of them."""
MOST_OF_OTHERS = 2
LINES_OF_HEAD, LINES_OF_TITLE = 5.0, 2.2
MOST_CHARTS = 2

FIGURE, VALUE = Text("Figure", "Показатель"), Text("Value", "Значение")


def brief(case: Case, report: Report, lang: Lang) -> bytes:
    """The bytes of a .docx: on the first page figures and sentences, on the second the charts."""
    from docx import Document
    from docx.shared import Mm, Pt

    pages = [page for key in PAGES for page in front(case, report) if page.key == key]
    document = Document()
    _about(document, report, lang)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10)
    style.paragraph_format.space_after = Pt(3)
    document.add_heading(report.title.say(lang), level=1)
    document.add_paragraph(report.subtitle.say(lang))
    told: set[str] = set()
    left = LINES - LINES_OF_HEAD
    for page in pages:
        left -= _told(document, page, told, lang, left)
    charts = _apart([chart for page in pages for chart in page.charts if not chart.empty])[:MOST_CHARTS]
    if charts:
        _drawn(document, charts, lang)
    # The template brings a second set of styles, of an older Word, that does not agree with the first.
    for key in [key for key, one in document.part.rels.items() if one.reltype.endswith("/stylesWithEffects")]:
        del document.part.rels[key]
    raw = BytesIO()
    document.save(raw)
    return raw.getvalue()


def _apart(charts: Sequence[Chart]) -> list[Chart]:
    """The charts without those that show the figures of an earlier one again."""
    shown = {_drawn_values(chart): chart for chart in reversed(charts)}
    return [chart for chart in charts if shown[_drawn_values(chart)] is chart]


def _drawn_values(chart: Chart) -> tuple[tuple[float | None, ...], ...]:
    return tuple(sorted((series.values for series in chart.series), key=repr))


def _about(document: Any, report: Report, lang: Lang) -> None:
    """Core properties: what it is, and nothing of the machine."""
    about = document.core_properties
    about.title, about.subject, about.author = report.title.say(lang), report.subtitle.say(lang), "Jaryq"
    about.comments, about.keywords, about.last_modified_by, about.language = "", "", "Jaryq", lang
    about.created = about.modified = datetime.datetime(2026, 1, 1)


def fitting(sentences: Sequence[Text], left: float) -> tuple[list[Text], float]:
    """Those of the sentences, in their order, that fit into so many lines in each language of the brief, and the lines
    they take in the longer one: so the briefs say the same."""
    made, used = [], 0.0
    for said in sentences:
        lines = math.ceil((max(len(said.say(lang)) for lang in LANGUAGES) + 1) / LETTERS) + 0.25
        if used + lines <= left:
            made.append(said)
            used += lines
    return made, used


def _words(said: Text) -> set[str]:
    """What it says in each language of the brief: said in one of them before, it is said in none again."""
    return {said.say(lang) for lang in LANGUAGES}


def _told(document: Any, page: Front, told: set[str], lang: Lang, left: float) -> float:
    """A page by its title, figures and sentences, in ``left`` lines; what an earlier one said is not said again
    (``told``). The lines it takes."""
    rows = 1.3 * (len(page.figures) + 1) if page.key == "decision" and page.figures else 0.0
    new = [said for said in dict.fromkeys(page.sentences) if not told & _words(said)]
    new, used = fitting(new[:MOST_SAID.get(page.key, MOST_OF_OTHERS)], left - rows - LINES_OF_TITLE)
    if not new and not rows:
        return 0.0
    told.update(*map(_words, new))
    document.add_heading(page.title.say(lang), level=2)
    if page.key == "decision" and page.figures:
        table = document.add_table(rows=1, cols=2, style="Light Grid Accent 1")
        for cell, text in zip(table.rows[0].cells, (FIGURE, VALUE), strict=True):
            cell.text = text.say(lang)
        for fact in page.figures:
            cells = table.add_row().cells
            note = f": {_within(fact.note.say(lang))}" if fact.note is not None else ""
            cells[0].text, cells[1].text = fact.label.say(lang), shown(fact).say(lang) + note
    for sentence in new:
        document.add_paragraph(sentence.say(lang), style="List Bullet")
    return rows + LINES_OF_TITLE + used


def _within(note: str) -> str:
    """A note within a line: without a capital, but of an abbreviation, and without a full stop."""
    return (note if note[1:2].isupper() else note[:1].lower() + note[1:]).rstrip(".")


def _drawn(document: Any, charts: Sequence[Chart], lang: Lang) -> None:
    from docx.shared import Mm

    for i, chart in enumerate(charts):
        heading = document.add_heading(chart.title.say(lang), level=2)
        heading.paragraph_format.page_break_before = i == 0
        drawn = document.add_picture(BytesIO(picture(chart, lang)), width=Mm(170))
        properties = drawn._inline.docPr
        properties.set("descr", chart.alt.say(lang))
        properties.set("title", chart.title.say(lang))


def shown(fact: Fact) -> Text:
    """The value of a figure with its unit, and no digit more than it deserves."""
    if isinstance(fact.value, bool) or not isinstance(fact.value, (int, float)):
        return as_text(fact.value)
    size = abs(fact.value)
    said = number(fact.value, 0 if size >= 100 or float(fact.value).is_integer() else 1 if size >= 1 else 3)
    unit = fact.beside
    return said if unit is None else Text(f"{said.en} {unit.en}", f"{said.ru} {unit.ru}")
