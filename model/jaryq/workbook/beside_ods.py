"""The same as :mod:`jaryq.workbook.beside` for an .ods workbook: units of data styles and cells of money, parts of
texts that are struck out or raised."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from jaryq.workbook.beside import LOWERED, RAISED, STRUCK, Beside, Piece, all_struck, apart
from jaryq.workbook.marks import MOST_MARKS, Runs
from jaryq.workbook.package import local, parse
from jaryq.workbook.shown_unit import Unit, unit_of_parts

_TELLING = (b"text-line-through", b"text-position", b"<number:text>", b"number:currency", b'value-type="currency"')
_LAST = 1 << 16
_NUMBERS = ("number-style", "currency-style", "percentage-style")


@dataclass
class _Style:
    parent: str = ""
    data: str = ""
    look: str | None = None


class BesideOds:
    """What stands beside the values of every sheet, by its name: the parts of an .ods hold all sheets in one."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.sheets: Mapping[str, Beside] = {}
        parts = [part for part in ("styles.xml", "content.xml") if part in archive.namelist()]
        if any(telling in archive.read(part) for part in parts for telling in _TELLING):
            one = _Pass()
            for part in parts:
                parse(archive, part, one.start, one.attach)
            self.sheets = one.sheets

    def of(self, sheet: str) -> Beside:
        return self.sheets.get(sheet, Beside())


class _Pass:
    """Handlers of ``styles.xml`` and ``content.xml``: styles stand before the sheets that use them."""

    def __init__(self) -> None:
        self.sheets: dict[str, Beside] = {}
        self._here: Beside | None = None
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._units: dict[str, Unit | None] = {}
        self._data, self._said, self._thousands, self._saying = "", list[str](), 0, False
        self._row = self._rows = self._column = self._wide = self._width = 0
        self._columns: list[tuple[int, int, str]] = []
        self._cell_style, self._kind, self._money = "", "", ""
        self._inside = self._noted = False
        self._looks: list[str | None] = []
        self._pieces: list[Piece] = []

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.EndElementHandler, parser.CharacterDataHandler = self.end, self.text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, said = local(tag), {local(key): value for key, value in attributes.items()}
        if self._here is None:
            self._before(name, said)
        elif name == "table-row":
            self._row += self._rows
            self._rows, self._column, self._wide = count_of(said, "number-rows-repeated", 1 << 24), 0, 1
        elif name == "table-column":
            wide = count_of(said, "number-columns-repeated", _LAST)
            self._columns.append((self._width + 1, self._width + wide, said.get("default-cell-style-name", "")))
            self._width += wide
        elif name in ("table-cell", "covered-table-cell") and not self._inside:
            self._column, self._wide = self._column + self._wide, count_of(said, "number-columns-repeated", _LAST)
            self._inside, self._pieces = True, []
            self._kind, self._money, self._cell_style = (said.get("value-type", ""), said.get("currency", ""),
                                                         said.get("style-name", ""))
        elif name == "annotation":
            self._noted = True
        elif name == "span":
            self._looks.append(self._look(said.get("style-name", "")))

    def _before(self, name: str, said: Mapping[str, str]) -> None:
        """Styles, and the beginning of a sheet."""
        if name == "style":
            self._style = self._styles[said.get("name", "")] = _Style(said.get("parent-style-name", ""),
                                                                      said.get("data-style-name", ""))
        elif name == "text-properties":
            line, place = (said.get("text-line-through-style") or said.get("text-line-through-type"),
                           said.get("text-position", ""))
            if line and line != "none":
                self._style.look = STRUCK
            elif place:
                self._style.look = ("" if place.startswith("0") else LOWERED if place.startswith(("sub", "-"))
                                    else RAISED)
            elif line:
                self._style.look = ""
        elif name in _NUMBERS:
            self._data, self._said, self._thousands = said.get("name", ""), [], 0
        elif name == "number" and self._data:
            self._thousands = {"1000": 1, "1000000": 2, "1000000000": 3}.get(said.get("display-factor", ""), 0)
        elif name in ("text", "currency-symbol") and self._data:
            self._saying = True
            self._said.append("")
        elif name == "table":
            self._here = self.sheets[said.get("name", "")] = Beside()
            self._row, self._rows, self._width, self._columns = 0, 1, 0, []

    def text(self, data: str) -> None:
        if self._saying:
            self._said[-1] += data
        elif self._inside and not self._noted:
            self._pieces.append((next((look for look in reversed(self._looks) if look is not None), None), data))

    def end(self, tag: str) -> None:
        name = local(tag)
        if self._here is None:
            if name in ("text", "currency-symbol"):
                self._saying = False
            elif name in _NUMBERS:
                self._units[self._data] = (None if name == "percentage-style"
                                           else unit_of_parts(self._said, self._thousands))
                self._data = ""
        elif name == "table" and not self._inside:
            self._here = None
        elif name == "span" and self._looks:
            self._looks.pop()
        elif name == "annotation":
            self._noted = False
        elif name in ("table-cell", "covered-table-cell"):
            self._tell(self._here)
            self._inside, self._looks = False, []

    def _tell(self, here: Beside) -> None:
        """What stands beside the value of a cell, in all the places it repeats in."""
        for column in range(self._column, self._column + self._wide) if self._kind else ():
            style = self._cell_style or next((style for first, last, style in self._columns if first <= column <= last),
                                             "")
            if self._kind in ("float", "currency"):
                unit = self._unit(style) or (unit_of_parts([self._money], 0) if self._money else None)
                if unit is not None:
                    here.units.setdefault((column, unit), Runs()).add(self._row, self._row + self._rows - 1)
            elif (parts := apart(self._pieces, self._look(style) or "")) is not None:
                here.parts |= {(row, column): parts
                               for row in range(self._row, self._row + min(self._rows, MOST_MARKS - len(here.parts)))}
            elif all_struck(self._pieces):
                here.struck.setdefault(column, Runs()).add(self._row, self._row + self._rows - 1)

    def _chain(self, style: str) -> list[_Style]:
        """A style and those it comes from."""
        found: list[_Style] = []
        while style in self._styles and self._styles[style] not in found:
            found.append(self._styles[style])
            style = found[-1].parent
        return found

    def _look(self, style: str) -> str | None:
        return next((one.look for one in self._chain(style) if one.look is not None), None)

    def _unit(self, style: str) -> Unit | None:
        data = next((one.data for one in self._chain(style) if one.data), "")
        return self._units.get(data)


def count_of(said: Mapping[str, str], name: str, most: int) -> int:
    """A number of an attribute, from 1 to ``most``; 1 where it is not said."""
    return min(max(int(said.get(name) or 1), 1), most)
