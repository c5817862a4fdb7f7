"""The descriptor of a folder of tables, as Frictionless Data Package states it (datapackage.json, version 1 of the
standard): types, units, titles in English and Russian, keys, hashes, sources, licence."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.base.version import VERSION
from jaryq.handover.tables_fields import Field
from jaryq.sheets.spec import Sheet

DESCRIPTOR = "datapackage.json"
OF = {"facility": "facilities", "package": "networks", "source": "funding", "target": "targets", "id": "scenarios"}
"""Columns that name a row of another table by its key, and that table."""

LICENCE = {"name": "Apache-2.0", "title": "Apache License 2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0"}
"""Of the shipped case. Of any other workbook only its owner can say."""

CASE = Text("Plan of {case}, scenario {scenario}", "План: {case}, сценарий {scenario}")
WRITTEN = Text("Tables of a plan by Jaryq. A blank is a value that is not there, never zero. Money is in bn KZT of the "
               "year of payment unless its column says otherwise.",
               "Таблицы плана Jaryq. Пусто означает, что значения нет, а не ноль. Деньги в млрд тенге года платежа, "
               "если в столбце не сказано иное.")


@dataclass(frozen=True)
class Described:
    """One table: its declaration, its columns, and the values of its key if no row lacks it and no two share it."""

    sheet: Sheet
    fields: tuple[Field, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that tell each row from all others; none where the declared ones do not."""
        named = {field.name: field for field in self.fields}
        if not self.sheet.key or not all(name in named for name in self.sheet.key):
            return ()
        rows = list(zip(*(named[name].values for name in self.sheet.key), strict=True))
        told = len(set(rows)) == len(rows) and all(value is not None for row in rows for value in row)
        return self.sheet.key if told else ()

    def values(self, name: str) -> set[object]:
        """What a column holds, blanks left out."""
        return {value for field in self.fields if field.name == name for value in field.values if value is not None}


def descriptor(tables: Sequence[Described], files: Mapping[str, bytes], about: Mapping[str, Any], said: Text,
               lang: Lang) -> bytes:
    """The bytes of datapackage.json. ``files``: every other file by name; ``about``: input, its hash, scenario, and
    whether the input is the shipped one (``shipped``); ``said``: the title."""
    keyed = {table.sheet.name: table for table in tables}
    by_file = {f"{table.sheet.name}.csv": table for table in tables}
    resources = [{**_file(name, content), **(_tabular(by_file[name], keyed) if name in by_file else {})}
                 for name, content in files.items()]
    name = slug(f"{about['input']}-{about.get('scenario', 'scenarios')}")
    package = {
        "profile": "data-package", "name": name, "title": said.en,
        "title_ru": said.ru, "description": WRITTEN.en, "description_ru": WRITTEN.ru, "version": VERSION,
        "languages": [lang], "sources": [{"title": about["input"]}],
        **({"licenses": [LICENCE]} if about["shipped"] else {}),
        "jaryq": {key: value for key, value in about.items() if key != "shipped"}, "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def slug(text: str) -> str:
    """A name of small Latin letters, digits, points, dashes and underlines, as the standard asks."""
    return re.sub(r"[^a-z0-9._]+", "-", text.casefold()).strip("-._") or "plan"


MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "geojson": "application/geo+json",
         "mps": "application/octet-stream"}


def _file(name: str, content: bytes) -> dict[str, Any]:
    stem, _, ending = name.rpartition(".")
    # A Parquet file states its own types: readers of the package need not guess them from its values.
    kind = {} if ending == "csv" else {"type": "file"}
    return {"name": stem if ending == "csv" else f"{stem}-{ending}", **kind, "path": name, "format": ending,
            "mediatype": MEDIA[ending], "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _tabular(table: Described, tables: Mapping[str, Described]) -> dict[str, Any]:
    sheet, key = table.sheet, table.key
    missing = dict.fromkeys(word for field in table.fields for word in field.missing)
    foreign = [{"fields": [name], "reference": {"resource": other, "fields": [name]}} for name, other in OF.items()
               if other in tables and other != sheet.name and tables[other].key == (name,) and table.values(name)
               and table.values(name) <= tables[other].values(name)]
    return {"profile": "tabular-data-resource", "encoding": "utf-8", "title": sheet.text.en, "title_ru": sheet.text.ru,
            "description": sheet.note.en, "description_ru": sheet.note.ru, "dialect": {"delimiter": ","},
            "schema": {"fields": [_described(field, field.name in key) for field in table.fields],
                       "missingValues": ["", *missing], **({"primaryKey": list(key)} if key else {}),
                       **({"foreignKeys": foreign} if foreign else {})}}


def _described(field: Field, required: bool) -> dict[str, Any]:
    unit = {"unit": field.unit, "unit_title": field.symbol.en, "unit_title_ru": field.symbol.ru} if field.symbol else {}
    return {"name": field.name, "type": field.kind, "title": field.title.en, "title_ru": field.title.ru,
            "description": field.note.en, "description_ru": field.note.ru, **unit,
            **({"constraints": {"required": True}} if required else {})}
