"""Modules that load: what a signal does meanwhile, and what is said where they do not. Light on purpose."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name))
STOPPED = b"Stopped before anything was done.\n"


def not_loaded(error: BaseException) -> str:
    """Why modules do not load: an installation in which one is missing, or a machine that has no room for them."""
    if isinstance(error, ModuleNotFoundError):
        return f"the module {error.name} is missing: install the program with all that it needs (see the README)"
    return ("the program cannot be loaded: there is not enough memory on this machine, or the installation is damaged "
            "(--debug shows where)")


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


def _leave(number: int, _: object) -> None:
    os.write(2, STOPPED)
    os._exit(128 + number)
