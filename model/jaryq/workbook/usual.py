"""Workbooks that Excel opens although their parts have unusual names or encodings, put in the usual form, in which the
libraries below find them."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO

from jaryq.workbook.package import refuse_unsafe, unsafe
from jaryq.workbook.relations import Relation, by_any_name, path_of, plain, relations, rels_of

MAIN = "xl/workbook.xml"
_FIXED = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml", "sheetMetadata": "xl/metadata.xml"}
_RICH = ("rdrichvalue.xml", "rdrichvaluestructure.xml")
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_DECLARATION = re.compile(r"\A\ufeff?<\?xml[^>]*\?>")
_ENCODED = re.compile(rb"""\A<\?xml[^>]*\bencoding=["']([\w.-]+)["']""")
_PIECE = 1 << 18
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def usual(raw: bytes) -> bytes:
    """The same workbook, or one with the parts that matter under their usual names and in UTF-8. Raises Unreadable."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        names = by_any_name(archive)
        if "mimetype" in names or "_rels/.rels" not in names:
            return raw
        refuse_unsafe(archive)
        if len(names) < len(archive.namelist()):
            raise unsafe("it holds a part twice", "одна из частей повторяется")
        first = relations(archive, names["_rels/.rels"], "")
        main = path_of(first, "officeDocument")
        if (main is None or not main.casefold().endswith(".xml") or plain(main) not in names
            or rels_of(plain(main)) not in names):
            return raw
        parts = relations(archive, names[rels_of(plain(main))], main.rpartition("/")[0])
        placed = _placed(parts, names)
        taken = {names[plain(main)]: MAIN, names[rels_of(plain(main))]: rels_of(MAIN),
                 names["_rels/.rels"]: "_rels/.rels",
                 **{names[plain(parts[key].path)]: path
                    for key, path in placed.items() if plain(parts[key].path) in names}}
        if all(
            _simple(archive, name, path) for name, path in taken.items()
        ) and all(_found(one, names) for one in parts.values()):
            return raw
        return _packed(archive, names, parts, placed, taken)


def _placed(parts: Mapping[str, Relation], names: Mapping[str, str]) -> dict[str, str]:
    """Where each part of the workbook stands in the usual form: some have one place, sheets that stand well keep
    theirs."""
    placed: dict[str, str] = {}
    used: dict[str, str] = {}
    for number, (key, one) in enumerate(parts.items()):
        kind = one.kind.rpartition("/")[2]
        where = names.get(plain(one.path), one.path)
        well = re.fullmatch(r"xl/[\w./-]+\.xml", where)
        path = _FIXED.get(kind) or (where if well else f"xl/parts/part{number}.xml")
        if used.setdefault(path, plain(one.path)) != plain(one.path):
            path = f"xl/parts/part{number}.xml"
        placed[key] = path
    return placed


def _found(one: Relation, names: Mapping[str, str]) -> bool:
    """Whether a target is written so that the libraries find the part: below xl/, or from the top; a part that is
    missing is missed later."""
    path = one.target.lstrip("/") if one.target.startswith("/xl/") else f"xl/{one.target}"
    return one.path == path or plain(one.path) not in names


def _simple(archive: zipfile.ZipFile, name: str, path: str) -> bool:
    return name == path and _encoding(archive, name) is None


def _encoding(archive: zipfile.ZipFile, name: str) -> str | None:
    """The encoding of a part of XML, where it is not UTF-8."""
    with archive.open(name) as stream:
        start = stream.read(200)
    if start[:2] in _UTF_16:
        return _UTF_16[start[:2]]
    if start[:4] in (b"<\0?\0", b"\0<\0?"):
        return "utf-16-le" if start[:1] == b"<" else "utf-16-be"
    said = _ENCODED.match(start)
    encoding = said.group(1).decode().lower() if said else "utf-8"
    return None if encoding in ("utf-8", "utf8", "us-ascii", "ascii") else encoding


def _packed(archive: zipfile.ZipFile, names: Mapping[str, str], parts: Mapping[str, Relation],
            placed: Mapping[str, str], taken: Mapping[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        new.writestr("_rels/.rels", _written({"main": (f"{_OFFICE}officeDocument", f"/{MAIN}")}))
        new.writestr(rels_of(MAIN), _written({key: (one.kind, f"/{placed[key]}") for key, one in parts.items()}))
        kept = {name: path for name, path in taken.items() if not path.endswith(".rels")}
        kept |= {name: f"xl/richData/{end}" for end in _RICH
                 for spelled, name in names.items() if spelled.endswith(f"/{end}")}
        for name, path in kept.items():
            with archive.open(name) as stream, new.open(path, "w", force_zip64=True) as out:
                for piece in _in_utf8(stream, _encoding(archive, name)):
                    out.write(piece)
    return made.getvalue()


def _in_utf8(stream: IO[bytes], encoding: str | None) -> Iterator[bytes]:
    if encoding is None:
        while piece := stream.read(_PIECE):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    first = True
    while piece := stream.read(_PIECE):
        text = decoder.decode(piece)
        yield (_DECLARATION.sub("", text) if first else text).encode()
        first = False
    yield decoder.decode(b"", final=True).encode()


def _written(targets: Mapping[str, tuple[str, str]]) -> str:
    from xml.sax.saxutils import quoteattr  # loads what speaks to the web, and few workbooks are written anew
    lines = "".join(f"<Relationship Id={quoteattr(key)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
                    for key, (kind, target) in targets.items())
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'
