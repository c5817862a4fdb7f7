"""Names that become folders: the same one folder, below the one it is meant for, on Windows, macOS and Linux."""

from __future__ import annotations

import re
import unicodedata

from jaryq.base.text import Text

LONGEST = 80
"""Letters of a name, so that a path of it stays within the 260 that Windows allows by default."""

MOST_BYTES = 240
"""In UTF-8: most file systems hold 255, and a temporary name beside it needs some."""

_APART = re.compile(r"[/\\:]")
_FORBIDDEN = re.compile(r'[<>"|?*]')
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that nobody sees or no file holds: controls, marks of direction, halves of characters,
unassigned ones."""

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
"""Windows takes these for devices, whatever stands behind a point."""

TRIED = "tried"
"""The folder of a plan with changes, beside those of the scenarios; those that the page asked for are in
``tried-...``."""

_OWN = re.compile(rf"{TRIED}(-.*)?|((comparison|plan)(\.\w+)?\.xlsx)|(report(\.\w+)?\.html)|"
                  r"((summary|manifest)(\.\w+)?\.json)")
"""What the program itself writes into the folder of a case."""


def why_unsafe(name: str) -> Text | None:
    """Why ``name`` is not one safe folder name, for a person, as what follows the name ("it ..."); None where it is
    one."""
    if not name.strip():
        return Text("it is blank", "оно пустое")
    if not name.strip(". "):
        return Text("it stands for the folder itself or the one above", "оно означает саму папку или папку над ней")
    if _APART.search(name):
        return Text("it holds a separator of folders (/, \\ or :)", "в нём есть разделитель папок (/, \\ или :)")
    if any(unicodedata.category(letter) in _UNSEEN for letter in name):
        return Text("it holds a character that is not seen", "в нём есть невидимый символ")
    if _FORBIDDEN.search(name):
        return Text('it holds a character that Windows does not allow (< > " | ? *)',
                    'в нём есть символ, который не допускает Windows (< > " | ? *)')
    if name != name.strip() or name.endswith("."):
        return Text("it begins with a blank or ends with a blank or a point",
                    "оно начинается с пробела или кончается пробелом или точкой")
    if name.startswith((".", "~")):
        return Text("it begins with a point or ~, so that the folder would be hidden or another one",
                    "оно начинается с точки или ~: папка была бы скрыта или была бы другой")
    if len(name) > LONGEST or len(name.encode()) > MOST_BYTES:
        return Text(f"it is longer than {LONGEST} letters", f"оно длиннее {LONGEST} знаков")
    if not any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in name):
        return Text("it has no letter and no digit", "в нём нет ни буквы, ни цифры")
    if _DEVICE.fullmatch(name):
        return Text("Windows keeps it for a device", "Windows держит его за устройством")
    if _OWN.fullmatch(on_disk(name)):
        return Text("the program writes a file or folder of this name itself",
                    "файл или папку с таким именем пишет сама программа")
    return None


def safe_name(name: str) -> bool:
    """Whether ``name`` is one safe folder name on every system."""
    return why_unsafe(name) is None


def on_disk(name: str) -> str:
    """What a file system that takes letter case and normal forms for the same makes of a name: two names with one
    answer share a folder."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
