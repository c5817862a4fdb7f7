"""Comments on cells: a part with their texts, and an old drawing with a box for each. Those of other people stay as
they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jaryq.tables.tables import letters
from jaryq.workbook.annotated.parts import MAIN, Parts
from jaryq.workbook.annotated.xml import Node, Patch, said

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
OURS = "Jaryq check"
"""Author of these comments (those of the template have another, and stay)."""

MARKER = f"[{OURS}]"
"""Begins what is added to a comment of somebody else."""

MOST = 1000
"""Comments on one sheet; cells beyond them are marked and listed only."""

VML = {"v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
       "x": "urn:schemas-microsoft-com:office:excel"}
EMPTY_VML = (f'<xml xmlns:v="{VML["v"]}" xmlns:o="{VML["o"]}" xmlns:x="{VML["x"]}">'
             '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>').encode()
SHAPE_TYPE = ('<{v}shapetype id="_x0000_t202" coordsize="21600,21600" {o}spt="202" '
              'path="m,l,21600r21600,l21600,xe"><{v}stroke joinstyle="miter"/>'
              '<{v}path gradientshapeok="t" {o}connecttype="rect"/></{v}shapetype>')
BOX = ('<{v}shape id="_x0000_s{number}" type="#_x0000_t202" '
       'style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;height:110pt;z-index:1;'
       'visibility:hidden" fillcolor="#ffffe1" {o}insetmode="auto"><{v}fill color2="#ffffe1"/><{v}shadow on="t" '
       'color="black" obscured="t"/>'
       '<{v}path {o}connecttype="none"/><{v}textbox style="mso-direction-alt:auto"><div '
       'style="text-align:left"></div></{v}textbox>'
       '<{x}ClientData '
       'ObjectType="Note"><{x}MoveWithCells/><{x}SizeWithCells/><{x}Anchor>{anchor}</{x}Anchor>'
       '<{x}AutoFill>False</{x}AutoFill>'
       '<{x}Row>{row}</{x}Row><{x}Column>{column}</{x}Column></{x}ClientData></{v}shape>')
"""Right of its cell, three columns wide."""

Cell = tuple[int, int]
"""Row and column, both from 1."""


def address(cell: Cell) -> str:
    return f"{letters(cell[1])}{cell[0]}"


def annotate_comments(parts: Parts, sheet: str, drawing: str, texts: Mapping[Cell, str]) -> str:
    """Put comments on the cells of a sheet's part, after taking away those of an earlier annotation. ``drawing``: the
    part with their boxes, or "" (not any other old drawing of the sheet: headers and footers may have one too).

    The relation's identifier of a new drawing that the sheet has to name ("" if it names one already, or needs none).
    """
    comments = parts.related(sheet, "comments")
    if not texts and not comments:
        return ""
    if drawing and not prefixes(parts.get(drawing)):
        return ""  # a drawing of an unknown kind: the cells are marked and listed all the same
    taken: set[Cell] = set()
    if comments:
        taken = _take_back(parts, comments)
    if drawing:
        _take_away_boxes(parts, drawing, taken)
    texts = dict(sorted(texts.items())[:MOST])
    if not texts:
        return ""
    if not comments:
        comments = parts.free_name("xl/comments{}.xml")
        parts.put(comments,
                  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments '
                  f'xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())
        parts.declare(comments, COMMENTS_TYPE)
        parts.relate(sheet, "comments", comments)
    new = _write(parts, comments, texts)
    identifier = ""
    if not drawing:
        drawing = parts.free_name("xl/drawings/vmlDrawing{}.vml")
        parts.put_vml(drawing, EMPTY_VML)
        parts.declare_default("vml", VML_TYPE)
        identifier = parts.relate(sheet, "vmlDrawing", drawing)
    _draw_boxes(parts, drawing, new)
    return identifier


def _take_back(parts: Parts, name: str) -> set[Cell]:
    """Remove our comments, and our additions to those of others; the cells of the removed ones."""
    data, root = parts.get(name), parts.tree(name)
    patch = Patch(data)
    removed: set[Cell] = set()
    ours = {str(number) for number, author in enumerate(_authors(root, data)) if author == OURS}
    for comment in _comments(root):
        if comment.attributes.get("authorId") in ours:
            patch.replace(comment.start, comment.end, "")
            removed.add(cell_of(comment.attributes.get("ref", "")))
            continue
        for run in (node for node in comment.under() if node.name == "r"):
            if _text(run, data).lstrip().startswith(MARKER):
                patch.replace(run.start, run.end, "")
    parts.put(name, patch.done())
    return removed


def _write(parts: Parts, name: str, texts: Mapping[Cell, str]) -> list[Cell]:
    """Add the comments; the cells that have a new one (on the others stands one already, which gets longer)."""
    data, root = parts.get(name), parts.tree(name)
    patch = Patch(data)
    p = root.prefix
    authors = _authors(root, data)
    author = authors.index(OURS) if OURS in authors else len(authors)
    if OURS not in authors and (list_of := root.first("authors")) is not None:
        patch.append(list_of, f"<{p}author>{OURS}</{p}author>")
    there = {cell_of(comment.attributes.get("ref", "")): comment for comment in _comments(root)}
    added, new = [], []
    for cell, text in texts.items():
        if cell not in there:
            runs = _run(p, text)
            added.append(f'<{p}comment ref="{address(cell)}" '
                         f'authorId="{author}"><{p}text>{runs}</{p}text></{p}comment>')
            new.append(cell)
            continue
        holder = there[cell].first("text")
        by = there[cell].attributes.get("authorId", "")
        threaded = by.isdigit() and int(by) < len(authors) and authors[int(by)].startswith("tc=")
        if holder is not None and not threaded:  # Excel writes the texts of threads anew
            _lengthen(patch, holder, _run(p, f"\n{MARKER} {text}"), p)
    list_of = root.first("commentList")
    if list_of is not None:
        patch.append(list_of, "".join(added))
    parts.put(name, patch.done())
    return new


def _lengthen(patch: Patch, holder: Node, run: str, p: str) -> None:
    """Add a run behind the others; a text without runs becomes one."""
    plain = holder.first("t")
    if plain is not None:
        patch.put(plain.start, f"<{p}r>")
        patch.put(plain.end, f"</{p}r>")
    behind = next((node for node in holder.children if node.name in ("rPh", "phoneticPr")), None)
    if behind is not None:
        patch.put(behind.start, run)
    else:
        patch.append(holder, run)


def _run(p: str, text: str) -> str:
    font = f'<{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/></{p}rPr>'
    return f'<{p}r>{font}<{p}t xml:space="preserve">{said(text)}</{p}t></{p}r>'


def _comments(root: Node) -> list[Node]:
    holder = root.first("commentList")
    return list(holder.all("comment")) if holder is not None else []


def _authors(root: Node, data: bytes) -> list[str]:
    holder = root.first("authors")
    return [_inside(node, data) for node in holder.all("author")] if holder is not None else []


def _inside(node: Node, data: bytes) -> str:
    return data[node.inner: node.close].decode("utf-8") if node.close >= 0 else ""


def _text(run: Node, data: bytes) -> str:
    text = run.first("t")
    return _inside(text, data) if text is not None else ""


def cell_of(ref: str) -> Cell:
    """``D14`` -> (14, 4); (0, 0) for anything else."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", ref)
    if not found:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def prefixes(data: bytes) -> dict[str, str]:
    """By which prefixes an old drawing names its three vocabularies (``v:``, or ``ns1:`` as some programs write);
    nothing if one is missing."""
    head = data[:4000].decode("utf-8", "replace")
    found = {key: match[1] + ":" for key, name in VML.items()
             if (match := re.search(rf'xmlns:([A-Za-z0-9_]+)\s*=\s*["\']{re.escape(name)}["\']', head))}
    return found if len(found) == len(VML) and b"</xml>" in data else {}


