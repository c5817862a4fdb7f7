"""What is served, and to whom: one folder for all visitors, and for each of them an area, a language and a case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from jaryq.api.results import folder_of
from jaryq.base.errors import Told
from jaryq.base.text import Lang, Text, printable

OUTSIDE = Text("{name} is not in the folder that is served", "{name} лежит не в той папке, которая открыта")


class Outside(Told):
    """A path that leads out of the folder, directly or by a link, or that is not there."""

    exit_code = 64


@dataclass(frozen=True, eq=False)
class Desk:
    """A folder that is served. ``root`` is absolute and without links; ``only``: the one workbook that was named.

    Told apart by identity: what belongs to a desk and is no value of its own (jobs, editing) is kept by
    ``base.once.once``.
    """

    root: Path
    lang: Lang = "en"
    only: Path | None = None

    @staticmethod
    def of(place: Path, lang: Lang = "en") -> Desk:
        """The desk of a folder, or of one workbook in its folder. Raises Outside where there is neither."""
        found = place.resolve()
        if found.is_dir():
            return Desk(found, lang)
        if not found.is_file():
            raise Outside(Text("{name} is neither a folder nor a workbook",
                               "{name}: это не папка и не книга").fill(name=printable(str(place))))
        return Desk(found.parent, lang, found)

    def inside(self, name: str) -> Path:
        """The file or folder of a name as ``named`` gives it. Raises Outside where the name leads out of the folder,
        by a link too, or where nothing stands there."""
        try:
            path = (self.root / name).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            path = self.root.parent
        if not path.is_relative_to(self.root) or (self.only is not None and not self._of_only(path)):
            raise Outside(OUTSIDE.fill(name=printable(name)[:200]))
        return path

    def named(self, path: Path) -> str:
        """The name of a file of this desk: its path within the folder, with slashes. It goes into addresses."""
        return path.resolve().relative_to(self.root).as_posix()

    def results(self, case: Path) -> Path:
        """The folder of a case's results, ``outputs/<workbook>`` within this folder: a plan of the scenario S stands
        in S below it, as the command line writes it from here."""
        return folder_of(case, self.root / "outputs")[0]

    def _of_only(self, path: Path) -> bool:
        assert self.only is not None
        return path == self.only or path.is_relative_to(self.results(self.only))


@dataclass(frozen=True, eq=False)
class Session:
    """One visit of one area: what its address says. ``case``: the chosen workbook or folder, inside the desk."""

    desk: Desk
    lang: Lang
    area: str
    case: Path | None = None

    def say(self, text: Text, **slots: object) -> str:
        """A text in the visitor's language."""
        return text.say(self.lang, **slots)

    def address(self, area: str = "", case: Path | None = None, lang: Lang | None = None, **more: str) -> str:
        """The address of this or another area, case and language: ``/ru/inputs?case=kazakhstan.xlsx``."""
        chosen = case or self.case
        query = urlencode({**({"case": self.desk.named(chosen)} if chosen else {}), **more}, quote_via=quote)
        return f"/{lang or self.lang}/{area or self.area}" + (f"?{query}" if query else "")
