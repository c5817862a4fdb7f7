"""Where every run begins. Light on purpose: a run that is stopped while the heavy modules load ends at once and without
a traceback."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from jaryq.commands.loading import leaving_at_once, not_loaded


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


if __name__ == "__main__":
    sys.exit(main())
