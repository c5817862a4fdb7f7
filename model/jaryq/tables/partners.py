"""Partner countries by the codes that content, tied shares, filters and pages of partners go by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from jaryq.base.countries import COUNTRIES, HOME_NAMES, OTHER_CODES
from jaryq.base.home import HOME
from jaryq.base.issues import Issue
from jaryq.base.lookalike import looks
from jaryq.base.text import Text
from jaryq.sheets.aliases import loosely, titles
from jaryq.tables.tables import Tables
from jaryq.tables.values import show

SHEETS = ("sources", "routes")
CONTENT = "content_"
CODE = Text("the code of the country", "код страны")
_AROUND = re.compile(r"[^\w]+")


@cache
def _names() -> Mapping[str, str]:
    """Codes by name; most inputs have codes alone, so that nobody asks for them."""
    return {loosely(name): code for code, text in COUNTRIES.items() for name in titles(text)} | {
        loosely(name): HOME for name in HOME_NAMES}


def mend_partners(tables: Tables) -> tuple[Tables, list[Issue]]:
    """The tables with partners by their codes, a note for each that was called otherwise, and a surprise for each that
    is no country known here and that nothing else names: a column of content, another row."""
    known = {HOME, *COUNTRIES}
    if "asset_types" in tables:
        known |= {str(name).removeprefix(CONTENT) for name in tables["asset_types"].columns
                  if str(name).startswith(CONTENT)}
    issues: list[Issue] = []
    read: dict[str, list[object]] = {}
    for sheet in SHEETS:
        if sheet in tables and "partner" in tables[sheet].columns:
            cells = tables[sheet].values["partner"]
            read[sheet] = [cell if cell is None or cell in known else code_of(str(cell)) or cell for cell in cells]
            issues += [Issue("repaired_letters", sheet, tables[sheet].cell(position, "partner"), "partner", show(cell),
                             {"read": new, "why": CODE})
                       for position, (cell, new) in enumerate(zip(cells, read[sheet], strict=True)) if cell != new]
    count = Counter(cell for cells in read.values() for cell in cells)
    for sheet, found in read.items():
        table = tables[sheet]
        issues += [Issue("partner_unknown", sheet, table.cell(position, "partner"), "partner", show(cell))
                   for position, cell in enumerate(found) if cell is not None and cell not in known
                   and count[cell] == 1]
        tables = tables.with_sheet(table.with_column("partner", found))
    return tables, issues


def code_of(text: str) -> str:
    """The code of a country that a text names by its code with signs around it, another code or its name; or
    nothing."""
    codes: set[str] = {OTHER_CODES.get(word, word) for word in filter(None, _AROUND.split(looks(text).upper()))}
    if len(codes) == 1 and (code := codes.pop()) in {HOME, *COUNTRIES}:
        return code
    return _names().get(loosely(text), "")
