"""Files that appear whole or not at all, and beside their place where the file there is open in another program."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jaryq.base.faults import fault
from jaryq.base.mark import set_mark

MOST_BESIDE = 99
"""Numbered names that are tried beside a file that is open."""

PATIENCE = (0.1, 0.3)
"""Seconds to wait before the place itself is tried again: a virus scanner or a synchroniser holds a file for a moment
only."""

OLD = 24 * 3600.0
"""Seconds after which a draft of another machine, or of a process that cannot be asked about, is taken for a stray."""

_DRAFT = re.compile(r"\..*\.([0-9a-f]{8})-(\d+)\.part", re.DOTALL)


_LIVE: set[Path] = set()
"""Drafts of this process."""


def numbered(path: Path, number: int) -> Path:
    """``plan.xlsx`` for 1, ``plan.2.xlsx`` for 2 and so on."""
    return path if number == 1 else path.with_name(f"{path.stem}.{number}{path.suffix}")


def take_place(draft: Path, path: Path, pause: Callable[[float], None] = time.sleep) -> Path:
    """Move ``draft`` to ``path``, or beside it (``plan.2.xlsx``) where Windows refuses because the file is open; where
    it stands now.

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


def write_whole(path: Path, write: Callable[[Path], object], purpose: str = "") -> Path:
    """Let ``write`` make a file under a temporary name, then move it to ``path`` or beside it; where it stands. Nothing
    half-made is left.

    ``purpose``: what a workbook is marked as (see ``base.mark``). A link is followed. Raises Fault or Misplaced, and
    what ``write`` raises.
    """
    if path.absolute() in _LIVE:  # a draft that another is writing, who says for what
        write(path)
        return path
    place = path.resolve() if path.is_symlink() else path
    try:
        with drafted(place) as draft:
            write(draft)
            if purpose:
                set_mark(draft, purpose)
            standing = take_place(draft, place)
    except OSError as error:
        raise fault(error, path) from error
    return path if standing == place else standing


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """A temporary name beside ``path``, in a folder that is made if need be; whatever stands there at the end goes.
    Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_strays(path.parent)
    # A name of 255 bytes is the longest there is; that of the draft is no longer than the name it stands for needs.
    stem = path.name.encode("utf-8", "surrogateescape")[:200].decode("utf-8", "ignore")
    draft = path.with_name(f".{stem}.{_machine()}-{os.getpid()}.part").absolute()
    _LIVE.add(draft)
    try:
        yield draft
    finally:
        remove(draft)
        _LIVE.discard(draft)


def clear_own() -> None:
    """Take away all drafts of this process, which is about to end without unwinding."""
    for draft in tuple(_LIVE):
        remove(draft)


def remove(path: Path) -> None:
    """Take away a file or folder of drafts, if it is there and can be."""
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def clear_strays(folder: Path) -> None:
    """Take away what runs that were killed left in a folder."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if (found := _DRAFT.fullmatch(path.name)) and _dead(found[1], int(found[2]), path):
                remove(path)


def _dead(machine: str, process: int, path: Path) -> bool:
    """Whether the run that made a draft has ended. Only of this machine's processes can that be asked, and on Windows
    not without harm."""
    if machine == _machine() and os.name != "nt":
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            pass
    try:
        return time.time() - path.stat().st_mtime > OLD
    except OSError:
        return False


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]
