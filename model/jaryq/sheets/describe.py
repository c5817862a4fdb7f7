"""A column in words: kind, range, default, references, example. Notes of headings, the data dictionary and the
documents say the same."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Lang, Text
from jaryq.sheets.examples import example
from jaryq.sheets.spec import Cell, Column, Kind

KIND: Mapping[Kind, Text] = {
    "text": Text("text", "текст"), "number": Text("number", "число"), "integer": Text("whole number", "целое"),
    "yes_no": Text("yes / no", "да / нет (yes / no)"),
}
MANY = 20
MEMBER: Mapping[str, str] = {"": "", "year": "YYYY", "country": "CC", "quantity": "KEY"}
REQUIRED = Text("required", "обязательно")
NO_VALUE = Text("no value", "значения нет")
SEE_MEANING = Text("see the meaning", "см. смысл")
OR = Text("or", "или")
LINES: Mapping[str, Text] = {
    "required": Text("Required.", "Обязательно."),
    "default": Text("Default: {it}.", "По умолчанию: {it}."),
    "allowed": Text("Allowed: {it}", "Допустимо: {it}"),
    "one_of": Text("One of: {it}", "Одно из: {it}"),
    "refers": Text("A key of: {it}", "Ключ с листа: {it}"),
    "family": Text("One column for each {it}; add more as needed.", "По столбцу на {it}; добавляйте нужные."),
    "example": Text("Example: {it}", "Пример: {it}"),
}
EACH: Mapping[str, Text] = {"year": Text("year", "год"), "country": Text("country (ISO code)", "страну (код ISO)"),
                           "quantity": Text("quantity (its key)", "величину (её ключ)")}


def shown(value: Cell) -> str:
    """A value as it is typed: yes and no, numbers without needless digits."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def heading(column: Column) -> str:
    """The heading in row 3; of a family with what stands for a year, a country or a key."""
    return column.name + MEMBER[column.family]


def title(column: Column, name: str, lang: Lang) -> str:
    """The title of one column; of a family with its member: ``Ceiling in 2026``."""
    return column.text.say(lang) + (f" {name.removeprefix(column.name)}" if column.family else "")


def unit(column: Column, lang: Lang) -> str:
    return column.unit_of.symbol.say(lang) if column.unit_of else ""


def blank(column: Column, lang: Lang) -> str:
    """What a blank cell means."""
    if column.required:
        return REQUIRED.say(lang)
    if column.default is None:
        return (SEE_MEANING if "blank" in column.note.en.lower() else NO_VALUE).say(lang)
    return shown(column.default)


def span(column: Column) -> str:
    """Bounds of a number: ``≥ 0, ≤ 100``."""
    return ", ".join(f"{sign} {shown(limit)}" for sign, limit in ((">", column.gt), ("≥", column.ge), ("≤", column.le))
                     if limit is not None)


def allowed(column: Column) -> str:
    """The choices (the first of many), or the bounds."""
    if len(column.one_of) > MANY:
        return ", ".join((*column.one_of[:3], "..."))
    return ", ".join(column.one_of) or ("yes, no" if column.kind == "yes_no" else span(column))


def refers(column: Column, lang: Lang) -> str:
    """The sheets one of whose keys the value must be."""
    return f" {OR.say(lang)} ".join(column.ref.split("|")) if column.ref else ""


def rules(column: Column, lang: Lang, sheet: str = "") -> list[str]:
    """The column's rules in sentences, one a line, the example last."""
    said: list[tuple[str, str]] = []
    if column.required:
        said.append(("required", ""))
    elif column.default is not None:
        said.append(("default", shown(column.default)))
    if bounds := span(column):
        said.append(("allowed", bounds))
    if choices := column.one_of or (("yes", "no") if column.kind == "yes_no" else ()):
        said.append(("one_of", ", ".join(choices)))
    if column.ref:
        said.append(("refers", refers(column, lang)))
    if column.family:
        said.append(("family", EACH[column.family].say(lang)))
    if (some := example(column, sheet)) is not None:
        said.append(("example", shown(some)))
    return [LINES[what].say(lang, it=it) for what, it in said]
