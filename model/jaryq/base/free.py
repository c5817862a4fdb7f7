"""Whether a place may be written to, tried before any work is done: not the input, not a stranger's file, not below a
file, with room and rights."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from jaryq.base.faults import A_FILE, A_FOLDER, BELOW_A_FILE, Misplaced, fault
from jaryq.base.mark import purpose_of
from jaryq.base.places import clear_strays, drafted
from jaryq.base.text import Text

OR_FORCE = Text(", or say --force to replace it", " или задайте --force, чтобы заменить")
"""What the command line offers beside; the page, which has no such option, leaves it out."""

OWN = Text(f"{{path}} is what this command reads: name another place{OR_FORCE.en}",
           f"{{path}} - это то, что команда читает: укажите другое место{OR_FORCE.ru}")
FOREIGN = Text("{path} is there already and was not written by this command, or was changed since: name another place"
               + OR_FORCE.en,
               "{path} уже есть, и его записала не эта команда, или он изменён: укажите другое место" + OR_FORCE.ru)
NO_FILE = Text("{path} is no ordinary file", "{path} - не обычный файл")


def free_file(path: Path, ours: Callable[[Path], bool], own: Iterable[Path] = (), force: bool = False) -> None:
    """Raises Misplaced or Fault where a file cannot or must not be written.

    ``ours``: whether what stands there may be replaced, as the program wrote it for the same purpose; an empty file
    always may. ``own``: files and folders that the command reads. ``force``: those and strangers' files are replaced.
    """
    try:
        if path.is_dir():
            raise Misplaced(A_FOLDER.fill(path=path))
        if path.exists():
            if not path.is_file():
                raise Misplaced(NO_FILE.fill(path=path))
            if not force:
                if any(same_file(path, read) for read in own):
                    raise Misplaced(OWN.fill(path=path))
                if path.stat().st_size and not ours(path):
                    raise Misplaced(FOREIGN.fill(path=path))
        _room(path.resolve() if path.is_symlink() else path)
    except OSError as error:
        raise fault(error, path) from error


def free_folder(path: Path) -> None:
    """Raises Misplaced or Fault where a folder cannot be made or written into."""
    try:
        if path.exists() and not path.is_dir():
            raise Misplaced(A_FILE.fill(path=path))
        _room(path / "x", path)
        clear_strays(path)
    except OSError as error:
        raise fault(error, path) from error


def _room(path: Path, asked: Path | None = None) -> None:
    """Try to write where ``path`` will stand: in its folder, or in the nearest one that there is; ``asked``: the place
    as it was named."""
    folder = next(folder for folder in path.absolute().parents if folder.exists() or folder.is_symlink())
    if not folder.is_dir():
        raise Misplaced(BELOW_A_FILE.fill(path=asked or path))
    with drafted(folder / path.name) as draft:
        draft.write_bytes(b"tried")


def same_file(one: Path, other: Path) -> bool:
    """Whether two names are the same file: through links, and in another letter case where that counts for nothing."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def marked_as(*purposes: str) -> Callable[[Path], bool]:
    """Whether a workbook is as the program wrote it for one of these purposes."""
    return lambda path: purpose_of(path) in purposes
