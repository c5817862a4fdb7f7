"""Sheets and columns as a visitor sees them: by their titles, in every language."""

from __future__ import annotations

from jaryq.base.text import LANGS, Text
from jaryq.sheets.describe import title
from jaryq.sheets.inputs import INPUT


def titles_of(sheet: str, column: str = "") -> tuple[Text, Text]:
    """Titles of a sheet and of one of its columns; the names themselves where nothing declares them."""
    declared = INPUT.get(sheet)
    if declared is None:
        return Text(sheet, sheet), Text(column, column)
    found = declared.column(column) if column else None
    return (_text({lang: declared.title(lang) for lang in LANGS}),
            Text(column, column) if found is None else _text({lang: title(found, column, lang) for lang in LANGS}))


def _text(said: dict[str, str]) -> Text:
    return Text(said["en"], said["ru"], kk=said["kk"], ja=said["ja"])
