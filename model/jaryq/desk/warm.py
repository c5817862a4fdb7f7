"""The process of a what-if: one case, its divisible plan kept warm, moved again and again.

``python -m jaryq.desk.warm SOURCE SCENARIO`` reads questions (a line of JSON each: ``number``, ``changes``) and writes
answers likewise: ``ready``; of the last question asked ``moved``, then, if nothing else is asked meanwhile, ``proved``;
or ``refused`` with the sentences that say why. It ends when nobody can ask any more.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jaryq.api.again_decision import Moved, Passed, moved, proved, standing_of
from jaryq.base.errors import Infeasible, InputRejected, JaryqError, Told
from jaryq.base.faults import fault
from jaryq.base.text import LANGS, Text

QUIET = 1.0
"""Seconds without a question after which the last answer is proved."""

MOST_SAID = 8

Answer = Callable[[dict[str, Any]], None]


def main(source: Path, scenario: str) -> int:
    """Answer until the questions end."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing else may stand among the answers

    def answer(said: dict[str, Any]) -> None:
        out.write(json.dumps(said, ensure_ascii=False) + "\n")
        out.flush()

    asked: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    begun = time.perf_counter()
    try:
        standing = standing_of(source, scenario)
        first = moved(standing, ())
    except (JaryqError, OSError, MemoryError) as error:
        answer({"kind": "refused", "number": 0, "said": said_of(error)})
        return 1
    answer({**_told(first, 0), "kind": "ready", "seconds": time.perf_counter() - begun})
    waiting: dict[int, Moved] = {0: first}  # to be proved: the last question, and the case as it stands
    while True:
        try:
            question = asked.get(timeout=QUIET) if waiting else asked.get()
            while not asked.empty():
                question = asked.get()
        except queue.Empty:
            number = max(waiting)
            _tried(answer, number, partial(_proved, waiting.pop(number), number))
            continue
        number = int(question["number"])
        made: list[Moved] = []

        def ask(question: dict[str, Any] = question, number: int = number,
                made: list[Moved] = made) -> dict[str, Any]:
            begun = time.process_time()
            made.append(moved(standing, [str(change) for change in question["changes"]], asked.empty))
            return {**_told(made[0], number), "kind": "moved", "effort": time.process_time() - begun}

        _tried(answer, number, ask)
        waiting = {0: waiting[0]} if 0 in waiting else {}
        if made:
            waiting[number] = made[0]


def _proved(one: Moved, number: int) -> dict[str, Any]:
    """Proved as an answer; of the case as it stands in place of what it was compared with until now."""
    return {**_told(proved(one), number), "kind": "proved" if number else "ready"}


def _tried(answer: Answer, number: int, ask: Callable[[], dict[str, Any]]) -> None:
    try:
        answer(ask())
    except Passed:
        pass  # the next question is there already
    except (JaryqError, OSError, MemoryError) as error:
        answer({"kind": "refused", "number": number, "said": said_of(error)})


def _told(one: Moved, number: int) -> dict[str, Any]:
    return {"number": number, "shown": one.shown, "seconds": one.seconds, "proved": one.proved,
            "changes": list(one.changes), "remark": None if one.remark is None else _said(one.remark)}


def said_of(error: Exception) -> list[list[str]]:
    """Why there is no answer, in every language: issues that stop, rules that contradict each other, or the sentence
    of the error."""
    if isinstance(error, InputRejected):
        return [[issue.say(lang) for lang in LANGS] for issue in error.issues if issue.severity == "stop"][:MOST_SAID]
    if isinstance(error, Infeasible) and error.limits:
        return [_said(CONTRADICT), *(_said(limit) for limit in error.limits[:MOST_SAID])]
    if isinstance(error, OSError | MemoryError):
        error = fault(error)
    return [_said(error.text) if isinstance(error, Told) else [str(error)] * len(LANGS)]


CONTRADICT = Text("No plan keeps all hard rules; these contradict each other:",
                  "Нет плана, который соблюдает все жёсткие правила; противоречат друг другу:")


def _said(text: Text) -> list[str]:
    return [text.say(lang) for lang in LANGS]


def _listen(asked: queue.Queue[dict[str, Any]]) -> None:
    for line in sys.stdin:
        asked.put(json.loads(line))
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
