"""Where every run begins. Light on purpose: a run that is stopped while the heavy modules load ends at once and without
a traceback."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name))
STOPPED = b"Stopped before anything was done.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; its exit code."""
    try:
        with leaving_at_once():
            from jaryq.commands.cli import main as run
        # What is loaded stays, and values are many, immutable and hardly ever in circles: looking for circles among
        # them at Python's usual pace takes a tenth of a run.
        gc.freeze()
        gc.set_threshold(100_000, 20, 50)
    except (ImportError, MemoryError, OSError) as error:
        if "--debug" in (sys.argv[1:] if arguments is None else arguments):
            raise
        sys.stderr.write(f"{not_loaded(error)}.\n")
        return 1
    return run(arguments)


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


if __name__ == "__main__":
    sys.exit(main())
