"""XML as bytes with the places of its elements, so that it can be changed by putting bytes in, not by writing it anew.

A library that parses and writes a part anew renames prefixes, drops what it does not know and breaks attributes that
name prefixes (``mc:Ignorable``). Here everything that is not changed on purpose stays as it is, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from jaryq.base.text import Text

_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_-]+)")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class NotDone(Exception):
    """The workbook is of a kind that is better not changed; ``text`` says why."""

    def __init__(self, en: str, ru: str) -> None:
        super().__init__(en)
        self.text = Text(en, ru)


@dataclass
class Node:
    """An element: its tag as written, its attributes, and where it stands: ``start`` and ``end`` of all of it,
    ``inner`` and ``close`` of its content (``close`` is -1 where it has no end tag)."""

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = -1
    end: int = -1
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """``x:`` or nothing: what the names of new elements beside it begin with."""
        return self.tag[: -len(self.name)]

    def first(self, name: str) -> Node | None:
        """The first child of this name, whatever its prefix."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> Iterator[Node]:
        return (child for child in self.children if child.name == name)

    def under(self) -> Iterator[Node]:
        """All elements within, in order."""
        for child in self.children:
            yield child
            yield from child.under()


def tree(data: bytes, opaque: frozenset[str] = frozenset()) -> Node:
    """The elements of a part; what stands within those named in ``opaque`` is not looked at. Raises NotDone where it
    cannot be changed safely."""
    declared = _DECLARED.match(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[1].lower()
                                                  not in (b"utf-8", b"us-ascii", b"ascii")):
        raise NotDone("a part is not in UTF-8", "часть не в UTF-8")
    parser = expat.ParserCreate()
    top: list[Node] = []
    opened: list[Node] = []
    hidden = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal hidden
        if hidden:
            hidden += 1
            return
        place = parser.CurrentByteIndex
        found = _TAG.match(data, place)
        if found is None:
            raise NotDone("a part is not as expected", "часть устроена необычно")
        node = Node(tag, attributes, place, found.end())
        (opened[-1].children if opened else top).append(node)
        opened.append(node)
        if node.name in opaque:
            hidden = 1

    def end(_: str) -> None:
        nonlocal hidden
        if hidden:
            hidden -= 1
            if hidden:
                return
        node = opened.pop()
        if data[node.inner - 2: node.inner] == b"/>":
            node.end = node.inner
        else:
            node.close = parser.CurrentByteIndex
            node.end = data.index(b">", node.close) + 1

    def refuse(*_: object) -> None:
        raise NotDone("a part has a document type definition", "в части есть определение типа документа")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotDone("a part is damaged", "часть повреждена") from error
    return top[0]


def well_formed(data: bytes) -> None:
    """Raise NotDone where a part that was changed is no XML any more."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        raise NotDone("the changed part would be damaged", "изменённая часть была бы повреждена") from error


class Patch:
    """Changes of one part, gathered by place and made at once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._changes: list[tuple[int, int, bytes]] = []

    def put(self, place: int, text: str) -> None:
        """Insert before ``place``; several at one place stay in order."""
        self._changes.append((place, place, text.encode()))

    def replace(self, start: int, end: int, text: str) -> None:
        self._changes.append((start, end, text.encode()))

    def append(self, node: Node, text: str) -> None:
        """Insert at the end of an element's content; ``<a/>`` becomes ``<a>text</a>``."""
        if node.close >= 0:
            self.put(node.close, text)
        else:
            self.replace(node.inner - 2, node.inner, f">{text}</{node.tag}>")

    def attribute(self, node: Node, name: str, value: str) -> None:
        """Change an attribute's value where it is there."""
        found = re.search(rb"(\s" + re.escape(name.encode()) + rb"\s*=\s*)(\"[^\"]*\"|'[^']*')",
                          self.data[node.start: node.inner])
        if found:
            self.replace(node.start + found.start(2), node.start + found.end(2), f'"{quoted(value)}"')

    def done(self) -> bytes:
        parts, place = [], 0
        for start, end, text in sorted(self._changes, key=lambda change: (change[0], change[1])):
            if start < place:
                raise NotDone("two changes meet", "два изменения пересекаются")
            parts += [self.data[place:start], text]
            place = end
        return b"".join([*parts, self.data[place:]])


def said(text: str) -> str:
    """A text as the content of an element of a workbook: what XML or Excel would take for something else is written as
    itself."""
    return escape(_CODED.sub("_x005F_", _NOT_XML.sub("?", text.replace("\r\n", "\n").replace("\r", "\n"))))


def quoted(text: str) -> str:
    """A text as the value of an attribute."""
    return escape(_NOT_XML.sub("?", text), {'"': "&quot;", "\n": " ", "\t": " "})
