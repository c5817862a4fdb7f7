"""Marks on the cells of a sheet: conditional formats that always hold, above those that are there. No cell, value or
format is changed, and the marks can be taken away again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jaryq.base.severity import SEVERITIES, Severity
from jaryq.workbook.annotated.comments import OURS, Cell, address, annotate_comments, cell_of
from jaryq.workbook.annotated.parts import Parts, identifier_of, naming
from jaryq.workbook.annotated.xml import Node, NotDone, Patch

FORMULA = f'"{OURS}"<>""'
"""Always true, and by it a mark of ours is known, also after Excel has saved the workbook."""

MOST = 5000
"""Marked cells on one sheet."""

AREAS = 200
"""Areas in one rule: a long list is split."""

BEFORE_MARKS = frozenset({
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios",
    "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
})
BEFORE_DRAWING = BEFORE_MARKS | {
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
}
"""What stands before conditional formats, and before the old drawing of comments, in a worksheet (ECMA-376,
18.3.1.99)."""

OPAQUE = frozenset({"sheetData"})


def annotate_sheet(parts: Parts, name: str, cells: Mapping[Cell, tuple[Severity, str]],
                   formats: Mapping[Severity, int]) -> int:
    """Mark the cells of a worksheet part and comment on them; marks and comments of an earlier annotation go. How many
    cells are marked."""
    data, root = parts.get(name), parts.tree(name, OPAQUE)
    if root.name != "worksheet":
        raise NotDone(f"its part {name} is no sheet of cells", f"часть {name} не лист с ячейками")
    visible = _visible(root, cells)
    legacy = root.first("legacyDrawing")
    boxes = parts.targets(name).get(identifier_of(legacy.attributes), ("", ""))[1] if legacy is not None else ""
    drawing = annotate_comments(parts, name, boxes, {cell: text for cell, (_, text) in visible.items()})
    patch = Patch(data)
    rules = [rule for rule in root.under() if rule.name == "cfRule"]
    ours = {id(rule) for rule in rules if _ours(rule, data)}
    others = [rule for rule in rules if id(rule) not in ours]
    for block in root.all("conditionalFormatting"):
        mine = [rule for rule in block.all("cfRule") if id(rule) in ours]
        whole = len(mine) == sum(1 for _ in block.all("cfRule"))
        for node in [block] if mine and whole else mine:
            patch.replace(node.start, node.end, "")
    if visible:
        _make_room(patch, others)
        place = _behind(root, BEFORE_MARKS)
        patch.put(place, _rules(root.prefix, visible, formats))
    if drawing:
        patch.put(_behind(root, BEFORE_DRAWING), _drawing(root, drawing))
    parts.put(name, patch.done())
    return len(visible)


def touched(parts: Parts, name: str) -> bool:
    """Whether an earlier annotation has left something on a sheet."""
    comments = (path for kind, path in parts.targets(name).values() if kind.endswith("/comments"))
    return any(OURS.encode() in parts.get(part) for part in (name, *comments))


def _visible(root: Node, cells: Mapping[Cell, tuple[Severity, str]]) -> dict[Cell, tuple[Severity, str]]:
    """The cells by place, the worst first where there are too many; what is said of a cell within a merged area stands
    on its first one."""
    merged = root.first("mergeCells")
    areas = [tuple(map(cell_of, node.attributes.get("ref", "").split(":")))
             for node in merged.all("mergeCell")] if merged is not None else []
    found: dict[Cell, tuple[Severity, str]] = {}
    for cell, (severity, text) in sorted(cells.items(),
                                         key=lambda item: (SEVERITIES.index(item[1][0]), item[0]))[:MOST]:
        first = next((area[0] for area in areas if len(area) == 2 and _within(cell, area[0], area[1])), cell)
        found[first] = (found[first][0], f"{found[first][1]}\n\n{text}") if first in found else (severity, text)
    return dict(sorted(found.items()))


def _within(cell: Cell, first: Cell, last: Cell) -> bool:
    return first[0] <= cell[0] <= last[0] and first[1] <= cell[1] <= last[1]


def _ours(rule: Node, data: bytes) -> bool:
    formula = rule.first("formula")
    text = data[formula.inner: formula.close].decode("utf-8") if formula is not None and formula.close >= 0 else ""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"') == FORMULA


def _make_room(patch: Patch, rules: Iterable[Node]) -> None:
    """Our marks come first: the priorities of other rules move up, once, and keep their order."""
    numbered = [(rule, int(text)) for rule in rules if (text := rule.attributes.get("priority", "")).isdigit()]
    if numbered and min(priority for _, priority in numbered) <= len(SEVERITIES):
        for rule, priority in numbered:
            patch.attribute(rule, "priority", str(priority + len(SEVERITIES)))


def _rules(p: str, cells: Mapping[Cell, tuple[Severity, str]], formats: Mapping[Severity, int]) -> str:
    made = []
    for priority, severity in enumerate(SEVERITIES, start=1):
        areas = _areas([cell for cell, (found, _) in cells.items() if found == severity])
        for start in range(0, len(areas), AREAS):
            made.append(
                f'<{p}conditionalFormatting sqref="{" ".join(areas[start: start + AREAS])}"><{p}cfRule '
                f'type="expression" dxfId="{formats[severity]}" '
                f'priority="{priority}"><{p}formula>{FORMULA.replace("<", "&lt;").replace(">", "&gt;")}</{p}formula>'
                f'</{p}cfRule></{p}conditionalFormatting>')
    return "".join(made)


def _areas(cells: Iterable[Cell]) -> list[str]:
    """Cells as areas, those that follow each other in a column together."""
    areas: list[tuple[Cell, Cell]] = []
    for row, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if areas and areas[-1][1] == (row - 1, column):
            areas[-1] = (areas[-1][0], (row, column))
        else:
            areas.append(((row, column), (row, column)))
    return [address(first) if first == last else f"{address(first)}:{address(last)}" for first, last in areas]


def _behind(root: Node, names: frozenset[str]) -> int:
    """The place behind the last element of these names."""
    ends = [child.end for child in root.children if child.name in names]
    if not ends:
        raise NotDone("a sheet is not as expected", "лист устроен необычно")
    return max(ends)


def _drawing(root: Node, identifier: str) -> str:
    return f"<{root.prefix}legacyDrawing {naming(root, identifier)}/>"
