"""What the desk serves beside its areas: reports to stand inside them, and files of plans to be taken away."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, Query
from fastapi.responses import FileResponse, HTMLResponse, Response

from jaryq.api.side_by_side import framed, report_of_plans, said_of_plans
from jaryq.base.errors import JaryqError
from jaryq.base.text import LANG_AT, Lang, Text, printable
from jaryq.desk.desk import Desk, Outside
from jaryq.desk.kept_warm import kept_warm
from jaryq.desk.plans import PlanFolder, plan_called

REPORT, FILE, WHAT_IF = "/framed/report", "/framed/file", "/framed/what-if"
MOST = 6
"""Plans side by side at most."""

LONGEST = 200
"""Letters of a name that are said."""

GONE = Text("There is no plan {name} here any more.", "Плана {name} здесь больше нет.")
NO_REPORT = Text("{name} has no report to show: it was planned without one, or the file was changed or taken away "
                 "since. Plan it again under Run to have one.",
                 "У плана {name} нет отчёта, который можно показать: он рассчитан без отчёта, или файл с тех пор "
                 "изменён или убран. Чтобы отчёт появился, рассчитайте план заново в разделе «Расчёт».")
NO_FILE = Text("There is no file {name} here any more.", "Файла {name} здесь больше нет.")
NOT_WARM = Text("Nothing is computed here now: load What if again.",
                "Сейчас здесь ничего не считается: загрузите «Что если» заново.")

Names = Annotated[list[str], Query()]


def add_routes(outer: FastAPI, desk: Desk) -> None:
    """Serve them for a desk. Every name is looked up among what stands there; nothing else is opened, and of what is
    not there a sentence says so in the visitor's language, for it stands inside his page."""
    said: dict[tuple[tuple[str, int], ...], tuple[Text, ...]] = {}

    def report(case: str, plan: Names, lang: str = "en") -> Response:
        try:
            folders = [_plan(desk, case, name) for name in dict.fromkeys(plan[:MOST])]
        except Outside:
            return _missing(GONE, _lang(lang), ", ".join(plan[:MOST]))
        named = [(Text(one.name, one.name), one.folder) for one in folders]
        key = tuple((str(one.plan), one.plan.stat().st_mtime_ns) for one in folders)
        if len(named) > 1 and key not in said:
            try:
                said[key] = said_of_plans(named)
            except JaryqError:
                said[key] = ()
        made = report_of_plans(named, _lang(lang), said.get(key, ()))
        if made is None:
            return _missing(NO_REPORT, _lang(lang), ", ".join(one.name for one in folders))
        return HTMLResponse(made)

    def file(case: str, plan: str, name: str, lang: str = "en") -> Response:
        try:
            found = _plan(desk, case, plan)
            content = found.content(name)
        except Outside:
            return _missing(NO_FILE, _lang(lang), name)
        kept = found.kept(name)
        if isinstance(content, Path):
            return FileResponse(content, filename=kept, content_disposition_type="attachment",
                                media_type="application/octet-stream")
        return Response(content, media_type="application/octet-stream",
                        headers={"content-disposition": f"attachment; filename*=utf-8''{quote(kept)}"})

    def what_if(lang: str = "en") -> Response:
        warmed = kept_warm(desk).now
        if warmed is None or warmed.answers.ready is None:
            return _missing(NOT_WARM, _lang(lang))
        # The case as it stands; what a visitor's own levers move is told to his page alone.
        return HTMLResponse(framed([warmed.answers.ready["shown"]], _lang(lang)))

    outer.add_api_route(REPORT, report, response_model=None)
    outer.add_api_route(FILE, file, response_model=None)
    outer.add_api_route(WHAT_IF, what_if, response_model=None)


def _plan(desk: Desk, case: str, name: str) -> PlanFolder:
    """A plan by its name. Raises Outside where there is none."""
    return plan_called(desk, desk.inside(case), name)


def _missing(said: Text, lang: Lang, name: str = "") -> Response:
    """A page of one sentence, in place of what is not there."""
    words = escape(said.say(lang, name=printable(name)[:LONGEST]))
    return HTMLResponse(f"<!DOCTYPE html><html lang=\"{lang}\"><meta charset=\"utf-8\"><title>{words}</title>"
                        f"<p>{words}</p></html>", 404)


def _lang(said: str) -> Lang:
    return LANG_AT.get(said, "en")
