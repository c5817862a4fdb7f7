"""A file that a process holds as long as it lives, whatever becomes of it: by that a job is known to run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _leave(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _leave(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class Held:
    """``path`` taken by this process until ``leave``, or until the process ends. Raises BlockingIOError (on Windows
    another OSError) where somebody has it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        try:
            _take(self._file)
        except OSError:
            self._file.close()
            raise

    def leave(self) -> None:
        """Let it go."""
        _leave(self._file)
        self._file.close()


def is_held(path: Path) -> bool:
    """Whether some process holds a file."""
    if not path.exists():
        return False
    try:
        Held(path).leave()
    except OSError:
        return True
    return False
