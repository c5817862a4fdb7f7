"""What the page draws, as JSON: values as they are, each text once, in every language that it has."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from jaryq.base.text import LANGS, UNREVIEWED, Text, printable, unbroken
from jaryq.base.units import UNITS
from jaryq.case.case import Case
from jaryq.handover.html.points import Point, points
from jaryq.handover.shapes import Front
from jaryq.report.report import Report
from jaryq.report.shapes import Fact

DIGITS = 7
"""Significant digits of a figure in the page, which shows no more than four."""

NOISE = 1e-9
"""A figure that is smaller is what arithmetic leaves of nothing: less than a KZT, where it is money in bn."""

Json = Any


@dataclass(frozen=True)
class Shown:
    """A scenario on the page."""

    scenario: str
    name: Text
    title: Text
    subtitle: Text
    pages: tuple[Front, ...]
    points: tuple[Point, ...]


def shown(case: Case, report: Report, pages: tuple[Front, ...], name: Text) -> Json:
    """A scenario as JSON: ``texts`` (each once) and ``scenario``, which refers to them."""
    texts = Texts()
    told = Shown(case.scenario, name, report.title, report.subtitle, tuple(map(in_full, pages)), points(case, pages))
    return {"scenario": texts.encoded(told), "texts": texts.all}


def in_full(page: Front) -> Front:
    """The page with its whole tables: no sheets stand behind it, and no paper ends."""
    return replace(page, blocks=page.whole, whole=()) if page.whole else page


def named(one: Json, name: Text) -> Json:
    """A scenario under the name it has now."""
    texts = [*one["texts"], said_in(name)]
    return {"scenario": {**one["scenario"], "name": [len(texts) - 1]}, "texts": texts}


def with_fronts(one: Json, pages: Iterable[Front], prefix: str) -> Json:
    """A scenario with further pages behind its own, in place of those whose keys begin with ``prefix``."""
    texts, scenario = Texts(one["texts"]), one["scenario"]
    own = [page for page in scenario.get("pages", []) if not str(page["key"]).startswith(prefix)]
    return {"scenario": {**scenario, "pages": own + texts.encoded(pages)}, "texts": texts.all}


class Texts:
    """Texts by number: a text that differs between languages stands as ``[number]`` where it is used. ``before``: those
    that have a number already."""

    def __init__(self, before: Iterable[list[str]] = ()) -> None:
        self.all: list[list[str]] = list(before)
        self._number: dict[Text, int] = {}

    def encoded(self, value: Any) -> Json:
        """A value of the report as JSON: records without what is empty, units in words, figures rounded to DIGITS."""
        if isinstance(value, Text):
            return self._text(value)
        if isinstance(value, str):
            return printable(value)
        if isinstance(value, float):
            return rounded(value)
        if is_dataclass(value) and not isinstance(value, type):
            record = {field.name: getattr(value, field.name) for field in fields(value)}
            if isinstance(value, Fact) and value.beside != in_words("unit", value.unit):
                record["said"] = value.beside  # a noun in another form
            return {name: self.encoded(in_words(name, item)) for name, item in record.items() if not empty(item)}
        if isinstance(value, Mapping):
            return {printable(str(key)): self.encoded(item) for key, item in value.items()}
        if isinstance(value, Set):
            return sorted(value)
        if isinstance(value, Iterable):
            return [self.encoded(item) for item in value]
        return value

    def _text(self, text: Text) -> Json:
        said = said_in(text)
        if len(set(said)) == 1:
            return said[0]
        if text not in self._number:
            self._number[text] = len(self.all)
            self.all.append(said)
        return [self._number[text]]


def said_in(text: Text) -> list[str]:
    """English and Russian; Kazakh and Japanese after them where the text has either (else empty). No line breaks before
    the sign of a percentage."""
    others = ["" if text.lacks(lang) else unbroken(printable(text.say(lang))) for lang in UNREVIEWED]
    here = [unbroken(printable(text.say(lang))) for lang in LANGS if lang not in UNREVIEWED]
    return here + (others if any(others) else [])


def in_words(name: str, value: Any) -> Any:
    """The symbol in place of the name of a unit; a year needs none beside its heading."""
    if name == "unit" and value == "year":
        return ""
    return UNITS[value].symbol if name == "unit" and isinstance(value, str) and value in UNITS else value


def rounded(value: float) -> float | int | None:
    """With DIGITS significant digits, noise as nothing; None for what is no number."""
    if not math.isfinite(value):
        return None
    if abs(value) < NOISE:
        return 0
    short = float(f"{value:.{DIGITS}g}")
    return int(short) if short == int(short) and abs(short) < 1e15 else short


def empty(value: Any) -> bool:
    """Whether a field says nothing. Zero does."""
    return value is None or value is False or (not isinstance(value, (int, float)) and not value)
