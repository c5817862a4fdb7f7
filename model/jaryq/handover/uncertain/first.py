"""The first page on uncertain inputs, in words: what each of the pages behind it says."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field


def in_words(pages: Sequence[Front]) -> Front:
    """All sentences of all pages under their titles; a page without a sentence is named."""
    rows = tuple((page.title, sentence) for page in pages
                 for sentence in page.sentences or (Text("see the page", "см. страницу"),))
    said = (Text("No page has been computed yet.", "Ни одна страница ещё не рассчитана."),) if not rows else ()
    return Front("first", Text("What is robust, what is not", "Что устойчиво, а что нет"),
                 Text("What would change the decision: each line is the result of the page it names.",
                      "Что изменило бы решение: каждая строка - вывод названной страницы."), (), said, (),
                 (Block(Text("In words", "Словами"), (Field(Text("Page", "Страница")), Field(Text("Result", "Вывод"))),
                        rows, whole=True),) if rows else ())
