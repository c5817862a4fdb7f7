"""Parts of an .xlsx workbook by what refers to them. Excel takes names of parts in any letter case, with either slash,
relative or absolute."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from jaryq.workbook.package import MOST_PARTS, local, parse, unsafe


@dataclass(frozen=True)
class Relation:
    """What a part refers to: by which kind, the target as it is written, and the path that it means (as it is spelled
    there)."""

    kind: str
    target: str
    path: str


def relations(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, Relation]:
    """The relations of a part by their ids; ``part`` is the .rels that holds them. Raises Unreadable."""
    found: dict[str, Relation] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            if len(found) >= MOST_PARTS:
                raise unsafe(f"its part {part} names more than {MOST_PARTS} parts",
                             f"часть {part} называет больше {MOST_PARTS} частей")
            target = attributes.get("Target", "")
            found[attributes.get("Id", "")] = Relation(attributes.get("Type", ""), target, resolved(target, folder))

    parse(archive, part, start)
    return found


def path_of(found: Mapping[str, Relation], kind: str) -> str | None:
    """The path of the part of a kind (its short name, such as ``officeDocument``); None where no relation is of it, the
    first where several are."""
    return next((one.path for one in found.values() if one.kind.endswith(f"/{kind}")), None)


def resolved(target: str, folder: str) -> str:
    """The path of a part, without a slash before it."""
    path = unquote(target).replace("\\", "/")
    return posixpath.normpath(path if path.startswith("/") else posixpath.join("/", folder, path)).lstrip("/")


def by_any_name(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Names of parts by their form in small letters with plain slashes."""
    return {plain(name): name for name in archive.namelist()}


def plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def rels_of(part: str) -> str:
    """Where the relations of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
