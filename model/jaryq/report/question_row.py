"""A question of a meeting with its answer: whole, and as short as the front page of answers has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jaryq.base.text import Text
from jaryq.report.question_changes import sentences

ROOM = 240
"""Letters of a short answer at most: two lines of the page."""


class Row(NamedTuple):
    """A question; its answer (none: only the command answers it); where it is answered in full; the answer in short, if
    the page of answers tells it."""

    question: Text
    answer: Text | None
    more: Text
    short: Text | None = None


def row_of(question: Text, parts: Sequence[Text], more: Text) -> Row:
    """The row of an answer in sentences, the short one of the first of them."""
    return Row(question, sentences(parts), more, leading(parts))


def leading(parts: Sequence[Text]) -> Text:
    """As many of the first sentences as are short enough in both languages, the same in each; one at least."""
    made = sentences(parts[:1])
    for count in range(2, len(parts) + 1):
        longer = sentences(parts[:count])
        if max(len(longer.en), len(longer.ru)) > ROOM:
            break
        made = longer
    return made


def first_told(rows: Iterable[Row]) -> list[Row]:
    """Rows of one kind, of which the page of answers tells the first."""
    return [row if place == 0 else row._replace(short=None) for place, row in enumerate(rows)]
