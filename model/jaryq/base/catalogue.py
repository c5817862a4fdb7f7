"""Translations into languages that the code itself does not hold: ``translations.csv``, one text in a row, found by its
English.

To add or correct one, edit that file (en, kk, ja; any spreadsheet program opens it). Words in braces are kept as they
are.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from importlib import resources


@functools.cache
def translations() -> Mapping[str, Mapping[str, str]]:
    """Texts by language (kk, ja), each by its English text. Raises ValueError where a text stands twice."""
    text = resources.files("jaryq.base").joinpath("translations.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    english = [row["en"] for row in rows]
    if twice := sorted({text for text in english if english.count(text) > 1}):
        raise ValueError(f"translations.csv has these texts twice: {twice}")
    return {lang: {row["en"]: row[lang] for row in rows if row[lang]} for lang in rows[0] if lang != "en"}


def translation(english: str, lang: str) -> str:
    """The text in ``lang``, empty where there is none."""
    return translations().get(lang, {}).get(english, "")
