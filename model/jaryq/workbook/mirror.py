"""The text mirror of a workbook: a folder of CSV files that states what was written into it, so that it is known
again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from jaryq.base.faults import Misplaced, fault
from jaryq.base.free import FOREIGN, OWN, free_folder, same_file
from jaryq.base.whole_folder import write_whole_folder
from jaryq.tables.tables import Tables
from jaryq.workbook.folder import MARK, NAMES, files_of


def free_mirror(folder: Path, source: Path, force: bool = False) -> None:
    """Raises Misplaced or Fault where ``folder`` cannot be written, or holds tables that ``mirror`` did not write or
    that were changed since."""
    free_folder(folder)
    if force or not folder.is_dir():
        return
    if same_file(folder, source):
        raise Misplaced(OWN.fill(path=folder))
    stated = _stated(folder)
    try:
        for name in NAMES:
            path = folder / name
            if path.exists() and (path.is_dir() or stated.get(name) != _hash(path.read_bytes())):
                raise Misplaced(FOREIGN.fill(path=path))
    except OSError as error:
        raise fault(error) from error


def write_mirror(tables: Tables, folder: Path) -> None:
    """Write the folder with its mark: whole, or not at all. Raises Misplaced or Fault."""
    files = files_of(tables)
    mark = json.dumps({name: _hash(content) for name, content in files.items()}, indent=1) + "\n"
    write_whole_folder(folder, {**files, MARK: mark.encode()}, NAMES)


def _stated(folder: Path) -> dict[str, object]:
    try:
        content = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