def _take_away_boxes(parts: Parts, name: str, cells: set[Cell]) -> None:
    data = parts.get(name)
    p = prefixes(data)
    shape = re.compile(rf"<{p['v']}shape\b(?!type).*?</{p['v']}shape>".encode(), re.DOTALL)
    places = [re.compile(rf"<{p['x']}{tag}>(\d+)</{p['x']}{tag}>".encode()) for tag in ("Row", "Column")]

    def kept(match: re.Match[bytes]) -> bytes:
        row, column = (place.search(match[0]) for place in places)
        note = b'ObjectType="Note"' in match[0]
        return b"" if note and row and column and (int(row[1]) + 1, int(column[1]) + 1) in cells else match[0]

    if cells:
        parts.put_vml(name, shape.sub(kept, data))


def _draw_boxes(parts: Parts, name: str, cells: list[Cell]) -> None:
    data = parts.get(name)
    p = prefixes(data)
    first = max((int(number) for number in re.findall(rb"_x0000_s(\d+)", data)), default=1024) + 1
    boxes = "" if b'id="_x0000_t202"' in data else SHAPE_TYPE.format(**p)
    for number, (row, column) in enumerate(cells, start=first):
        top = max(row - 2, 0)
        boxes += BOX.format(**p, number=number, row=row - 1, column=column - 1,
                            anchor=f"{column}, 15, {top}, 10, {column + 3}, 15, {top + 7}, 4")
    head, end, tail = data.rpartition(b"</xml>")
    parts.put_vml(name, head + boxes.encode() + end + tail)
