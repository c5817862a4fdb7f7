"""A text in the languages of the users, and the choice of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["en", "ru"]
LANGS: tuple[Lang, ...] = ("en", "ru")


@dataclass(frozen=True)
class Text:
    """One text in English and Russian. A language may be added as a field: the type checker then lists every gap."""

    en: str
    ru: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.ru.strip():
            raise ValueError(f"a text needs both languages: {self!r}")

    def say(self, lang: Lang = "en", **slots: object) -> str:
        """The text in ``lang`` with its ``{slots}`` filled; a slot's own text is rendered in the same language."""
        template = self.ru if lang == "ru" else self.en
        if not slots:
            return template
        filled = {key: value.say(lang) if isinstance(value, Text) else value for key, value in slots.items()}
        return template.format(**filled)
