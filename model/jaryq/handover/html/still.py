"""The page where no script runs: all its figures, sentences and tables in one language, pictures as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jaryq.base.text import COMMA, Lang
from jaryq.handover.html.shown import Json
from jaryq.handover.html.words import PHASES, WORDS
from jaryq.report.shapes import is_number

Say = Callable[[Json], str]
STREETS = 40
"""So many streets of the map are listed, those whose renewal brings most."""


@dataclass(frozen=True)
class Table:
    """A table in words: title, what it shows, headings with units, rows, sums (none: no row of them), notes. ``right``:
    columns of numbers."""

    title: str
    alt: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    sums: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Still:
    """A front page in words; a figure is its label, value, unit and note."""

    key: str
    title: str
    note: str
    figures: tuple[tuple[str, str, str, str], ...]
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]


def still(scenario: Json, say: Say, lang: Lang) -> tuple[Still, ...]:
    """The pages of a scenario (see ``shown``), the list of the map's facilities after them."""
    pages = [
        Still(page["key"], say(page["title"]), say(page["note"]),
              tuple((say(one["label"]), said(one.get("value"), say, lang),
                     say(one.get("said") or one.get("unit") or ""), say(one.get("note", "")))
                    for one in page.get("figures", ())),
              tuple(say(one) for one in page.get("sentences", ())), tuple(_tables(page, say, lang)))
        for page in scenario.get("pages", ())]
    if points := scenario.get("points"):
        rows = [[one["name"], one["region"], one["sector"], _word(one["state"], lang), one.get("cost"), one["latitude"],
                 one["longitude"]] for one in points]
        heads = ("project", "region", "sector", "state", "cost", "latitude", "longitude")
        title = _word("map", lang)
        table = _table(title, [(_word(key, lang), "") for key in heads], rows, say, lang)
        pages.append(Still("map", title, "", (), (), (table,)))
    return tuple(pages)


def _tables(page: Json, say: Say, lang: Lang) -> Iterable[Table]:
    if (tiles := page.get("tiles")) and tiles.get("tiles"):
        keys = list(tiles["figures"])
        yield _table(tiles["title"], [(_word("region", lang), ""), *(tiles["figures"][key] for key in keys)],
                     [[one["name"], *(one.get("values", {}).get(key) for key in keys)] for one in tiles["tiles"]],
                     say, lang, tiles["alt"])
    if (streets := page.get("streets")) and streets.get("streets"):
        named = ("street", "region", "sector", "renewed_in", "km", "renewed_km", "worth")
        rows = [[one["name"], one["region"], one["sector"], one.get("period"), one["km"], one["renewed"], one["worth"]]
                for one in streets["streets"][:STREETS]]
        yield _table(streets["title"], [(_word(key, lang), "") for key in named], rows, say, lang, streets["note"])
    if flows := page.get("flows"):
        yield _table(_word("flow", lang), [(_word(key, lang), "") for key in ("from", "to", "amount")],
                     [[one["start"], one["end"], one["value"]] for one in flows], say, lang)
    for chart in page.get("charts", ()):
        series = chart.get("series", ())
        if not any(value for one in series for value in one.get("values", ())):
            continue
        yield _table(chart["title"], [("", ""), *((one["name"], chart["unit"]) for one in series)],
                     [[str(label) if isinstance(label, int) else label, *(one["values"][i] for one in series)]
                      for i, label in enumerate(chart.get("labels", ()))], say, lang, chart["alt"])
    for block in page.get("blocks", ()):
        fields = block.get("fields", ())
        yield _table(block["head"], [(one.get("head", ""), one.get("unit", "")) for one in fields],
                     block.get("rows", ()), say, lang, "", [bool(one.get("total")) for one in fields],
                     block.get("notes", ()), [bool(one.get("exact")) for one in fields])
    if (gantt := page.get("gantt")) and gantt.get("lanes"):
        periods = gantt.get("periods", ())
        heads = [(_word(key, lang), "") for key in ("project", "region", "sector", "cost", "payer", "reason", "when")]
        yield _table(page["title"], heads, [
            [one["name"], one["region"], one["sector"], one["cost"], one["payer"], one["reason"],
             "; ".join(_phase(span, periods, say, lang) for span in one.get("spans", ()))]
            for one in gantt["lanes"]], say, lang)


