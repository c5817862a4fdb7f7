"""Modules that load: what a signal does meanwhile, and what is said where they do not. Light on purpose."""

from __future__ import annotations

import mmap
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name))
ROOM = 448 << 20
"""Bytes of addresses that must be free before modules load: what reads inputs takes 300 MB of them, what solves as much
again (measured)."""

STOPPED = {"en": "Stopped before anything was done.", "ru": "Остановлено до начала работы.",
           "kk": "Жұмыс басталмай тұрып тоқтатылды.", "ja": "作業を始める前に停止しました。"}
"""By the language that is asked for; nothing that says texts is loaded yet."""


def not_loaded(error: BaseException) -> str:
    """Why modules do not load: an installation in which one is missing, or a machine that has no room for them."""
    if isinstance(error, ModuleNotFoundError):
        return f"the module {error.name} is missing: install the program with all that it needs (see the README)"
    return ("the program cannot be loaded: there is not enough memory on this machine, or the installation is damaged "
            "(--debug shows where)")


def room() -> None:
    """Raises MemoryError where modules would not find room, as under ``ulimit -v``. Asked before they load: libraries
    of linear algebra end the process where they find none, or try again for ever and let no signal through. Nothing is
    taken, nor counted by a machine that promises no more memory than it has."""
    if not hasattr(mmap, "MAP_PRIVATE"):
        return  # Windows knows no such limit
    try:
        mmap.mmap(-1, ROOM, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ).close()
    except OSError as error:
        raise MemoryError(f"less than {ROOM >> 20} MB of addresses are free") from error


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """While modules load nothing is open that could be left half done, and an exception in the middle of an import may
    be lost: end at once."""
    try:
        before = {number: signal.signal(number, _leave) for number in SIGNALS}
    except ValueError:  # not the main thread, which has no signals to handle
        before = {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stopped(arguments: list[str]) -> str:
    """What is said then, in the language that the arguments name."""
    asked = [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    asked += [after for one, after in pairwise(arguments) if one == "--lang"]
    return STOPPED.get(asked[-1] if asked else "en", STOPPED["en"])


def _leave(number: int, _: object) -> None:
    os.write(2, (stopped(sys.argv) + "\n").encode())
    os._exit(128 + number)
