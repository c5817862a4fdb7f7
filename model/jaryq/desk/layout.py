"""What stands around every area: the name, the chosen case, the areas, the languages."""

from __future__ import annotations

from pathlib import Path

from nicegui import ui

from jaryq.base.errors import JaryqError, Told
from jaryq.base.text import LANGS, NOT_REVIEWED, UNREVIEWED, Lang, Text
from jaryq.desk.areas import AREAS
from jaryq.desk.desk import Session
from jaryq.desk.parts import link, note, title

NAMES: dict[Lang, str] = {"en": "English", "ru": "Русский", "kk": "Қазақша", "ja": "日本語"}
CHOOSE = Text("Choose a workbook under Cases first.", "Сначала выберите книгу в разделе «Книги и планы».")
PARTS = Text("Parts of the desk", "Разделы")
LANGUAGES = Text("Languages", "Языки")
LOOK = (Path(__file__).parent / "desk.css").read_text(encoding="utf-8")

SAME = """<script>
document.addEventListener("click", (event) => {
  const link = event.target.closest(".desk-languages a");
  if (link) link.search = location.search;
}, true);
</script>"""
"""Another language shows the same: what was chosen meanwhile stands in the address."""


def lay(session: Session, failed: JaryqError | None = None) -> None:
    """The whole of what a visitor sees. ``failed``: said in place of the area."""
    ui.add_css(LOOK)
    ui.add_body_html(SAME)
    ui.colors(primary="#0b5394")
    ui.page_title(f"{session.say(AREAS[session.area].text)} · Jaryq")
    with ui.element("header").classes("desk-head"):
        ui.label("Jaryq").classes("desk-name")
        with ui.element("nav").props(_labelled(session.say(PARTS))).classes("desk-areas"):
            for name, area in AREAS.items():
                link(session.say(area.text), session.address(name), here=name == session.area)
        with ui.element("nav").props(_labelled(session.say(LANGUAGES))).classes("desk-languages"):
            for lang in LANGS:
                link(NAMES[lang], session.address(lang=lang), here=lang == session.lang, lang=lang)
    with ui.element("div").classes("desk-main"):
        title(session.say(AREAS[session.area].text), session.desk.named(session.case) if session.case else "")
        if session.lang in UNREVIEWED:
            note(session.say(NOT_REVIEWED))
        if failed is not None:
            note(failed.text.say(session.lang) if isinstance(failed, Told) else str(failed), alert=True)
        elif AREAS[session.area].of_case and session.case is None:
            note(session.say(CHOOSE))
        else:
            AREAS[session.area].show(session)


def _labelled(text: str) -> str:
    return f'aria-label="{text}"'
