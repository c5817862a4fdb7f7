"""SHA-256 of inputs, of results, and of the program itself."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path


def input_hash(source: Path) -> str:
    """SHA-256 of a workbook, or of the names and contents of a folder's CSV files."""
    digest = hashlib.sha256()
    for file in [source] if source.is_file() else sorted(filter(Path.is_file, source.glob("*.csv"))):
        digest.update(os.fsencode(file.name) + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_hash() -> str:
    """SHA-256 of the program's own source files, read once in a process: what runs is what was loaded when it began."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for file in sorted(root.rglob("*.py")):
        digest.update(str(file.relative_to(root)).replace(os.sep, "/").encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
