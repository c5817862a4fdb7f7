"""Where every run begins. Light on purpose: a run that is stopped while the heavy modules load ends at once and without
a traceback."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from jaryq.commands.loading import leaving_at_once, not_loaded, room

RARELY = (100_000, 20, 50)
"""How often Python looks for circles of values: they are many, immutable and hardly ever in circles, and at the usual
pace a tenth of a run goes into it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; its exit code."""
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _told_already
    gc.set_threshold(*RARELY)  # what loads stays
    try:
        room()
        with leaving_at_once():
            from jaryq.commands.cli import main as run
        seldom()
    except (ImportError, MemoryError, OSError) as error:
        if "--debug" in (sys.argv[1:] if arguments is None else arguments):
            raise
        sys.stderr.write(f"{not_loaded(error)}.\n")
        return 1
    return run(arguments)


def seldom() -> None:
    """Circles of values are looked for rarely, and never in what is loaded, which stays."""
    gc.freeze()
    gc.set_threshold(*RARELY)


def _told_already(left: sys.UnraisableHookArgs) -> None:
    """What a value that is thrown away meets once more (a file that could not be written is closed) was told when it
    was met first."""
    if not isinstance(left.exc_value, OSError | MemoryError | KeyboardInterrupt):
        sys.__unraisablehook__(left)


if __name__ == "__main__":
    sys.exit(main())
