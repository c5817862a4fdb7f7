"""The changes of a draft in their order: who made them, and which a visitor may take back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from jaryq.base.text import Text
from jaryq.desk.carried import Change
from jaryq.desk.refused import Refused
from jaryq.desk.said import shown_of
from jaryq.desk.titled import titles_of

COVERED = Text("{sheet}, {column}: another visitor has put {held} over your {value}; nothing was taken back",
               "{sheet}, {column}: другой посетитель ввёл {held} поверх вашего {value}; ничего не отменено")


class Covered(Refused):
    """``change`` cannot be taken back: another lies on its cell."""

    def __init__(self, text: Text, change: Change) -> None:
        super().__init__(text)
        self.change = change


@dataclass
class Steps:
    """The changes that were ``made``, and those that were taken back (``undone``), in their order."""

    made: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """A new change: what its visitor had taken back is gone."""
        self.made.append(change)
        self.undone = [one for one in self.undone if one.by != change.by]

    def to_undo(self, by: str | None, but: Collection[Change] = ()) -> Change | None:
        """The last change of a visitor (None: of anybody) but some. Raises Covered where a later one lies on its
        cell."""
        found = next((one for one in reversed(self.made) if by in (None, one.by)
                      and not any(one is other for other in but)), None)
        if found is None:
            return None
        above = [one for one in self.made[_place(self.made, found) + 1:] if _cell(one) == _cell(found)]
        if above:
            sheet, column = titles_of(found.sheet, found.column)
            raise Covered(COVERED.fill(sheet=sheet, column=column, held=worded(above[-1].new),
                                       value=worded(found.new)), found)
        return found

    def take_back(self, change: Change) -> None:
        """A change is made no more, and may be made again."""
        del self.made[_place(self.made, change)]
        self.undone.append(change)

    def to_redo(self, by: str | None) -> Change | None:
        """What a visitor took back last; it is taken off the list."""
        found = next((one for one in reversed(self.undone) if by in (None, one.by)), None)
        if found is not None:
            del self.undone[_place(self.undone, found)]
        return found


def worded(value: object) -> str:
    """A value in a sentence."""
    return "–" if value is None else str(shown_of(value))


def _place(changes: list[Change], change: Change) -> int:
    return next(place for place, one in enumerate(changes) if one is change)


def _cell(change: Change) -> tuple[str, int, str]:
    return change.sheet, change.row, change.column
