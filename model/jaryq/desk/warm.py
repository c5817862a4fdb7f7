"""The process of a what-if: one case, its divisible plan kept warm, moved again and again.

``python -m jaryq.desk.warm SOURCE SCENARIO`` reads questions (a line of JSON each: ``number``, ``by``, ``changes``)
and writes answers likewise: ``ready``; of the last question of each visitor ``moved``, then, once nothing else is
asked, ``proved``; or ``refused`` with the sentences that say why. It ends when nobody can ask any more.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jaryq.api.again import Standing
from jaryq.api.again_decision import Moved, Passed, moved, proved, standing_of
from jaryq.base.collector import no_collector, stays
from jaryq.base.errors import Infeasible, InputRejected, JaryqError, Told
from jaryq.base.faults import fault
from jaryq.base.text import LANGS, Text

WAKES = getattr(signal, "SIGUSR1", None)
"""Tells the thread that computes of a question, where the system has it: a proof is left at once, not at its next step
only (which may be a second away)."""

QUIET = 1.0
"""Seconds without a question after which the last answer is proved."""

MOST_SAID = 8

MOST_HELD = 3
"""What is moved and not proved yet that is held: each is a program of its own."""

NOBODY = None
"""Who asks for the case as it stands."""

Question = dict[str, Any]
Answer = Callable[[dict[str, Any]], None]


def main(source: Path, scenario: str) -> int:
    """Answer until the questions end."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing else may stand among the answers

    def answer(said: dict[str, Any]) -> None:
        out.write(json.dumps(said, ensure_ascii=False) + "\n")
        out.flush()

    asked: queue.Queue[dict[str, Any]] = queue.Queue()
    if WAKES is not None:
        signal.signal(WAKES, signal.SIG_IGN)
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    begun = time.perf_counter()
    with no_collector():
        try:
            standing = standing_of(source, scenario)
            first = moved(standing, ())
        except (JaryqError, OSError, MemoryError) as error:
            answer({"kind": "refused", "number": 0, "changes": (), "said": said_of(error)})
            return 1
        answer({**_told(first, 0), "kind": "ready", "seconds": time.perf_counter() - begun})
    stays()
    turns = Turns(standing, first, asked, answer)
    if WAKES is not None:
        signal.signal(WAKES, turns.give_way)
    turns.go()
    return 0


@dataclass(eq=False)
class Turns:
    """Who is answered next: of every visitor his last question, the newest first; then, while nobody asks, what was
    answered is proved, the newest first too. ``held``: what was moved last and may be proved yet, by changes."""

    standing: Standing
    first: Moved
    asked: queue.Queue[Question]
    answer: Answer
    waiting: dict[str, Question] = field(default_factory=dict)
    unproved: dict[str | None, Question] = field(default_factory=dict)
    held: dict[tuple[str, ...], Moved] = field(default_factory=dict)
    proving: bool = False

    def __post_init__(self) -> None:
        self.unproved[NOBODY] = {"number": 0, "changes": ()}

    def go(self) -> None:
        """Answer for ever."""
        while True:
            self.turn()

    def turn(self) -> None:
        """One answer, or one proof. The collector of garbage looks through what was made, and what is held no longer
        goes, once the answer is out: nobody waits for either."""
        self.hear()
        with no_collector():
            if self.waiting:
                self.move(*self.waiting.popitem())
            elif self.unproved:
                self.prove(next(reversed(self.unproved.values())))
        while len(self.held) > MOST_HELD:
            del self.held[next(iter(self.held))]

    def hear(self) -> None:
        """Take up all questions that are there; where nothing is left to do, wait for one."""
        wait = None if not self.unproved else QUIET
        with suppress(queue.Empty):
            if not self.waiting:
                self.take(self.asked.get(timeout=wait))
            while True:
                self.take(self.asked.get_nowait())

    def take(self, question: Question) -> None:
        """A question stands in place of the visitor's earlier one; one without changes only ends that."""
        by = str(question["by"])
        self.waiting.pop(by, None)
        self.unproved.pop(by, None)
        if question["changes"] is not None:
            self.waiting[by] = {**question, "changes": tuple(str(change) for change in question["changes"])}

    def move(self, by: str, question: Question) -> None:
        """Answer a question; where somebody asks meanwhile, it waits behind him."""
        begun = time.process_time()
        try:
            one = self.moved(question["changes"])
        except Passed:
            self.waiting[by] = question
        except (JaryqError, OSError, MemoryError) as error:
            self.refuse(question, error)
        else:
            effort = time.process_time() - begun
            self.answer({**_told(one, question["number"]), "kind": "moved", "effort": effort})
            self.unproved[by] = question

    def moved(self, changes: tuple[str, ...]) -> Moved:
        """With changes; found once while it is held."""
        if not changes:
            return self.first
        one = self.held.pop(changes, None) or moved(self.standing, changes, self.asked.empty)
        self.held[changes] = one
        return one

    def prove(self, question: Question) -> None:
        """Prove an answer, for all who asked the same; where somebody asks meanwhile, it stays to be proved."""
        changes, number = question["changes"], question["number"]
        try:
            one = self._proved(self.moved(changes))
        except Passed:
            return
        except (JaryqError, OSError, MemoryError) as error:
            self.refuse(question, error)
        else:
            self.answer({**_told(one, number), "kind": "proved" if changes else "ready"})
        self.held.pop(changes, None)
        self.unproved = {one: other for one, other in self.unproved.items() if other["changes"] != changes}

    def _proved(self, one: Moved) -> Moved:
        self.proving = True
        try:
            return proved(one, self.asked.empty)
        finally:
            self.proving = False

    def give_way(self, *_: object) -> None:
        """A handler of signals: raises Passed where something is being proved."""
        if self.proving:
            self.proving = False
            raise Passed

    def refuse(self, question: Question, error: Exception) -> None:
        self.answer({"kind": "refused", "number": question["number"], "changes": question["changes"],
                     "said": said_of(error)})


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


def wake() -> None:
    """Have the main thread hear of a question at once, if it can."""
    if WAKES is not None:
        signal.pthread_kill(threading.main_thread().ident or 0, WAKES)


def _listen(asked: queue.Queue[dict[str, Any]]) -> None:
    for line in sys.stdin:
        asked.put(json.loads(line))
        wake()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
