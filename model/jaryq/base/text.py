"""A text in the languages of the users, and the choice of one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from jaryq.base.catalogue import translation

Other = TypeVar("Other")

Lang = Literal["en", "ru", "kk", "ja"]
LANGS: tuple[Lang, ...] = ("en", "ru", "kk", "ja")
"""English and Russian stand beside each other in the code; Kazakh and Japanese come from ``translations.csv``."""
LANG_AT: Mapping[object, Lang] = {lang: lang for lang in LANGS}
"""Languages by what somebody wrote."""

UNREVIEWED: tuple[Lang, ...] = ("kk", "ja")
"""Languages that no native speaker has read yet: what is written in them says so. They cover titles, headings, units
and the partner page."""


COMMA: tuple[Lang, ...] = ("ru", "kk")
"""Languages that write 1 234,5."""

_MARKS = str.maketrans({",": "\u00a0", ".": ","})


def _marked(value: object, lang: Lang) -> object:
    return _Marked(value) if lang in COMMA and isinstance(value, int | float) and not isinstance(value, bool) else value


class _Marked:
    """A number that is formatted with a decimal comma, and blanks between thousands."""

    def __init__(self, number: int | float) -> None:
        self.number = number

    def __format__(self, spec: str) -> str:
        return format(self.number, spec).translate(_MARKS)


_PERCENT = re.compile(r"(?<=\d) %")
_DECIMAL = re.compile(r"(?<![\w.,«“\"'/])([-+−]?\d+)\.(\d+)(?![\w.»”\"'/])")
"""A number with a decimal point in a sentence; not in quotes, where it is somebody's own text, nor in a name."""

_NOISE = re.compile(r"-?\d+\.\d{12,}(?:e[-+]?\d+)?")


def with_marks(sentence: str, lang: Lang) -> str:
    """A sentence with the decimal marks of its language in numbers that were put into it as texts."""
    return _DECIMAL.sub(r"\1,\2", sentence) if lang in COMMA else sentence


def without_noise(number: str) -> str:
    """``62.4`` for ``62.40000000000001``: the text of a number without what binary arithmetic leaves at its end."""
    return f"{float(number):.12g}" if _NOISE.fullmatch(number) else number


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def holdable(text: str) -> str:
    """A text that a workbook can hold: what XML has no place for becomes ``\ufffd``."""
    return _NO_XML.sub("\ufffd", text)


def unbroken(text: str) -> str:
    """A text in which no line breaks between a figure and its percent sign."""
    return _PERCENT.sub("\u00a0%", text) if " %" in text else text


def printable(text: str, keep: str = "") -> str:
    """A text that screens, XML and UTF-8 take as it is: controls, marks that turn the direction of writing, halves of
    characters (bytes of a file name that are no UTF-8) and what is no character become ``\ufffd``; those in ``keep``
    stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: found[0] if found[0] in keep else "\ufffd", text)


@dataclass(frozen=True)
class Text:
    """One text in English and Russian. Kazakh and Japanese are looked up by the English text unless they are given.

    A text without a translation is said in Russian to readers of Kazakh, in English to readers of Japanese.
    """

    en: str
    ru: str
    kk: str = ""
    ja: str = ""

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.ru.strip():
            raise ValueError(f"a text needs both languages: {self!r}")

    def say(self, lang: Lang = "en", **slots: object) -> str:
        """The text in ``lang`` with its ``{slots}`` filled: a slot's own text in the same language, numbers with its
        marks."""
        template = self._template(lang)
        if not slots:
            return template
        return template.format(**{key: value.say(lang) if isinstance(value, Text) else _marked(value, lang)
                                  for key, value in slots.items()})

    def fill(self, **slots: object) -> Text:
        """The same text with its slots filled in every language: translations are found by the text before it is
        filled."""
        return Text(*(self.say(lang, **slots) for lang in LANGS))

    def all(self) -> dict[Lang, str]:
        """The text in every language."""
        return {lang: self.say(lang) for lang in LANGS}

    def lacks(self, lang: Lang) -> bool:
        """Whether another language stands in for ``lang``."""
        return not (self._given(lang) or translation(self.en, lang))

    def _given(self, lang: Lang) -> str:
        return {"en": self.en, "ru": self.ru, "kk": self.kk, "ja": self.ja}[lang]

    def _template(self, lang: Lang) -> str:
        if lang == "en":
            return self.en
        if lang == "ru":
            return self.ru
        return self._given(lang) or translation(self.en, lang) or (self.ru if lang == "kk" else self.en)


def word(value: Text | Other, lang: Lang) -> str | Other:
    """A text in a language; what is none stays what it is."""
    return value.say(lang) if isinstance(value, Text) else value


NOT_REVIEWED = Text("Titles, headings and units in this language have not been reviewed by a native speaker.",
                    "Названия, заголовки и единицы на этом языке не проверены носителем языка.")
"""Stands on what is written in a language of ``UNREVIEWED``."""
