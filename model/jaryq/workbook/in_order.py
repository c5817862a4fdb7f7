"""Properties of fonts in the order that the schema of Office Open XML has: openpyxl writes them in another, which Excel
reads, and stricter programs call damage."""

from __future__ import annotations

import re

ORDER = (b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign", b"sz", b"color",
         b"rFont", b"name", b"family", b"charset", b"scheme")
"""Of CT_Font (styles) and CT_RPrElt (letters within a cell), which differ in the name of the font alone."""

_FONT = re.compile(rb"(<(rPr|font)>)((?:<[A-Za-z]+(?: [^<>]*)?/>)+)(</\2>)")
_PROPERTY = re.compile(rb"<([A-Za-z]+)(?: [^<>]*)?/>")


def in_order(part: bytes) -> bytes:
    """The part of a workbook with the properties of each font in order; what is not known stays behind."""
    return _FONT.sub(lambda found: found[1] + _sorted(found[3]) + found[4], part)


def _sorted(properties: bytes) -> bytes:
    found = [(match[1], match[0]) for match in _PROPERTY.finditer(properties)]
    return b"".join(text for _, text in sorted(found, key=_place))


def _place(one: tuple[bytes, bytes]) -> int:
    return ORDER.index(one[0]) if one[0] in ORDER else len(ORDER)
