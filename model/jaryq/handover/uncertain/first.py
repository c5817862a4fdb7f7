"""The first page on uncertain inputs, in words: what is robust, what is not, what would change the decision, which
commands would tell more, and what each of the pages behind it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field

PARTS: Mapping[str, tuple[Text, Text]] = {
    "robust": (Text("What is robust", "Что устойчиво"),
               Text("No command that tells it has been run: see the table “Not computed yet”.",
                    "Ни одна команда, которая это показывает, ещё не запускалась: см. таблицу «Ещё не рассчитано».")),
    "open": (Text("What is not", "Что нет"),
             Text("No page names a facility that hangs on what comes.",
                  "Ни одна страница не называет объекта, который зависит от того, что сбудется.")),
    "changes": (Text("What would change the decision", "Что изменило бы решение"),
                Text("No page names what would change the decision.",
                     "Ни одна страница не называет того, что изменило бы решение."))}
"""Parts of what pages say of the decision: heading, and what stands where no page says anything."""

TELLS: Mapping[str, Text] = {
    "ensemble": Text("which facilities are taken whatever comes, which hang on it, and on what values of which input",
                     "какие объекты выбраны при любом будущем, какие от него зависят и от каких значений каких данных"),
    "sweep": Text("which facilities come in, go out or begin at another time with each input alone at its low and its "
                  "high value", "какие объекты входят, выходят или начинаются иначе, когда одно данное на низком или "
                                "высоком значении"),
    "stages": Text("what to begin now for all scenarios together, and what would be begun otherwise if one were known "
                   "to come", "что начинать сейчас сразу для всех сценариев и что начинать иначе, если бы сценарий был "
                              "известен"),
    "regret": Text("what it costs to have decided for another scenario than comes",
                   "во сколько обходится решение, принятое не для того сценария, который сбылся"),
    "front": Text("which facilities come in or go out as one aim is wanted more than another; with --within: which are "
                  "open at almost no cost", "какие объекты входят или выходят, когда одна цель важнее другой; с "
                                            "--within: какие можно взять или оставить почти без потерь"),
    "stress": Text("what the debt becomes when the currency falls or rates rise",
                   "каким станет долг при падении валюты или росте ставок"),
}
"""What each command tells of the decision."""


def in_words(pages: Sequence[Front], missing: Sequence[str] = ()) -> Front:
    """What the pages say of the decision, part by part; which commands have not been run (``missing``) and what they
    would tell; all sentences of all pages under their titles, and a page without a sentence by name."""
    blocks = [*(_part(pages, key) for key in PARTS), _to_run(missing), _said(pages)] if pages else []
    said = () if pages else (Text("No page has been computed yet.", "Ни одна страница ещё не рассчитана."),)
    return Front("first", Text("What is robust, what is not", "Что устойчиво, а что нет"),
                 Text("What holds whatever comes, what hangs on what comes, and what would change the decision, by "
                      "what has been computed; below it each line is the result of the page it names.",
                      "Что верно при любом будущем, что зависит от будущего и что изменило бы решение - по тому, что "
                      "рассчитано; ниже каждая строка - вывод названной страницы."), (), said, (),
                 tuple(block for block in blocks if block.rows), long=True)


def _part(pages: Sequence[Front], key: str) -> Block:
    head, none = PARTS[key]
    rows = [(page.title, sentence) for page in pages if page.verdict is not None
            for sentence in getattr(page.verdict, key)]
    return _block(head, rows or [(Text("All pages", "Все страницы"), none)])


def _to_run(missing: Sequence[str]) -> Block:
    return Block(Text("Not computed yet", "Ещё не рассчитано"),
                 (Field(Text("Command", "Команда")), Field(Text("It would tell", "Она показала бы"))),
                 tuple((f"run.py {name}", TELLS[name]) for name in missing), whole=True)


def _said(pages: Sequence[Front]) -> Block:
    return _block(Text("In words", "Словами"),
                  [(page.title, sentence) for page in pages
                   for sentence in page.sentences or (Text("see the page", "см. страницу"),)])


def _block(head: Text, rows: Sequence[tuple[Text, Text]]) -> Block:
    return Block(head, (Field(Text("Page", "Страница")), Field(Text("Result", "Вывод"))), tuple(rows), whole=True)
