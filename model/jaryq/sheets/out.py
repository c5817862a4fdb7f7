"""Columns of sheets that people read in a plan: short ways to declare them."""

from __future__ import annotations

from jaryq.base.home import BILLION
from jaryq.sheets.spec import Column, Kind
from jaryq.sheets.words import col


def out(name: str, kind: Kind, en: str, ru: str, note_en: str, note_ru: str, unit: str = "", width: int = 12,
         family: str = "") -> Column:
    return col(name, kind, en, ru, note_en, note_ru, unit=unit, width=width, family=family)


def narrow(name: str, kind: Kind, en: str, ru: str, note_en: str, note_ru: str, unit: str = "", width: int = 11,
           family: str = "") -> Column:
    return out(name, kind, en, ru, note_en, note_ru, unit, width, family)


def named(en: str, ru: str, width: int = 34) -> Column:
    return out("name", "text", en, ru, "Name.", "Название.", width=width)


def money(name: str, en: str, ru: str, note_en: str, note_ru: str, family: str = "", unit: str = BILLION,
           width: int = 11) -> Column:
    return out(name, "number", en, ru, note_en, note_ru, unit, width, family)


STATUS = out("data_status", "text", "Data", "Данные", "Weakest status of the figures that its money follows from.",
             "Самый слабый статус величин, из которых следуют его деньги.", width=11)
