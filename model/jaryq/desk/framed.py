"""What the desk serves beside its areas: reports to stand inside them, and files of plans to be taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse, HTMLResponse, Response

from jaryq.api.side_by_side import framed, report_of_plans, said_of_plans
from jaryq.base.errors import JaryqError
from jaryq.base.text import LANG_AT, Lang, Text
from jaryq.desk.desk import Desk
from jaryq.desk.kept_warm import kept_warm
from jaryq.desk.plans import PlanFolder, plan_called

REPORT, FILE, WHAT_IF = "/framed/report", "/framed/file", "/framed/what-if"
MOST = 6
"""Plans side by side at most."""

Names = Annotated[list[str], Query()]


def add_routes(outer: FastAPI, desk: Desk) -> None:
    """Serve them for a desk. Every name is looked up among what stands there; nothing else is opened."""
    said: dict[tuple[tuple[str, int], ...], tuple[Text, ...]] = {}

    def report(case: str, plan: Names, lang: str = "en") -> Response:
        folders = [_plan(desk, case, name) for name in dict.fromkeys(plan[:MOST])]
        named = [(Text(one.name, one.name), one.folder) for one in folders]
        key = tuple((str(one.plan), one.plan.stat().st_mtime_ns) for one in folders)
        if len(named) > 1 and key not in said:
            try:
                said[key] = said_of_plans(named)
            except JaryqError:
                said[key] = ()
        made = report_of_plans(named, _lang(lang), said.get(key, ()))
        if made is None:
            raise HTTPException(404)
        return HTMLResponse(made)

    def file(case: str, plan: str, name: str) -> Response:
        found = _plan(desk, case, plan)
        try:
            content = found.content(name)
        except JaryqError as outside:
            raise HTTPException(404) from outside
        kept = found.kept(name)
        if isinstance(content, Path):
            return FileResponse(content, filename=kept, content_disposition_type="attachment",
                                media_type="application/octet-stream")
        return Response(content, media_type="application/octet-stream",
                        headers={"content-disposition": f"attachment; filename*=utf-8''{quote(kept)}"})

    def what_if(lang: str = "en") -> Response:
        warmed = kept_warm(desk).now
        if warmed is None or warmed.answers.ready is None:
            raise HTTPException(404)
        # The case as it stands; what a visitor's own levers move is told to his page alone.
        return HTMLResponse(framed([warmed.answers.ready["shown"]], _lang(lang)))

    outer.add_api_route(REPORT, report, response_model=None)
    outer.add_api_route(FILE, file, response_model=None)
    outer.add_api_route(WHAT_IF, what_if, response_model=None)


def _plan(desk: Desk, case: str, name: str) -> PlanFolder:
    try:
        return plan_called(desk, desk.inside(case), name)
    except JaryqError as outside:
        raise HTTPException(404) from outside


def _lang(said: str) -> Lang:
    return LANG_AT.get(said, "en")
