"""A workbook as the parts of its archive, to damage one place of it and leave all others as they are.

Places are named by their sheet, the key of their row and their column: the shipped workbook may be written anew with
other rows, and a damage still finds its place. A row of several keys is named by all of them: ``heat_network|KZ-71``.
"""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
KEYS = {"eligibility": 5, "progress": 3, "crews": 2, "trenches": 2, "outage_limits": 2, "crew_needs": 2, "tariffs": 2,
        "last_plan": 2, "scenario_changes": 6}
"""How many columns of a sheet's key stand first; one elsewhere."""


def as_bytes(page: Xml.Element, prefix: str = "") -> bytes:
    """XML with the names of the main part plain, as Excel writes them, or under a prefix (other libraries ask for one
    for all the process)."""
    Xml.register_namespace(prefix, MAIN)
    Xml.register_namespace("r", LINKS)
    return Xml.tostring(page, encoding="UTF-8", xml_declaration=True)


def q(tag: str) -> str:
    return f"{{{MAIN}}}{tag}"


def number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def named(value: Any) -> str:
    """A value as it stands in the name of a place."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def split(cell: str) -> tuple[str, int]:
    """``AB12`` as its letters and its row."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    return letters, int(row)


class Book:
    """Parts of an .xlsx file; a sheet is parsed when it is first touched."""

    def __init__(self, path: Path | None = None) -> None:
        self.parts: dict[str, bytes] = {}
        self._pages: dict[str, Xml.Element] = {}
        self._where: dict[str, tuple[dict[str, int], dict[str, str]]] = {}
        if path is not None:
            with zipfile.ZipFile(path) as archive:
                self.parts = {name: archive.read(name) for name in archive.namelist()}

    def copy(self) -> Book:
        """Another one to damage. What is parsed already is shared until it is touched there."""
        other = Book()
        other.parts, other._where = dict(self.parts), dict(self._where)
        return other

    def known(self) -> list[str]:
        """The names of the sheets."""
        return [str(each.get("name")) for each in Xml.fromstring(self.parts["xl/workbook.xml"]).iter(q("sheet"))]

    def part_of(self, sheet: str) -> str:
        """The part of a sheet, by the workbook's list of sheets and its relations."""
        sheets = Xml.fromstring(self.parts["xl/workbook.xml"]).iter(q("sheet"))
        target = next(each.get(f"{{{LINKS}}}id") for each in sheets if each.get("name") == sheet)
        relations = Xml.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        part = next(each.get("Target") for each in relations if each.get("Id") == target)
        return part.lstrip("/") if part.startswith("/") else f"xl/{part}"

    def page(self, sheet: str) -> Xml.Element:
        part = self.part_of(sheet)
        if part not in self._pages:
            self._pages[part] = Xml.fromstring(self.parts[part])
        return self._pages[part]

    def settle(self) -> Book:
        """The parsed sheets put back as parts, and where everything stands remembered: a base to copy from."""
        for part, page in self._pages.items():
            self.parts[part] = as_bytes(page)
        self._pages.clear()
        return self

    def save(self, path: Path) -> Path:
        self.settle()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return path

    # --- where things stand -------------------------------------------------------------------------------------------

    def rows(self, sheet: str) -> list[Xml.Element]:
        return list(self.page(sheet).find(q("sheetData")))

    def values(self, sheet: str) -> dict[int, dict[str, Any]]:
        """Row, letters and value of each cell that is not blank."""
        return {int(row.get("r")): {split(cell.get("r"))[0]: value for cell in row
                                    if (value := value_of(cell)) is not None} for row in self.rows(sheet)}

    def where(self, sheet: str) -> tuple[dict[str, int], dict[str, str]]:
        """The row of each key and the letters of each heading, as they stood in the base."""
        if sheet not in self._where:
            values = self.values(sheet)
            headings = {str(value): letters for letters, value in values[3].items()}
            count = KEYS.get(sheet, 1)
            keys = {"|".join(named(cells.get(letters_of(i + 1), "")) for i in range(count)): row
                    for row, cells in values.items() if row > 3 and cells}
            self._where[sheet] = keys, headings
        return self._where[sheet]

    def at(self, place: str) -> tuple[str, str]:
        """Sheet and cell of ``facilities!F001.cost`` or ``facilities!P4``. A heading: ``facilities!#.cost``; a row:
        ``facilities!F001``."""
        sheet, _, rest = place.partition("!")
        keys, headings = self.where(sheet) if rest else ({}, {})
        if not rest or (re.fullmatch(r"[A-Z]{1,3}\d+", rest) and rest not in keys):
            return sheet, rest
        key, _, column = rest.rpartition(".") if rest.rpartition(".")[2] in headings else (rest, "", "")
        return sheet, f"{headings[column] if column else ''}{3 if key == '#' else keys[key]}"

    # --- what is damaged ----------------------------------------------------------------------------------------------

    def put(self, place: str, value: Any, *, form: str = "", formula: str = "", error: bool = False,
            shared: bool = False) -> None:
        """A value (None clears the cell), with a number format, as the result of a formula, or as an Excel error."""
        sheet, cell = self.at(place)
        letters, row = split(cell)
        data = self.page(sheet).find(q("sheetData"))
        line = next((each for each in data if int(each.get("r")) == row), None)
        if line is None:
            line = Xml.Element(q("row"), {"r": str(row)})
            data.insert(sum(int(each.get("r")) < row for each in data), line)
        old = next((each for each in line if each.get("r") == cell), None)
        made = Xml.Element(q("c"), {"r": cell, **({"s": old.get("s")} if old is not None and old.get("s") else {})})
        if form:
            made.set("s", str(self.style(form)))
        if formula:
            Xml.SubElement(made, q("f")).text = formula
        fill(made, value, error=error, by_formula=bool(formula))
        if old is not None:
            line.remove(old)
        line.insert(sum(number_of(split(each.get("r"))[0]) < number_of(letters) for each in line), made)

    def get(self, place: str) -> Any:
        sheet, cell = self.at(place)
        letters, row = split(cell)
        return self.values(sheet).get(row, {}).get(letters)

    def add(self, sheet: str, /, **values: Any) -> int:
        """A further row below the last one; its number."""
        filled = [row for row, cells in self.values(sheet).items() if cells]
        row = max(3, *filled) + 1
        headings = self.where(sheet)[1]
        for column, value in values.items():
            self.put(f"{sheet}!{headings[column]}{row}", value)
        return row

    def heading(self, sheet: str, text: Any) -> str:
        """A further column to the right of the last; its letters."""
        letters = letters_of(max(map(number_of, self.values(sheet)[3])) + 1)
        self.put(f"{sheet}!{letters}3", text)
        return letters

    def drop(self, sheet: str, keep: Callable[[dict[str, Any]], bool]) -> None:
        """Rows that are not kept become blank; the others stay where they are."""
        headings = {letters: name for name, letters in self.where(sheet)[1].items()}
        data = self.page(sheet).find(q("sheetData"))
        for row in self.rows(sheet):
            values = {headings[split(cell.get("r"))[0]]: value_of(cell) for cell in row
                      if split(cell.get("r"))[0] in headings}
            if int(row.get("r")) > 3 and any(value is not None for value in values.values()) and not keep(values):
                data.remove(row)
        self._where.pop(sheet)

    def merge(self, sheet: str, area: str) -> None:
        page = self.page(sheet)
        merged = page.find(q("mergeCells"))
        if merged is None:
            merged = Xml.Element(q("mergeCells"))
            page.insert(list(page).index(page.find(q("sheetData"))) + 1, merged)
        Xml.SubElement(merged, q("mergeCell"), {"ref": area})
        merged.set("count", str(len(merged)))

    def hide_rows(self, sheet: str, rows: Sequence[int]) -> None:
        for row in self.rows(sheet):
            if int(row.get("r")) in rows:
                row.set("hidden", "1")

    def shift(self, sheet: str, down: int = 0, right: int = 0, start: int = 1) -> None:
        """The cells from row ``start`` on moved, as inserted rows or columns move them."""
        for row in self.rows(sheet):
            if int(row.get("r")) >= start:
                row.set("r", str(int(row.get("r")) + down))
                for cell in row:
                    letters, number = split(cell.get("r"))
                    cell.set("r", f"{letters_of(number_of(letters) + right)}{number + down}")

    def edit(self, part: str, change: Callable[[str], str]) -> None:
        """The text of a part changed; it must change."""
        self.settle()
        before = self.parts[part].decode()
        after = change(before)
        assert after != before, part
        self.parts[part] = after.encode()

    def rename(self, sheet: str, name: str) -> None:
        self.edit("xl/workbook.xml", lambda text: text.replace(f'name="{sheet}"', f'name="{name}"'))

    def state(self, sheet: str, state: str) -> None:
        def change(text: str) -> str:
            return re.sub(rf'(<sheet name="{sheet}"[^>]*?)state="visible"', rf'\1state="{state}"', text)
        self.edit("xl/workbook.xml", change)

    def remove_sheet(self, sheet: str) -> None:
        self.edit("xl/workbook.xml", lambda text: re.sub(rf'<sheet name="{sheet}"[^>]*/>', "", text))

    def add_sheet(self, name: str, rows: Sequence[Sequence[Any]]) -> None:
        """A sheet of plain cells from A1 on, at the end."""
        page = Xml.Element(q("worksheet"))
        data = Xml.SubElement(page, q("sheetData"))
        for number, values in enumerate(rows, start=1):
            line = Xml.SubElement(data, q("row"), {"r": str(number)})
            for place, value in enumerate(values, start=1):
                fill(Xml.SubElement(line, q("c"), {"r": f"{letters_of(place)}{number}"}), value)
        self.parts["xl/worksheets/added.xml"] = as_bytes(page)
        self.edit("xl/workbook.xml", lambda text: text.replace("</sheets>",
            f'<sheet name="{name}" sheetId="999" r:id="added"/></sheets>'))
        relation = f'<Relationship Id="added" Type="{LINKS}/worksheet" Target="/xl/worksheets/added.xml"/>'
        self.edit("xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>",
            f"{relation}</Relationships>"))
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        self.edit("[Content_Types].xml", lambda text: text.replace("</Types>",
            f'<Override PartName="/xl/worksheets/added.xml" ContentType="{kind}"/></Types>'))

    def style(self, form: str) -> int:
        """A further cell style with this number format; its index."""
        sheet = Xml.fromstring(self.parts["xl/styles.xml"])
        forms, styles = sheet.find(q("numFmts")), sheet.find(q("cellXfs"))
        number = max(int(each.get("numFmtId")) for each in forms) + 1
        Xml.SubElement(forms, q("numFmt"), {"numFmtId": str(number), "formatCode": form})
        made = copy.deepcopy(styles[0])
        made.set("numFmtId", str(number))
        made.set("applyNumberFormat", "1")
        styles.append(made)
        forms.set("count", str(len(forms)))
        styles.set("count", str(len(styles)))
        self.parts["xl/styles.xml"] = as_bytes(sheet)
        return len(styles) - 1


def fill(cell: Xml.Element, value: Any, *, error: bool = False, by_formula: bool = False) -> None:
    """A value written into an empty cell as a spreadsheet program writes it."""
    if value is None:
        return
    if error:
        cell.set("t", "e")
        Xml.SubElement(cell, q("v")).text = value
    elif isinstance(value, bool):
        cell.set("t", "b")
        Xml.SubElement(cell, q("v")).text = str(int(value))
    elif isinstance(value, str) and by_formula:
        cell.set("t", "str")
        Xml.SubElement(cell, q("v")).text = value
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        text = Xml.SubElement(Xml.SubElement(cell, q("is")), q("t"))
        text.text = value
        text.set(SPACE, "preserve")
    else:
        Xml.SubElement(cell, q("v")).text = repr(value)


def value_of(cell: Xml.Element) -> Any:
    """The value of a cell of the shipped workbook: its texts stand in the cells."""
    if cell.get("t") == "inlineStr":
        return "".join(each.text or "" for each in cell.iter(q("t"))) or None
    stored = cell.find(q("v"))
    if stored is None or stored.text is None:
        return None
    return bool(int(stored.text)) if cell.get("t") == "b" else stored.text if cell.get("t") in ("str",
        "e") else float(stored.text)
