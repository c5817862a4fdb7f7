"""The text mirror of a workbook: a folder of CSV files that states what was written into it, so that it is known
again."""

from __future__ import annotations

from pathlib import Path

from jaryq.base.marked_folder import free_marked, write_marked
from jaryq.tables.tables import Tables
from jaryq.workbook.folder import MARK, NAMES, files_of


def free_mirror(folder: Path, source: Path, force: bool = False) -> None:
    """Raises Misplaced or Fault where ``folder`` cannot be written, or holds tables that ``mirror`` did not write or
    that were changed since."""
    free_marked(folder, MARK, NAMES.__contains__, (source,), force)


def write_mirror(tables: Tables, folder: Path) -> None:
    """Write the folder with its mark: whole, or not at all. Raises Misplaced or Fault."""
    write_marked(folder, files_of(tables), MARK, NAMES)
