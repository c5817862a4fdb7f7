"""Where every run begins. Light on purpose: a run that is stopped while the heavy modules load ends at once and without a traceback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name))
STOPPED = b"Stopped before anything was done.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; its exit code."""
    with leaving_at_once():
        from model.cli import main as run
    return run(arguments)


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """While modules load nothing is open that could be left half done, and an exception in the middle of an import may be lost: end at once."""
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


if __name__ == "__main__":
    sys.exit(main())
