"""Formats that marks and the sheet of issues need, added behind those that are there: no format of the workbook is
changed."""

from __future__ import annotations

from dataclasses import dataclass

from jaryq.base.severity import Severity
from jaryq.workbook.annotated.parts import Parts
from jaryq.workbook.annotated.xml import NotDone, Patch

FILLS: dict[Severity, tuple[str, str]] = {"stop": ("FFFFC7CE", "FF9C0006"), "surprise": ("FFFFEB9C", "FF7F6000"),
                                          "note": ("FFDDEBF7", "FF1F4E79")}
"""Background and ink of a marked cell."""

AFTER_CELL_XFS = ("cellStyles", "cellXfs")


@dataclass(frozen=True)
class Styles:
    """Positions of the formats: ``marks`` among the conditional ones, the others among those of cells."""

    marks: dict[Severity, int]
    title: int
    head: int
    text: int
    link: int
    of: dict[Severity, int]


def add_styles(parts: Parts) -> Styles:
    """Add the formats, or find those that an earlier annotation has added. Raises NotDone where the workbook has no
    usable styles."""
    part = parts.related(parts.main, "styles")
    sheet = _Sheet(parts, part)
    marks = {severity: sheet.add("dxfs", _mark(back, ink)) for severity, (back, ink) in FILLS.items()}
    title = sheet.add("fonts",
                      '<{p}font><{p}b/><{p}sz val="14"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>')
    bold = sheet.add("fonts",
                     '<{p}font><{p}b/><{p}sz val="11"/><{p}color rgb="FFFFFFFF"/><{p}name val="Calibri"/><{p}family '
                     'val="2"/></{p}font>')
    plain = sheet.add("fonts", '<{p}font><{p}sz val="11"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>')
    blue = sheet.add("fonts",
                     '<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/><{p}name val="Calibri"/><{p}family '
                     'val="2"/></{p}font>')
    dark = sheet.add("fills", _fill("FF1F4E79"))
    fills = {severity: sheet.add("fills", _fill(back)) for severity, (back, _) in FILLS.items()}
    found = Styles(
        marks, sheet.add("cellXfs", _cell(title, 0, wrap=False)), sheet.add("cellXfs", _cell(bold, dark)),
        sheet.add("cellXfs", _cell(plain, 0)),
        sheet.add("cellXfs", _cell(blue, 0, wrap=False)),
        {severity: sheet.add("cellXfs", _cell(plain, fill, wrap=False)) for severity, fill in fills.items()})
    return found


def _mark(back: str, ink: str) -> str:
    sides = "".join(f'<{{p}}{side} style="thin"><{{p}}color rgb="{ink}"/></{{p}}{side}>'
                    for side in ("left", "right", "top", "bottom"))
    return (f'<{{p}}dxf><{{p}}font><{{p}}color rgb="{ink}"/></{{p}}font><{{p}}fill><{{p}}patternFill '
            f'patternType="solid"><{{p}}fgColor rgb="{back}"/>'
            f'<{{p}}bgColor rgb="{back}"/></{{p}}patternFill></{{p}}fill><{{p}}border>{sides}</{{p}}border></{{p}}dxf>')


def _fill(colour: str) -> str:
    return (f'<{{p}}fill><{{p}}patternFill patternType="solid"><{{p}}fgColor rgb="{colour}"/><{{p}}bgColor '
            f'indexed="64"/></{{p}}patternFill></{{p}}fill>')


def _cell(font: int, fill: int, *, wrap: bool = True) -> str:
    how = ' wrapText="1"' if wrap else ""
    return (f'<{{p}}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" '
            'applyAlignment="1">'
            f'<{{p}}alignment vertical="top"{how}/></{{p}}xf>')


class _Sheet:
    """The part with the styles, changed one format at a time (it is small)."""

    def __init__(self, parts: Parts, name: str) -> None:
        if not name:
            raise NotDone("it has no styles", "в нём нет стилей")
        self._parts, self._name = parts, name

    def add(self, group: str, template: str) -> int:
        """Position of a format in its group, added at the end unless the very same stands there."""
        data, root = self._parts.get(self._name), self._parts.tree(self._name)
        text = template.format(p=root.prefix)
        found = root.first(group)
        patch = Patch(data)
        if found is None:
            self._new_group(patch, root.prefix, group, text)
            self._parts.put(self._name, patch.done())
            return 0
        for position, child in enumerate(found.children):
            if data[child.start: child.end] == text.encode():
                return position
        patch.append(found, text)
        patch.attribute(found, "count", str(len(found.children) + 1))
        self._parts.put(self._name, patch.done())
        return len(found.children)

    def _new_group(self, patch: Patch, prefix: str, group: str, text: str) -> None:
        root = self._parts.tree(self._name)
        before = next((node for name in AFTER_CELL_XFS if (node := root.first(name)) is not None), None)
        if group != "dxfs" or before is None:
            raise NotDone("its styles are not complete", "его стили неполны")
        patch.put(before.end, f'<{prefix}dxfs count="1">{text}</{prefix}dxfs>')
