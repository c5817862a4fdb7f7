"""The text of a GeoJSON collection (RFC 7946), feature by feature: all at once take ten times as much memory as the
file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from jaryq.workbook.register.parts import BadRegister, unreadable

_BLANK = re.compile(r"[ \t\r\n]*")
MOST_DIGITS = 4000
"""Of whole numbers: Python makes none of longer ones."""


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < MOST_DIGITS else digits


_DECODER = json.JSONDecoder(parse_int=_whole)


class Collection:
    """A text read from its begin to its end. ``members``: what it has besides the features, as far as it was read."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0
        self.members: dict[str, Any] = {}

    def features(self) -> Iterator[dict[str, Any]]:
        """Features of the collection's own list; one of the same name deeper in it is none. Raises BadRegister where
        the text is no JSON to its very end, or has no such list, or two."""
        found = False
        self._take("{")
        while not (self._next("}") and not self.members and not found):
            name = self._value()
            if not isinstance(name, str):
                raise self._damaged()
            self._take(":")
            if name == "features":
                if found or not self._next("["):
                    raise unreadable("it needs one list of features", "в нём нужен один список features")
                found = True
                yield from self._list()
            else:
                self.members[name] = self._value()
            if not self._next(","):
                break
            self._take(",")
        self._take("}")
        self._blank()
        if self.place < len(self.text):
            raise self._damaged()
        if not found:
            raise unreadable("it has no list of features", "в нём нет списка features")

    def _list(self) -> Iterator[dict[str, Any]]:
        self._take("[")
        while not self._next("]"):
            feature = self._value()
            if not isinstance(feature, dict) or not isinstance(feature.setdefault("properties", {}), dict | None):
                raise unreadable(f"no feature ends at character {self.place}",
                                 f"на знаке {self.place} заканчивается не объект")
            yield feature
            if self._next("]"):
                break
            self._take(",")
            if self._next("]"):
                raise self._damaged()
        self._take("]")

    def _blank(self) -> None:
        found = _BLANK.match(self.text, self.place)
        self.place = found.end() if found else self.place

    def _next(self, mark: str) -> bool:
        self._blank()
        return self.text.startswith(mark, self.place)

    def _take(self, mark: str) -> None:
        if not self._next(mark):
            raise self._damaged()
        self.place += 1

    def _value(self) -> Any:
        self._blank()
        try:
            value, self.place = _DECODER.raw_decode(self.text, self.place)
        except (ValueError, RecursionError) as error:
            raise self._damaged() from error
        return value

    def _damaged(self) -> BadRegister:
        return unreadable(f"it is damaged or cut off at character {self.place + 1}",
                          f"он повреждён или обрезан на знаке {self.place + 1}")
