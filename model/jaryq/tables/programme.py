"""What of each sheet a ``shift`` of the whole programme moves, and what stays because it is signed or under way.

The rules are those of docs/numbers.md (Scenarios that shift).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, inf

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.measures import CUMULATIVE
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
    """Columns of some rows of a sheet that move. ``goes_on``: money that comes every year, so that years that only give
    keep what stood there."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    goes_on: bool = False


@dataclass(frozen=True)
class Parts:
    """All that a change moves; ``told``: what was said in its selector and read as a key; ``stated``: what blanks, by
    sheet, position and heading, are to say now so that they mean what they did; ``ends_move``: with the last year."""

    parts: tuple[Part, ...]
    told: Mapping[str, str]
    stated: Mapping[tuple[str, int, str], object]
    ends_move: bool = False


def parts_of_programme(tables: Tables, change: Change, plan_from: int, end: int | None, *,
                       later: bool) -> Parts | Issue:
    """What moves; a selector leaves only sheets that have its columns, and the rows that it names. ``end``: the last
    planned year where it is one that moves."""
    if change.column:
        detail = Text("the programme moves with all its columns: leave the column blank",
                      "программа сдвигается целиком: оставьте столбец пустым")
        return change.issue("change_unfit", "column", change.column, detail=detail)
    asked = [piece.partition("=")[0].strip().lower() for piece in change.selector.split(";") if piece.strip()]
    under_way = _under_way(tables)
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
    stated: dict[tuple[str, int, str], object] = {
        ("sources", at, "envelope"): most for at, most in _envelopes(tables, parts, plan_from).items()}
    if end is not None and later:
        stated |= _ends(tables, under_way, dates, plan_from, end)
    return Parts((*parts, Part(SETTINGS.name, ("value",), last.rows)), told, stated, ends_move=end is not None)


def _under_way(tables: Tables) -> set[object]:
    """Projects that are committed or started, and all others of their lots: a lot is one contract."""
    found = {row.get("project") for _, row in tables.get("progress").records() if row.get("status") in UNDER_WAY}
    rows = [(row.get(key), row.get("lot")) for sheet, key in (("facilities", "facility"), ("networks", "package"))
            for _, row in tables.get(sheet).records()]
    lots = {lot for key, lot in rows if key in found and lot is not None}
    return found | {key for key, lot in rows if lot in lots}


def _ends(tables: Tables, under_way: set[object], dates: Mapping[object, object], plan_from: int,
          end: int) -> dict[tuple[str, int, str], object]:
    """The last year, where a blank means it and what is under way or signed is not to be later with it."""
    works = [("facilities", at, "latest") for at, row in tables.get("facilities").records()
             if row.get("facility") in under_way and row.get("latest") is None]
    money = [("sources", at, "available_to") for at, row in tables.get("sources").records()
             if row.get("available_to") is None and _signed(dates.get(row.get("source_id")), plan_from)]
    return dict.fromkeys((*works, *money), end)


def _signed(year: object, plan_from: int) -> bool:
    """Whether a date of signing lies before the first planned year."""
    return isinstance(year, (int, float)) and year < plan_from


def windows(tables: Tables) -> dict[object, tuple[float, float]]:
    """First and last year of draws of each source, without end where blank."""
    return {row.get("source_id"): (_year(row.get("available_from"), -inf),
                                   _year(row.get("available_to"), inf))
            for _, row in tables.get("sources").records()}


def stands_at_year_ends(tables: Tables, row: Mapping[str, object]) -> bool:
    """Whether a target over several years holds in each of them, as one without years does in each planned year."""
    kinds = {of.get("quantity"): of.get("kind") for _, of in tables.get("quantities").records()}
    kind = kinds.get(row.get("quantity"))
    return row.get("measure") in CUMULATIVE if kind is None else kind != "flow"


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
        at for at, year in signed.items() if not _signed(year, plan_from)))


def _money(tables: Tables, sheet: str, columns: tuple[str, ...], found: Chosen, dates: Mapping[object, object],
           plan_from: int, *, named: bool) -> list[Part]:
    """What was signed before the first planned year stays as contracted. What is still to be signed, or is named, is
    late itself: nothing before. Money that is not signed at all comes every year."""
    records = dict(tables[sheet].records())
    late: list[int] = []
    always: list[int] = []
    for at in found.rows:
        signed = dates.get(records[at].get("source_id"))
        if _signed(signed, plan_from):
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
        begin, end = _year(row.get("available_from"), plan_from), _year(row.get("available_to"), last)
        years = range(int(max(begin, plan_from)), int(min(end, last)) + 1)
        given = [stated.get(str(year)) for year in years]
        if all(isinstance(amount, (int, float)) for amount in given):
            found[at] = fsum(given)  # type: ignore[arg-type]
    return found


def _year(value: object, blank: float) -> float:
    return int(value) if isinstance(value, (int, float)) else blank