def _phase(span: Json, periods: Sequence[Json], say: Say, lang: Lang) -> str:
    letter = say(span["phase"])
    meaning = next((text.say(lang) for short, text in PHASES if letter in short.all().values()), letter)
    first, last = say(periods[span["first"]]), say(periods[span["last"]])
    return f"{meaning}: {first if first == last else f'{first}–{last}'}"


def _table(title: Json, heads: Sequence[tuple[Json, Json]], rows: Sequence[Sequence[Json]], say: Say, lang: Lang,
           alt: Json = "", totals: Sequence[bool] = (), notes: Sequence[Json] = (),
           exact: Sequence[bool] = ()) -> Table:
    columns = [[row[i] for row in rows] for i in range(len(heads))]
    forms = [_form(say(unit), column, say, lang, exact=i < len(exact) and exact[i])
             for i, ((_, unit), column) in enumerate(zip(heads, columns, strict=True))]
    dated = [any(say(value) == _word("year_unit", lang) for value in row if value is not None) for row in rows]
    sums = tuple(form(sum(value for value in column if is_number(value))) if total
                 else (_word("total", lang) if i == 0 else "")
                 for i, (form, column, total) in enumerate(zip(forms, columns, totals, strict=False)))
    return Table(
        say(title), say(alt), tuple((say(head), say(unit)) for head, unit in heads),
        tuple(tuple(str(value) if in_years and _year(value) else form(value)
                    for form, value in zip(forms, row, strict=True))
              for row, in_years in zip(rows, dated, strict=True)),
        tuple(any(map(is_number, column)) and all(value is None or is_number(value) for value in column)
              for column in columns),
        sums if any(totals) and len(rows) > 1 else (), tuple(say(note) for note in notes))


def _form(unit: str, column: Sequence[Json], say: Say, lang: Lang, *, exact: bool = False) -> Callable[[Json], str]:
    """How the cells of a column are said: with as many decimals as its largest figure deserves, where it has a unit."""
    places = 2 if exact else decimals(column) if unit else None
    years = all(not is_number(value) or _year(value) for value in column)

    def form(value: Json) -> str:
        if _year(value) and years and (not unit or places == 0):
            return str(value)
        return said(value, say, lang, places)

    return form


def said(value: Json, say: Say, lang: Lang, places: int | None = None) -> str:
    """A value in words; blank stays blank."""
    if isinstance(value, bool):
        return "✓" if value else "–"
    return figure(value, lang, places) if is_number(value) else say("" if value is None else value)


def decimals(values: Iterable[Json]) -> int:
    """No digit more than a figure deserves: decimals by the largest of a column."""
    sizes = [abs(value) for value in values if is_number(value)]
    if all(float(size).is_integer() for size in sizes):
        return 0
    most = max(sizes)
    return 0 if most >= 100 else 1 if most >= 10 else 2 if most >= 1 else 3


def figure(value: float, lang: Lang, places: int | None = None) -> str:
    """A number with the marks of the language; what would be rounded to nothing keeps one digit."""
    decimal = decimals([value]) if places is None else places
    exact = Decimal(value)
    if value and abs(value) < 0.5 / 10 ** decimal:
        text = f"{Decimal(f'{value:.1g}'):f}"
    else:
        text = f"{exact.quantize(Decimal(1).scaleb(-decimal), ROUND_HALF_UP):,f}"
    return text.replace(",", "\u00a0").replace(".", ",") if lang in COMMA else text


def _year(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2199


def _word(key: str, lang: Lang) -> str:
    return WORDS[key].say(lang)
