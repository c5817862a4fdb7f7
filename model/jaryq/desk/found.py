"""Workbooks and folders of CSV files below the folder of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jaryq.desk.desk import Desk

FORMS = (".xlsx", ".xlsm", ".ods", ".xlsb", ".xls")
"""Endings of workbooks."""

DEPTH = 3
"""Folders below the desk's own in which cases are looked for."""

MOST = 500
"""Cases that are shown; a desk of more is a folder that was not meant."""

PASSED = frozenset({"outputs", "node_modules", "__pycache__", "venv"})
"""Folders in which nobody keeps a case: results, and what programs put beside them. Hidden ones too."""


def found_cases(desk: Desk) -> list[Path]:
    """Workbooks and folders of CSV files, by name; links out of the folder are none. Plans are not told from inputs
    here."""
    if desk.only is not None:
        return [desk.only]
    return sorted(_once(_below(desk.root, desk.root, DEPTH)))[:MOST]


def _below(folder: Path, root: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for path in entries:
        if path.name.startswith((".", "~")) or not _within(path, root):
            continue
        if path.is_dir() and not path.is_symlink() and path.name not in PASSED:
            if (path / "settings.csv").is_file():
                yield path
            elif depth:
                yield from _below(path, root, depth - 1)
        elif path.suffix.lower() in FORMS and path.is_file():
            yield path


def _once(paths: Iterator[Path]) -> Iterator[Path]:
    """Each file once, however many links within the folder lead to it, by its own path where that is found."""
    found: dict[Path, Path] = {}
    for path in paths:
        real = path.resolve()
        if real not in found or path == real:
            found[real] = path
    yield from found.values()


def _within(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        return False
