"""Cells of a user's own workbook changed in place: the bytes of every other cell, and of every other part, stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from jaryq.base.flat import fifteen
from jaryq.tables.tables import letters
from jaryq.workbook.annotated.comments import Cell, address, cell_of
from jaryq.workbook.annotated.parts import Parts
from jaryq.workbook.annotated.placed import placed_sheets
from jaryq.workbook.annotated.xml import Node, NotDone, Patch, quoted, said

Value = str | float | int | bool | None
Written = Mapping[tuple[str, Cell], Value]
"""New values by sheet (as declared) and cell."""

OPAQUE = frozenset({"is", "extLst", "conditionalFormatting", "dataValidations"})
BEFORE_CALCULATION = frozenset({
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
})
"""What stands before the settings of calculation in a workbook (ECMA-376, 18.2.27)."""


def edit(parts: Parts, cells: Written, new: Mapping[str, frozenset[int]]) -> None:
    """Write the values. ``new``: rows by sheet that are thought to be free.

    Formats stay; what is new in a column looks like what stands above it, and the table of Excel grows with it.
    Formulas are calculated again when the file is opened. Raises NotDone where a cell holds a formula, a row is not
    free, or a sheet is protected.
    """
    parts_of, names = placed_sheets(parts)
    for sheet, group in groupby(sorted(cells, key=lambda place: (place[0], place[1])), key=lambda place: place[0]):
        if sheet not in names:
            raise NotDone(f"it has no sheet {sheet}", f"в нём нет листа {sheet}")
        _edit_sheet(parts, parts_of[names[sheet]], {cell: cells[sheet, cell] for _, cell in group},
                    new.get(sheet, frozenset()))
    if any(b"<f" in parts.get(part) or b":f>" in parts.get(part) for part in parts_of.values()):
        _calculate(parts)


def formulas(parts: Parts) -> dict[str, frozenset[Cell]]:
    """Cells with formulas by sheet, as declared. Raises NotDone."""
    parts_of, names = placed_sheets(parts)
    found = {}
    for sheet, raw in names.items():
        data = parts.get(parts_of[raw])
        if b"<f" in data or b":f>" in data or b":f " in data:
            root = parts.tree(parts_of[raw], OPAQUE)
            found[sheet] = frozenset(place for row in _rows(root).items() for place, node in _cells(*row).items()
                                     if node.first("f") is not None)
    return {sheet: cells for sheet, cells in found.items() if cells}


def _edit_sheet(parts: Parts, name: str, cells: Mapping[Cell, Value], new: frozenset[int]) -> None:
    data, root = parts.get(name), parts.tree(name, OPAQUE)
    holder = root.first("sheetData")
    if root.name != "worksheet" or holder is None:
        raise NotDone(f"its part {name} is no sheet of cells", f"часть {name} не лист с ячейками")
    protected = root.first("sheetProtection")
    if protected is not None and protected.attributes.get("sheet", "0") in ("1", "true"):
        raise NotDone("a sheet is protected against changes", "лист защищён от изменений")
    patch, rows = Patch(data), _rows(root)
    looks = _looks(rows)
    for number, group in groupby(sorted(cells), key=lambda cell: cell[0]):
        wanted = {cell: cells[cell] for cell in group}
        if number in rows:
            _fill(patch, rows[number], number, wanted, looks, number in new)
        elif written := _filled(root.prefix, wanted, looks):
            row = f'<{root.prefix}row r="{number}">{written}</{root.prefix}row>'
            behind = min((other for other in rows if other > number), default=0)
            if behind:
                patch.put(rows[behind].start, row)
            else:
                patch.append(holder, row)
    _widen(patch, root.first("dimension"), cells)
    parts.put(name, patch.done())
    if new:
        _grow_tables(parts, name, new)


def _rows(root: Node) -> dict[int, Node]:
    """Rows by number; one without a number follows the one before."""
    found: dict[int, Node] = {}
    number = 0
    holder = root.first("sheetData")
    for row in holder.all("row") if holder is not None else ():
        stated = row.attributes.get("r", "")
        number = int(stated) if stated.isdigit() else number + 1
        found[number] = row
    return found


def _cells(number: int, row: Node) -> dict[Cell, Node]:
    found: dict[Cell, Node] = {}
    column = 0
    for node in row.all("c"):
        column = cell_of(node.attributes.get("r", ""))[1] or column + 1
        found[number, column] = node
    return found


def _looks(rows: Mapping[int, Node]) -> dict[int, dict[int, str]]:
    """Styles by column, and there by row."""
    found: dict[int, dict[int, str]] = {}
    for number, row in rows.items():
        for (_, column), node in _cells(number, row).items():
            found.setdefault(column, {})[number] = node.attributes.get("s", "")
    return found


def _above(looks: Mapping[int, Mapping[int, str]], cell: Cell) -> str:
    """The style of the nearest cell above in the column."""
    column = looks.get(cell[1], {})
    return column[max(above)] if (above := [row for row in column if row < cell[0]]) else ""


def _fill(patch: Patch, row: Node, number: int, wanted: Mapping[Cell, Value],
          looks: Mapping[int, Mapping[int, str]], free: bool) -> None:
    there = _cells(number, row)
    for cell, value in wanted.items():
        node = there.get(cell)
        if node is not None:
            if node.first("f") is not None:
                raise NotDone(f"{address(cell)} holds a formula", f"в {address(cell)} формула")
            if free and (node.first("v") is not None or node.first("is") is not None):
                raise NotDone(f"something stands in {address(cell)}", f"в {address(cell)} что-то есть")
            patch.replace(node.start, node.end, _cell(row.prefix, cell, value, node.attributes.get("s", "")))
        elif value is not None:
            made = _cell(row.prefix, cell, value, _above(looks, cell))
            behind = min((other for other in there if other[1] > cell[1]), default=None)
            if behind is not None:
                patch.put(there[behind].start, made)
            elif row.first("extLst") is not None or row.close >= 0:
                patch.put(max((node.end for node in there.values()), default=row.inner), made)
            else:
                patch.append(row, made)
    if "spans" in row.attributes:
        low, _, high = row.attributes["spans"].partition(":")
        columns = [column for _, column in wanted]
        if low.isdigit() and high.isdigit():
            patch.attribute(row, "spans", f"{min(int(low), *columns)}:{max(int(high), *columns)}")


def _filled(p: str, wanted: Mapping[Cell, Value], looks: Mapping[int, Mapping[int, str]]) -> str:
    return "".join(_cell(p, cell, value, _above(looks, cell)) for cell, value in wanted.items() if value is not None)


def _cell(p: str, cell: Cell, value: Value, style: str) -> str:
    head = f'<{p}c r="{address(cell)}"' + (f' s="{quoted(style)}"' if style else "")
    if value is None:
        return f"{head}/>"
    if isinstance(value, bool):
        return f'{head} t="b"><{p}v>{int(value)}</{p}v></{p}c>'
    if isinstance(value, str):
        return f'{head} t="inlineStr"><{p}is><{p}t xml:space="preserve">{said(value)}</{p}t></{p}is></{p}c>'
    return f"{head}><{p}v>{fifteen(value)!r}</{p}v></{p}c>"


def _area(ref: str) -> tuple[Cell, Cell] | None:
    first, _, last = ref.partition(":")
    area = cell_of(first), cell_of(last or first)
    return None if (0, 0) in area else area


def _widen(patch: Patch, dimension: Node | None, cells: Mapping[Cell, Value]) -> None:
    area = _area(dimension.attributes.get("ref", "")) if dimension is not None else None
    if dimension is None or area is None:
        return
    rows = [area[0][0], area[1][0], *(row for row, _ in cells)]
    columns = [area[0][1], area[1][1], *(column for _, column in cells)]
    patch.attribute(dimension, "ref", f"{letters(min(columns))}{min(rows)}:{letters(max(columns))}{max(rows)}")


def _tables(parts: Parts, sheet: str) -> Iterator[str]:
    return (path for kind, path in parts.targets(sheet).values() if kind.endswith("/table"))


def _grow_tables(parts: Parts, sheet: str, new: frozenset[int]) -> None:
    """A table whose last row stands right above new ones takes them in; not one with a row of totals."""
    for name in _tables(parts, sheet):
        root = parts.tree(name)
        area = _area(root.attributes.get("ref", ""))
        if area is None or root.attributes.get("totalsRowCount", "0") != "0":
            continue
        last = area[1][0]
        while last + 1 in new:
            last += 1
        if last > area[1][0]:
            patch = Patch(parts.get(name))
            for node in (root, root.first("autoFilter")):
                if node is not None and node.attributes.get("ref") == root.attributes["ref"]:
                    patch.attribute(node, "ref", f"{address(area[0])}:{letters(area[1][1])}{last}")
            parts.put(name, patch.done())


def _calculate(parts: Parts) -> None:
    """Let the next program that opens the file calculate its formulas: their stored values may be of older cells."""
    root = parts.tree(parts.main)
    patch, stated = Patch(parts.get(parts.main)), root.first("calcPr")
    if stated is None:
        ends = [child.end for child in root.children if child.name in BEFORE_CALCULATION]
        patch.put(max(ends), f'<{root.prefix}calcPr fullCalcOnLoad="1"/>')
    elif "fullCalcOnLoad" in stated.attributes:
        patch.attribute(stated, "fullCalcOnLoad", "1")
    else:
        patch.put(stated.start + 1 + len(stated.tag), ' fullCalcOnLoad="1"')
    parts.put(parts.main, patch.done())
