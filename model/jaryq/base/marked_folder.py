"""Folders of files that state what was written into them, in a file of marks, so that they are known again: what is
there and was not written by the same command, or was changed since, is never replaced unsaid."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from jaryq.base.faults import Misplaced, fault
from jaryq.base.free import FOREIGN, OWN, free_folder, same_file
from jaryq.base.places import write_whole
from jaryq.base.whole_folder import write_whole_folder


def free_marked(folder: Path, mark: str, ours: Callable[[str], bool], own: Iterable[Path] = (),
                force: bool = False) -> None:
    """Raises Misplaced or Fault where ``folder`` cannot be written, is read by the command (``own``), or holds a file
    that might be replaced (``ours`` says so of a name) and is not as the file ``mark`` states it."""
    free_folder(folder)
    if force or not folder.is_dir():
        return
    if any(same_file(folder, read) for read in own):
        raise Misplaced(OWN.fill(path=folder))
    told = stated(folder, mark)
    try:
        for path in sorted(folder.iterdir()):
            if ours(path.name) and (path.is_dir() or digest(path.read_bytes()) not in _stated(told, path.name)):
                raise Misplaced(FOREIGN.fill(path=path))
    except OSError as error:
        raise fault(error) from error


def write_marked(folder: Path, files: Mapping[str, bytes], mark: str, gone: Iterable[str] = ()) -> None:
    """Write the files with their mark, whole or not at all; those of ``gone`` that are not among them go. Raises
    Misplaced or Fault."""
    hashes: dict[str, object] = {name: digest(content) for name, content in files.items()}
    if folder.is_dir():
        # If the run is killed while files take their places, some are the old ones and some the new: both are ours.
        told = stated(folder, mark)
        either = {name: [*_stated(told, name), *_stated(hashes, name)] for name in {**told, **hashes}}
        write_whole(folder / mark, partial(Path.write_bytes, data=_bytes(either)))
    write_whole_folder(folder, {**files, mark: _bytes(hashes)}, tuple(gone))


def stated(folder: Path, mark: str) -> dict[str, object]:
    """Names and hashes that the mark states; nothing where there is none that can be read."""
    try:
        content = json.loads((folder / mark).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _stated(told: Mapping[str, object], name: str) -> list[object]:
    """The hashes that a file may have: one, or while files take their places two."""
    found = told.get(name)
    return found if isinstance(found, list) else [found]


def _bytes(told: Mapping[str, object]) -> bytes:
    return (json.dumps(told, indent=1) + "\n").encode()


def digest(content: bytes) -> str:
    """SHA-256 of the bytes of a file."""
    return hashlib.sha256(content).hexdigest()
