"""A folder of files that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from jaryq.base.faults import fault
from jaryq.base.places import drafted, remove


def write_whole_folder(folder: Path, files: Mapping[str, bytes], gone: Collection[str] = ()) -> None:
    """Write ``files`` into ``folder`` and take away those named in ``gone``; other files there stay.

    All are written beside the folder first; a new folder appears at once, and if a file cannot take its place in one
    that is there, those that have are put back. Raises Misplaced or Fault.
    """
    try:
        with drafted(folder) as draft:
            draft.mkdir()
            for name, content in files.items():
                (draft / name).write_bytes(content)
            if folder.exists():
                _move_in(draft, folder, tuple(files),
                         tuple(name for name in gone if name not in files and (folder / name).exists()))
            else:
                os.replace(draft, folder)
    except OSError as error:
        raise fault(error, folder) from error


def _move_in(draft: Path, folder: Path, files: tuple[str, ...], gone: tuple[str, ...]) -> None:
    before = draft / "before"
    before.mkdir()
    for name in (*files, *gone):
        if (folder / name).exists():
            shutil.copy2(folder / name, before / name)
    done: list[str] = []
    try:
        for name in files:
            done.append(name)
            os.replace(draft / name, folder / name)
        for name in gone:
            done.append(name)
            (folder / name).unlink()
    except BaseException as error:
        for name in done:
            if (before / name).exists():
                shutil.copy2(before / name, folder / name)
            else:
                remove(folder / name)
        if isinstance(error, OSError):  # about the file that would not give way, which is the last begun
            raise fault(error, folder / done[-1]) from error
        raise
