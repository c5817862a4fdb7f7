"""The server of a desk: a page of each area in each language, on this machine only unless told otherwise."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("NICEGUI_STORAGE_PATH", str(Path(tempfile.gettempdir()) / "jaryq-desk"))

import uvicorn
from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from nicegui import ui

from jaryq.base.errors import JaryqError
from jaryq.base.faults import fault
from jaryq.base.text import LANGS, Lang
from jaryq.desk.areas import AREAS
from jaryq.desk.desk import Desk, Session
from jaryq.desk.framed import add_routes
from jaryq.desk.guard import Guard, is_local
from jaryq.desk.kept_warm import jobs_of
from jaryq.desk.layout import lay

QUASAR: dict[Lang, str] = {"en": "en-US", "ru": "ru", "kk": "kk", "ja": "ja"}
"""Languages of the framework's own words."""


def serve(desk: Desk, host: str = "127.0.0.1", port: int = 0, *, browser: bool = True,
          say: Callable[[str], None] = print) -> None:
    """Serve until stopped. ``port`` 0: a free one; ``say`` is told the address, with the token where the machine can
    be reached from elsewhere. Raises Fault where the place is taken."""
    try:
        sock = _bound(host, port)
    except OSError as error:
        raise fault(error, Path(f"{host}:{port}")) from error
    port = sock.getsockname()[1]
    token = "" if is_local(host) else secrets.token_urlsafe(24)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/" + (f"?token={token}" if token else "")

    def open_now() -> None:
        say(address)
        if browser:
            webbrowser.open(address)

    config = uvicorn.Config(application(desk, host, port, token), log_level="warning", timeout_graceful_shutdown=2)
    Telling(config, open_now).run(sockets=[sock])


class Telling(uvicorn.Server):  # type: ignore[misc]
    """A server that says so once it answers."""

    def __init__(self, config: uvicorn.Config, listens: Callable[[], None]) -> None:
        super().__init__(config)
        self.listens = listens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.listens()


def application(desk: Desk, host: str, port: int, token: str = "") -> Guard:
    """The guarded application of a desk; one of a process, for the framework has one of its own."""
    logging.getLogger("nicegui").setLevel(logging.ERROR)
    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    outer.add_api_route("/", lambda: RedirectResponse(_first(desk, desk.lang), 303), response_model=None)
    for lang in LANGS:
        _laid(desk, lang)
    add_routes(outer, desk)
    jobs_of(desk)
    ui.run_with(outer, title="Jaryq", favicon="💡", show_welcome_message=False, reconnect_timeout=30.0,
                gzip_middleware_factory=None)
    return Guard(outer, host, port, token)


def _first(desk: Desk, lang: Lang) -> str:
    """Where a visitor begins."""
    if desk.only is None:
        return Session(desk, lang, "cases").address()
    return Session(desk, lang, "inputs", desk.only).address()


def _laid(desk: Desk, lang: Lang) -> None:
    """The areas of a desk in one language."""
    def area_of(area: str, case: str = "") -> Any:
        if area not in AREAS:
            return RedirectResponse(_first(desk, lang), 303)
        try:
            chosen = desk.inside(case) if case else desk.only
        except JaryqError as outside:
            return lay(Session(desk, lang, area), outside)
        return lay(Session(desk, lang, area, chosen))

    ui.page(f"/{lang}/{{area}}", language=QUASAR[lang], response_timeout=30.0)(area_of)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        return sock
    except OSError:
        sock.close()
        raise
