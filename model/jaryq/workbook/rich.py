"""Cells that hold more than a value (attribute ``vm``): pictures and linked data types, and errors of a newer kind
(#SPILL!) beside them."""

from __future__ import annotations

import posixpath
import zipfile

from jaryq.workbook.package import Start, local, parse

_METADATA, _VALUES, _STRUCTURES = "metadata.xml", "rdrichvalue.xml", "rdrichvaluestructure.xml"


def true_errors(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers ``vm`` of cells whose rich value is an error; all others are pictures or data types.

    ``vm`` n is the n-th entry of ``valueMetadata``, which names a block of ``futureMetadata``, which names a rich
    value, which names its structure; that of an error has the type ``_error`` ([MS-XLSX] 2.2.4, 2.3.6).
    """
    parts = {posixpath.basename(name).casefold(): name for name in archive.namelist()}
    if not {_METADATA, _VALUES, _STRUCTURES} <= parts.keys():
        return frozenset()
    entries, blocks, values, kinds = list[str](), list[str](), list[str](), list[str]()
    section = ""

    def metadata(tag: str, attributes: dict[str, str]) -> None:
        nonlocal section
        name = local(tag)
        if name in ("cellMetadata", "valueMetadata", "metadataTypes"):
            section = name
        elif name == "futureMetadata":
            section = attributes.get("name", "")
        elif name == "rc" and section == "valueMetadata":
            entries.append(attributes.get("v", ""))
        elif name == "rvb" and section == "XLRICHVALUE":
            blocks.append(attributes.get("i", ""))

    parse(archive, parts[_METADATA], metadata)
    parse(archive, parts[_VALUES], _each("rv", "s", values))
    parse(archive, parts[_STRUCTURES], _each("s", "t", kinds))
    return frozenset(str(number) for number, entry in enumerate(entries, 1)
                     if _at(kinds, _at(values, _at(blocks, entry))) == "_error")


def _each(element: str, attribute: str, found: list[str]) -> Start:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == element:
            found.append(attributes.get(attribute, ""))
    return start


def _at(items: list[str], place: str) -> str:
    return items[int(place)] if place.isascii() and place.isdigit() and int(place) < len(items) else ""
