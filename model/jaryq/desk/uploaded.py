"""A workbook that a visitor brings: looked at as every file of a stranger, then put into the folder under its name."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.faults import fault
from jaryq.base.places import drafted
from jaryq.base.safe_name import why_unsafe
from jaryq.base.text import Text, printable
from jaryq.desk.desk import Desk
from jaryq.desk.found import FORMS
from jaryq.workbook.package import LARGEST_FILE
from jaryq.workbook.read import read_all

THERE = Text("{name} stands there already; nothing was overwritten", "{name} уже есть; ничего не перезаписано")
OTHER = Text("{name} is no workbook ({forms})", "{name} не книга ({forms})")
NAME = Text("{name} is no name for a file here: {why}", "{name} не годится как имя файла: {why}")
LARGE = Text("{name} is larger than {most} MB", "{name} больше {most} МБ")
WRONG = Text("{name} cannot be read: {why}", "{name} не читается: {why}")
REFUSED = ("unreadable_file", "protected_file", "other_format", "too_large", "unsafe_file", "not_opened")
"""Issues of what is no workbook, or no safe one."""


class NotTaken(Told):
    """A file that is not put into the folder."""


def take(desk: Desk, name: str, raw: bytes) -> Path:
    """Put a workbook into the folder of a desk; where it stands. Raises NotTaken, Fault."""
    assert desk.only is None, "a desk of one workbook takes no other"
    shown = printable(name)[:200]
    if len(raw) > LARGEST_FILE:
        raise NotTaken(LARGE.fill(name=shown, most=LARGEST_FILE >> 20))
    if not name.casefold().endswith(FORMS):
        raise NotTaken(OTHER.fill(name=shown, forms=", ".join(FORMS)))
    if (why := why_unsafe(name)) is not None:
        raise NotTaken(NAME.fill(name=shown, why=why))
    place = desk.root / name
    if os.path.lexists(place):
        raise NotTaken(THERE.fill(name=shown))
    try:
        with drafted(place) as draft:
            draft.write_bytes(raw)
            _look(draft, shown)
            _put(draft, place)
    except FileExistsError as error:
        raise NotTaken(THERE.fill(name=shown)) from error
    except OSError as error:
        raise fault(error, place) from error
    return place


def _look(path: Path, shown: str) -> None:
    found = next((issue for issue in read_all(path).issues if issue.code in REFUSED), None)
    if found is not None:
        raise NotTaken(WRONG.fill(name=shown, why=Text(found.rule("en"), found.rule("ru"))))


def _put(draft: Path, place: Path) -> None:
    """Move a file to a place where none stands. Raises FileExistsError, OSError."""
    try:
        os.link(draft, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with place.open("xb") as file, draft.open("rb") as raw:
            try:
                shutil.copyfileobj(raw, file)
            except OSError:
                with suppress(OSError):
                    place.unlink()
                raise
