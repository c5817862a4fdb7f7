"""What takes its time is found beside the page, which shows itself at once: workbooks are read by a few threads of
their own, of which one workbook takes one at most, so that one that takes long, or never ends, holds up nobody else."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from nicegui import ui

from jaryq.base.errors import JaryqError, Told
from jaryq.base.faults import fault
from jaryq.base.text import Text
from jaryq.desk.desk import Session
from jaryq.desk.parts import note

Found = TypeVar("Found")

READING = Text("Reading…", "Чтение…")
SLOW = Text("This takes longer than {seconds:.0f} s; it goes on, load this page again later.",
            "Это длится дольше {seconds:.0f} с; работа продолжается, загрузите страницу позже.")
PATIENCE = 120.0
"""Seconds that a visitor waits before he is told so."""

AT_ONCE = 3
"""Readings at once, each of another workbook; more would leave the page itself no time."""

_READERS = ThreadPoolExecutor(AT_ONCE, "reader")
_GOING: dict[tuple[Path, str], Future[Any]] = {}
_WAITING: dict[Path, deque[tuple[str, Callable[[], Any]]]] = {}
"""Searches that wait, by the workbook that a reader is at, or is to be."""

_LOCK = Lock()


def later(session: Session, of: Path, what: str, find: Callable[[], Found], draw: Callable[[Found], object]) -> None:
    """Say that something is read, and ``draw`` it in that place once it is found; ``of`` and ``what`` tell apart what
    is found, which is looked for once however many wait for it. What ``find`` raises is said."""
    place = ui.element("div").classes("desk-later")
    with place:
        note(session.say(READING)).props["role"] = "status"

    async def fill() -> None:
        try:
            found = await asyncio.wait_for(asyncio.wrap_future(_asked(of, what, find)), PATIENCE)
        except TimeoutError:
            said(session.say(SLOW, seconds=PATIENCE))
        except (JaryqError, OSError, MemoryError) as error:
            wrong = fault(error, of) if isinstance(error, OSError | MemoryError) else error
            said(wrong.text.say(session.lang) if isinstance(wrong, Told) else str(wrong))
        else:
            if not place.is_deleted:
                place.clear()
                with place:
                    draw(found)

    def said(words: str) -> None:
        if not place.is_deleted:
            place.clear()
            with place:
                note(words, alert=True)

    with place:
        ui.timer(0.01, fill, once=True)


def _asked(of: Path, what: str, find: Callable[[], Found]) -> Future[Found]:
    """The search that goes on already, or a new one; nobody who waits for it can end it for others."""
    with _LOCK:
        going = _GOING.get((of, what))
        if going is not None:
            return going
        going = _GOING[of, what] = Future()
        going.set_running_or_notify_cancel()  # from now on nobody can cancel it
        read_now = of in _WAITING
        _WAITING.setdefault(of, deque()).append((what, find))
    if not read_now:
        _READERS.submit(_read, of)
    return going


def _read(of: Path) -> None:
    """The next search of a workbook; the one after it stands behind those of other workbooks."""
    with _LOCK:
        what, find = _WAITING[of].popleft()
    found, wrong = None, None
    try:
        found = find()
    except BaseException as error:
        wrong = error
    with _LOCK:
        going, more = _GOING.pop((of, what)), bool(_WAITING[of])
        if not more:
            del _WAITING[of]
    # Not under the lock: who waits is told in this thread.
    if wrong is None:
        going.set_result(found)
    else:
        going.set_exception(wrong)
    if more:
        _READERS.submit(_read, of)
