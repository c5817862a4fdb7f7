"""The zip file of a workbook as parts: read once, a few changed or added, all others carried over as they are."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path

from jaryq.workbook.annotated.xml import Node, NotDone, Patch, quoted, tree, well_formed
from jaryq.workbook.package import refuse_unsafe
from jaryq.workbook.relations import rels_of

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "[Content_Types].xml"
LARGEST_PART = 1 << 28
WHEN = (1980, 1, 1, 0, 0, 0)
"""Date of new parts: the same input gives the same file."""


class Parts:
    """The parts of a workbook. Raises NotDone, from the start, for what is better not changed: signed packages, the
    strict form."""

    def __init__(self, raw: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(raw))
        refuse_unsafe(self._archive)
        self._infos = {info.filename: info for info in self._archive.infolist()}
        self._changed: dict[str, bytes] = {}
        if TYPES not in self._infos:
            raise NotDone("it is no workbook of Excel", "это не книга Excel")
        if any(name.casefold().startswith("_xmlsignatures/") for name in self._infos):
            raise NotDone("it is signed, and a change would break the signature",
                          "он подписан, и изменение нарушит подпись")
        self.main = self.related("", "officeDocument")
        root = self.tree(self.main)
        if MAIN not in root.attributes.values():
            raise NotDone("it is in the strict form of the standard", "он в строгой форме стандарта")

    def names(self) -> set[str]:
        return {*self._infos, *self._changed}

    def get(self, name: str) -> bytes:
        if name in self._changed:
            return self._changed[name]
        if name not in self._infos:
            raise NotDone(f"its part {name} is missing", f"нет части {name}")
        if self._infos[name].file_size > LARGEST_PART:
            raise NotDone(f"its part {name} is too large", f"часть {name} слишком велика")
        return self._archive.read(name)

    def tree(self, name: str, opaque: frozenset[str] = frozenset()) -> Node:
        return tree(self.get(name), opaque)

    def put(self, name: str, data: bytes) -> None:
        """Change or add a part of XML; one that stays the same is not counted as changed."""
        if name in self._changed or name not in self._infos or data != self._archive.read(name):
            well_formed(data)
            self._changed[name] = data

    def put_vml(self, name: str, data: bytes) -> None:
        """The same for old drawings, which need not be well-formed XML."""
        if name in self._changed or name not in self._infos or data != self._archive.read(name):
            self._changed[name] = data

    def free_name(self, pattern: str) -> str:
        """The first name such as ``xl/comments{}.xml`` that no part has, in any case of letters."""
        taken = {name.casefold() for name in self.names()}
        return next(name for number in range(1, len(taken) + 2)
                    if (name := pattern.format(number)).casefold() not in taken)

    # --- relations ----------------------------------------------------------------------------------------------------
    # - -
    # - -

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part inside the package: type and path by identifier ("" for the package itself)."""
        name = rels_of(part)
        if name not in self.names():
            return {}
        found = {}
        for node in self.tree(name).all("Relationship"):
            if node.attributes.get("TargetMode") != "External":
                target = node.attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(
                    posixpath.join(posixpath.dirname(part), target)
                )
                found[node.attributes.get("Id", "")] = (node.attributes.get("Type", ""), path)
        return found

    def related(self, part: str, kind: str) -> str:
        """The path of the part of a kind that ``part`` is related to, the first where several are; "" where none is."""
        return next((path for of, path in self.targets(part).values() if of.endswith(f"/{kind}")), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relation of ``part``; its identifier."""
        name = rels_of(part)
        if name not in self.names():
            self.put(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
                           f'xmlns="{PACKAGE_RELATIONS}"/>'.encode())
        root = self.tree(name)
        taken = {node.attributes.get("Id", "") for node in root.children}
        number = next(f"rId{n}" for n in range(len(taken) + 1, 2 * len(taken) + 2) if f"rId{n}" not in taken)
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        patch = Patch(self.get(name))
        patch.append(root, f'<{root.prefix}Relationship Id="{number}" Type="{RELATIONS}/{kind}" '
                           f'Target="{quoted(path)}"/>')
        self.put(name, patch.done())
        return number

    def declare(self, name: str, content_type: str) -> None:
        """The content type of a new part."""
        root = self.tree(TYPES)
        patch = Patch(self.get(TYPES))
        patch.append(root, f'<{root.prefix}Override PartName="/{quoted(name)}" ContentType="{content_type}"/>')
        self.put(TYPES, patch.done())

    def declare_default(self, extension: str, content_type: str) -> None:
        """The content type of all parts with an ending, where none is declared."""
        root = self.tree(TYPES)
        if any(node.attributes.get("Extension", "").casefold() == extension for node in root.all("Default")):
            return
        patch = Patch(self.get(TYPES))
        patch.put(root.inner if root.close >= 0 else root.end,
                  f'<{root.prefix}Default Extension="{extension}" ContentType="{content_type}"/>')
        self.put(TYPES, patch.done())

    # --- the whole file
    # ---------------------------------------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """All parts in their old order, then the new ones."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for info in self._archive.infolist():
                copy = zipfile.ZipInfo(info.filename, info.date_time)
                copy.compress_type, copy.external_attr, copy.create_system = (info.compress_type, info.external_attr,
                                                                              info.create_system)
                new.writestr(copy, self._changed.get(info.filename) or self._archive.read(info))
            for name, data in self._changed.items():
                if name not in self._infos:
                    copy = zipfile.ZipInfo(name, WHEN)
                    copy.compress_type = zipfile.ZIP_DEFLATED
                    new.writestr(copy, data)
        path.write_bytes(made.getvalue())


def naming(root: Node, identifier: str) -> str:
    """The attribute with which a new element names a relation; it declares its prefix where the part's root does not
    (programs may declare it on each element that has one)."""
    for name, value in root.attributes.items():
        if name.startswith("xmlns:") and value == RELATIONS:
            return f'{name.partition(":")[2]}:id="{quoted(identifier)}"'
    return f'xmlns:r="{RELATIONS}" r:id="{quoted(identifier)}"'


def identifier_of(attributes: Mapping[str, str]) -> str:
    """The relation that an element names (``r:id``, whatever the prefix)."""
    return next((value for key, value in attributes.items() if key.endswith(":id")), "")
