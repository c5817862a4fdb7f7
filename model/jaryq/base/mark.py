"""The mark of a workbook that the program wrote: what for, and a digest of its parts. Any other program that saves it
takes the mark away.

It stands in the comment of the zip archive, where spreadsheet programs look for nothing.
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

_HEAD = b"Jaryq "


def set_mark(path: Path, purpose: str) -> None:
    """Mark a finished workbook. Raises OSError, BadZipFile."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = _HEAD + f"{purpose} {_digest(archive)}".encode()


def purpose_of(path: Path) -> str:
    """What the program wrote a workbook for; nothing where it is not as the program wrote it."""
    try:
        with zipfile.ZipFile(path) as archive:
            said, digest = archive.comment, _digest(archive)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    purpose, _, stated = said.removeprefix(_HEAD).decode("ascii", "replace").partition(" ")
    return purpose if said.startswith(_HEAD) and stated == digest else ""


def _digest(archive: zipfile.ZipFile) -> str:
    """Of the names and check sums of all parts."""
    parts = "\n".join(f"{info.filename} {info.CRC:08x} {info.file_size}"
                      for info in sorted(archive.infolist(), key=lambda info: info.filename))
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:32]
