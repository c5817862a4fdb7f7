"""Files that appear whole or not at all, and beside their place where the file there is open in another program."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

MOST_BESIDE = 99
"""Numbered names that are tried beside a file that is open."""

PATIENCE = (0.1, 0.3)
"""Seconds to wait before the place itself is tried again: a virus scanner or a synchroniser holds a file for a moment only."""


def numbered(path: Path, number: int) -> Path:
    """``plan.xlsx`` for 1, ``plan.2.xlsx`` for 2 and so on."""
    return path if number == 1 else path.with_name(f"{path.stem}.{number}{path.suffix}")


def take_place(draft: Path, path: Path, pause: Callable[[float], None] = time.sleep) -> Path:
    """Move ``draft`` to ``path``, or beside it (``plan.2.xlsx``) where Windows refuses because the file is open; where it stands now.

    Raises OSError where no name can be taken.
    """
    for seconds in (*PATIENCE, None):
        try:
            os.replace(draft, path)
            return path
        except PermissionError as error:
            refused = error
            if seconds is not None:
                pause(seconds)
    for number in range(2, MOST_BESIDE + 1):
        beside = numbered(path, number)
        try:
            os.replace(draft, beside)
            return beside
        except PermissionError:
            continue
    raise refused


def write_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Let ``write`` make a file under a temporary name, then move it to ``path`` or beside it; where it stands. Nothing half-made is left.

    Raises OSError, and what ``write`` raises.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        # mkstemp makes files for the owner alone; a result is for everyone who may read the folder.
        temporary.chmod(0o644)
        return take_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
