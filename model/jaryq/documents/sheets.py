"""Pages of docs/ on the input workbook: an index, and a page for each sheet, in English and Russian.
``jaryq.documents.pages`` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jaryq.base.text import Lang, Text
from jaryq.sheets import describe
from jaryq.sheets.examples import example
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTING_COLUMNS, SETTINGS
from jaryq.sheets.spec import Column, Sheet

MADE = Text("Written by `python -m jaryq.documents.pages` from the declarations in `model/`; do not edit it here.",
            "Страница составлена командой `python -m jaryq.documents.pages` по описаниям в `model/`; здесь её не "
            "правят.")
LANGS: Mapping[Lang, Text] = {"en": Text("In English", "По-английски"), "ru": Text("In Russian", "По-русски")}
"""Languages of the pages."""

HEADS: Mapping[str, Text] = {
    "name": Text("Column", "Столбец"), "setting": Text("Setting", "Настройка"), "title": Text("Title", "Название"),
    "type": Text("Type", "Тип"),
    "unit": Text("Unit", "Единица"), "blank": Text("Blank means", "Пусто означает"),
    "allowed": Text("Allowed", "Допустимо"),
    "ref": Text("Refers to", "Ссылается на"), "note": Text("Meaning", "Смысл"), "example": Text("Example", "Пример"),
    "sheet": Text("Sheet", "Лист"),
    "needed": Text("Required", "Обязателен"), "says": Text("What it says", "О чём лист"),
}
WORDS: Mapping[str, Text] = {
    "inputs": Text("The input workbook", "Входная книга"), "key": Text("Key", "Ключ"),
    "settings": Text("Settings in detail", "Настройки подробно"),
    "needed": Text("The sheet is required.", "Лист обязателен."),
    "optional": Text("The sheet is optional.", "Лист необязателен."),
    "yes": Text("yes", "да"), "sheets": Text("Sheets", "Листы"), "back": Text("All sheets", "Все листы"),
    "by": Text("Sheets whose rows refer to it", "Листы, строки которых на него ссылаются"),
    "form": Text(
        "On each sheet row 1 holds the title, row 2 the titles of the columns with their units, row 3 the headings; "
        "data start in row 4. Headings are the "
        "names in the first column of the tables on these pages, or the titles in English, Russian, Kazakh or "
        "Japanese. The order of rows and columns is "
        "free. A sheet or heading that begins with # is a remark. Blank is never zero. The workbook itself holds the "
        "same descriptions: as notes on the "
        "headings, and on the sheet `#dictionary`.",
        "На каждом листе в строке 1 стоит название, в строке 2 названия столбцов с единицами, в строке 3 заголовки; "
        "данные начинаются со строки 4. "
        "Заголовки: имена из первого столбца таблиц на этих страницах или названия по-английски, по-русски, "
        "по-казахски, по-японски. Порядок строк и "
        "столбцов свободный. Лист или заголовок, начинающийся с #, считается примечанием. Пустая ячейка не ноль. Те же "
        "описания есть в самой книге: в "
        "примечаниях к заголовкам и на листе `#dictionary`."),
    "families": Text("`YYYY` stands for a year (`2026`), `CC` for an ISO code of a country (`JP`).",
                     "`YYYY` означает год (`2026`), `CC` означает код страны по ISO (`JP`)."),
}


def sheet_pages() -> dict[str, str]:
    """The pages by the name of their file in docs/."""
    made = {f"inputs.{lang}.md": index(lang) for lang in LANGS}
    return {**made, **{f"sheets/{lang}/{sheet.name}.md": page(sheet, lang) for lang in LANGS for sheet in INPUTS}}


def index(lang: Lang) -> str:
    """What holds for all sheets, and a row for each."""
    rows = (
        (f"[{sheet.name}](sheets/{lang}/{sheet.name}.md)", sheet.title(lang),
         WORDS["yes"].say(lang) if sheet.required else "", sheet.note.say(lang))
        for sheet in INPUTS
    )
    heads = [HEADS[name].say(lang) for name in ("sheet", "title", "needed", "says")]
    parts = [f"# {WORDS['inputs'].say(lang)}", MADE.say(lang), _elsewhere(lang, "inputs.{}.md"),
             WORDS["form"].say(lang),
             f"## {WORDS['sheets'].say(lang)}", table(heads, rows)]
    return "\n\n".join(parts) + "\n"


def page(sheet: Sheet, lang: Lang) -> str:
    """One sheet: what it is about, its key, its columns; the page of settings has each setting too."""
    links = f"[{WORDS['back'].say(lang)}](../../inputs.{lang}.md). {_elsewhere(lang, '../{}/' + sheet.name + '.md')}"
    parts = [f"# {sheet.name}: {sheet.title(lang)}", MADE.say(lang), links, _about(sheet, lang)]
    if any(column.family for column in sheet.columns):
        parts.append(WORDS["families"].say(lang))
    parts.append(_columns(sheet, sheet.columns, "name", lang))
    if sheet is SETTINGS:
        parts += [f"## {WORDS['settings'].say(lang)}", _columns(sheet, SETTING_COLUMNS, "setting", lang)]
    return "\n\n".join(parts) + "\n"


def _elsewhere(lang: Lang, place: str) -> str:
    """Links to the page in the other languages, each named in its own."""
    return " ".join(f"[{text.say(other)}]({place.format(other)})." for other, text in LANGS.items() if other != lang)


def _about(sheet: Sheet, lang: Lang) -> str:
    key = ", ".join(f"`{name}`" for name in sheet.key)
    said = [sheet.note.say(lang), WORDS["needed" if sheet.required else "optional"].say(lang),
            f"{WORDS['key'].say(lang)}: {key}."]
    if by := [other.name for other in INPUTS if any(sheet.name in column.ref.split("|") for column in other.columns)]:
        said.append(f"{WORDS['by'].say(lang)}: {', '.join(f'[{name}]({name}.md)' for name in by)}.")
    return " ".join(said)


def _columns(sheet: Sheet, columns: Iterable[Column], first: str, lang: Lang) -> str:
    heads = [HEADS[name].say(lang)
             for name in (first, "title", "unit", "type", "blank", "allowed", "ref", "note", "example")]
    return table(heads, (_column(sheet, column, lang) for column in columns))


def _column(sheet: Sheet, column: Column, lang: Lang) -> tuple[str, ...]:
    ref = (f" {describe.OR.say(lang)} ".join(f"[{name}]({name}.md)" for name in column.ref.split("|")) if column.ref
           else "")
    default = f"`{describe.shown(column.default)}`" if column.default is not None else describe.blank(column, lang)
    choices = ", ".join(f"`{value}`" for value in column.one_of) if len(column.one_of) <= describe.MANY else ""
    some = example(column, sheet.name)
    return (
        f"`{describe.heading(column)}`", column.text.say(lang), describe.unit(column, lang),
        describe.KIND[column.kind].say(lang), default,
        choices or describe.span(column), ref, column.note.say(lang),
        "" if some is None else f"`{describe.shown(some)}`",
    )


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
                     for line in lines)
