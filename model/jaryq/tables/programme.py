"""What of each sheet a ``shift`` of the whole programme moves, and what stays because it is signed or under way.

The rules are those of docs/numbers.md (Scenarios that shift).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTINGS
from jaryq.tables.change import Change
from jaryq.tables.chosen import Chosen, chosen, columns_of
from jaryq.tables.selector import BadSelector
from jaryq.tables.tables import Tables

PROGRAMME = "programme"
"""In place of a sheet: all that belongs to the programme itself."""

OF_PROGRAMME: Mapping[str, tuple[str, ...]] = {
    "facilities": ("earliest", "latest", "spend_"), "networks": ("earliest", "latest"),
    "sources": ("available_from", "available_to", "signing_year"), "source_years": ("",), "targets": ("years",),
    "asset_types": (),
}
"""Columns that move with the programme; of settings ``last_year``. The world (prices, rates, crews) does not wait, nor
does what is signed and under way."""

UNDER_WAY = ("committed", "started")


@dataclass(frozen=True)
class Part:
    """Columns of some rows of a sheet that move. ``goes_on``: years that only give keep what stood there."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    goes_on: bool = False


@dataclass(frozen=True)
class Parts:
    """All that a change moves; ``told``: what was said in its selector and read as a key; ``envelopes``: by the
    position of a source what all its years together may be, where nothing else keeps it from having a year more."""

    parts: tuple[Part, ...]
    told: Mapping[str, str]
    envelopes: Mapping[int, float]


def parts_of_programme(tables: Tables, change: Change, plan_from: int) -> Parts | Issue:
    """What moves; a selector leaves only sheets that have its columns, and the rows that it names."""
    if change.column:
        detail = Text("the programme moves with all its columns: leave the column blank",
                      "программа сдвигается целиком: оставьте столбец пустым")
        return change.issue("change_unfit", "column", change.column, detail=detail)
    asked = [piece.partition("=")[0].strip().lower() for piece in change.selector.split(";") if piece.strip()]
    under_way = {row.get("project") for _, row in tables.get("progress").records() if row.get("status") in UNDER_WAY}
    dates = {row.get("source_id"): row.get("signing_year") for _, row in tables.get("sources").records()}
    parts: list[Part] = []
    told: dict[str, str] = {}
    for sheet, columns in OF_PROGRAMME.items():
        known = {*columns_of(tables, sheet)} if sheet in tables else set()
        if INPUT[sheet].key[0] != "source_id":
            known -= {"source"}
        if sheet not in tables or not set(asked) <= known:
            continue
        try:
            found = chosen(tables, sheet, change.selector)
        except BadSelector as error:
            return change.issue("change_unfit", "selector", change.selector, detail=error.text)
        told |= found.told
        if sheet in ("asset_types", "sources"):
            parts.append(_ramps(tables, sheet, found, dates, plan_from))
        if "source_id" in INPUT[sheet].key:
            parts += _money(tables, sheet, columns, found, dates, plan_from, named=bool(asked))
        else:
            parts += _works(tables, sheet, columns, found, under_way)
    if asked or SETTINGS.name not in tables:
        return Parts(tuple(parts), told, {})
    last = chosen(tables, SETTINGS.name, "setting=last_year")
    return Parts((*parts, Part(SETTINGS.name, ("value",), last.rows)), told, _envelopes(tables, parts, plan_from))


def _works(tables: Tables, sheet: str, columns: tuple[str, ...], found: Chosen, under_way: set[object]) -> list[Part]:
    """A facility that is under way keeps its dates and spending; of a package with kilometres under contract the
    end of its window moves, for what is not under contract may be late."""
    key = INPUT[sheet].key[0]
    records = dict(tables[sheet].records())
    begun = tuple(at for at in found.rows if key != "target" and records[at].get(key) in under_way)
    rest = tuple(at for at in found.rows if at not in begun)
    ends = [Part(sheet, ("latest",), begun)] if key == "package" else []
    return [Part(sheet, columns, rest), *ends]


def _ramps(tables: Tables, sheet: str, found: Chosen, dates: Mapping[object, object], plan_from: int) -> Part:
    """A ramp begins later, but of what was signed before the first planned year."""
    records = dict(tables[sheet].records())
    signed = {at: dates.get(records[at].get("source_id")) if sheet == "sources" else None for at in found.rows}
    return Part(sheet, ("ramp_from",), tuple(
        at for at, year in signed.items() if not (isinstance(year, (int, float)) and year < plan_from)))


def _money(tables: Tables, sheet: str, columns: tuple[str, ...], found: Chosen, dates: Mapping[object, object],
           plan_from: int, *, named: bool) -> list[Part]:
    """What was signed before the first planned year stays as contracted. What is still to be signed, or is named, is
    late itself: nothing before. Money that is not signed at all comes every year."""
    records = dict(tables[sheet].records())
    late: list[int] = []
    always: list[int] = []
    for at in found.rows:
        signed = dates.get(records[at].get("source_id"))
        if isinstance(signed, (int, float)) and signed < plan_from:
            continue
        (late if named or signed is not None else always).append(at)
    kept = tuple(name for name in columns if name != "available_from")
    return [Part(sheet, columns, tuple(late)), Part(sheet, kept, tuple(always), goes_on=True)]


def _envelopes(tables: Tables, parts: list[Part], plan_from: int) -> dict[int, float]:
    """The sum of its ceilings for each source whose ceilings go on, so that a year more brings it no more money. A fund
    earns and is lent to: what it may spend is not the sum of what it receives."""
    last = {row.get("setting"): row.get("value") for _, row in tables[SETTINGS.name].records()}.get("last_year")
    ceilings = {row.get("source_id"): row for _, row in tables.get("source_years").records()}
    going = {at for part in parts if part.sheet == "sources" and part.goes_on for at in part.rows}
    found = {}
    for at, row in tables.get("sources").records():
        stated = ceilings.get(row.get("source_id"))
        if (at not in going or stated is None or not isinstance(last, int)
                or row.get("envelope") is not None or row.get("carry_over") == "fund"):
            continue
        begin = _year(row.get("available_from"), plan_from)
        years = range(max(begin, plan_from), min(_year(row.get("available_to"), last), last) + 1)
        given = [stated.get(str(year)) for year in years]
        if all(isinstance(amount, (int, float)) for amount in given):
            found[at] = fsum(given)  # type: ignore[arg-type]
    return found


def _year(value: object, blank: int) -> int:
    return int(value) if isinstance(value, (int, float)) else blank
