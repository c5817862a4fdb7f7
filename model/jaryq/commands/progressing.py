"""How far a run of many futures is, how long the rest takes, and that it is still at it where nothing ends for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from jaryq.api.uncertain.batches import Left
from jaryq.api.uncertain.run import FIRST, LAST
from jaryq.base.text import Lang, Text
from jaryq.commands.messages import step_in
from jaryq.commands.plan import Progress

FUTURES = Text("{done} of {count} futures", "вариантов {done} из {count}")
PIECES = Text("{done} of {count} parts", "частей {done} из {count}")
ENDED = Text("{done} parts", "частей {done}")
LEFT = Text("{said}; about {left} left", "{said}; осталось примерно {left}")
SECONDS, MINUTES = Text("{value:.0f} s", "{value:.0f} с"), Text("{value:.0f} min", "{value:.0f} мин")

STILL = Text("still at it: {said}, for {time} now", "продолжается: {said}, уже {time}")

NO_MEASURE = Text("{said}; there is no measure of how long the rest takes before one has ended",
                  "{said}; пока ни одна не закончилась, оценить остаток не по чему")

SIDE_BY_SIDE = Text("{said}; the longest part is the last, all futures side by side, and there is no measure of it: it "
                    "takes longer than any before it",
                    "{said}; дольше всех последняя часть, все варианты вместе, и оценить её не по чему: она длится "
                    "дольше каждой из прежних")

LONG = Text("this is one program of all futures together with a row for the regret of each; by what was measured it "
            "takes {least} to {most} times as long as the longest part so far ({time}): {low} to {high}. Ctrl-C keeps "
            "all parts before it, --resume begins with it",
            "это одна программа всех вариантов вместе со строкой на сожаление каждого; по измерениям она длится от "
            "{least} до {most} времён самой долгой из прежних частей ({time}): от {low} до {high}. Ctrl-C сохраняет "
            "все прежние части, --resume начнёт с неё")

UNMEASURED = Text("this is one program of all futures together with a row for the regret of each; no part before it "
                  "was computed in this run, so that nothing says how long it takes: on a case of 250 facilities and "
                  "five futures 1 to 5 minutes of processor. Ctrl-C keeps all parts before it, --resume begins with "
                  "it",
                  "это одна программа всех вариантов вместе со строкой на сожаление каждого; прежние части в этот раз "
                  "не считались, поэтому её время не оценить: для 250 объектов и пяти вариантов от 1 до 5 минут "
                  "процессора. Ctrl-C сохраняет все прежние части, --resume начнёт с неё")

TIMES = 2, 15
"""How many times as long as the longest part before it the program of the least largest regret takes: 2.2 and 3.8 to
12 on the shipped case, money of early years held and open."""

SILENCE = 20.0
"""Seconds without a line after which it is said that the run goes on."""

MOMENT = 2.0
"""Seconds of the longest part up to which the last program is no matter of waiting."""


class Progressing:
    """Says how many futures (or parts) are done and how long the rest takes."""

    def __init__(self, lang: Lang, of: Text = FUTURES) -> None:
        self.say, self.lang, self.of, self.done, self.count = Progress(lang), lang, of, 0, 0
        self.left = Left(self._told)
        self.before, self.longest, self.at = 0, 0.0, ""
        self.spoken = self.begun = self.ended = time.monotonic()

    @property
    def said(self) -> str:
        """What is done, of all lots."""
        if self.before:
            return ENDED.say(self.lang, done=self.before + self.done)
        return self.of.say(self.lang, done=self.done, count=self.count)

    def step(self, step: str) -> None:
        """A step begins; of the longest one it is said how long it may take."""
        self.before, self.done, self.count = self.before + self.done, 0, 0
        self.at, self.begun = step, time.monotonic()
        self._line(step)
        if step == LAST and self.longest > MOMENT:
            self._line(LONG.say(self.lang, least=TIMES[0], most=TIMES[1], time=self._time(self.longest),
                                low=self._time(TIMES[0] * self.longest), high=self._time(TIMES[1] * self.longest)))
        elif step == LAST and self.longest == 0.0:
            self._line(UNMEASURED.say(self.lang))

    def __call__(self, done: int, count: int) -> None:
        now = time.monotonic()
        if done < self.done or count != self.count:  # another lot
            self.before += self.done
            self.left = Left(self._told)
        elif done > self.done:
            self.longest = max(self.longest, now - self.ended)
        self.done, self.count, self.ended = done, count, now
        self.left(done, count)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """While this goes on, a line at least every so many seconds."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(min(SILENCE / 4.0, 1.0)):
                if time.monotonic() - self.spoken >= SILENCE:
                    self._line(self._still())

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def heard(self, step: str) -> None:
        """A step of what comes before: said where a plan would say it."""
        lines, self.at, self.begun = self.say.lines, step, time.monotonic()
        self.say(step)
        if self.say.lines > lines:
            self.spoken = time.monotonic()

    def _still(self) -> str:
        """What it is at and for how long, and where nothing measures the rest, that."""
        parts = [step_in(self.at, self.lang)] if self.at else []
        if self.count:
            parts.append(self.of.say(self.lang, done=self.done, count=self.count))
        spent = self._time(time.monotonic() - max(self.begun, self.ended))
        said = STILL.say(self.lang, said=", ".join(parts), time=spent)
        if self.at == FIRST and self.count:
            return SIDE_BY_SIDE.say(self.lang, said=said)
        return NO_MEASURE.say(self.lang, said=said) if self.count > 1 and not self.done else said

    def _told(self, done: int, count: int, left: float | None) -> None:
        said = self.of.say(self.lang, done=done, count=count)
        if left is not None:
            said = LEFT.say(self.lang, said=said, left=self._time(left))
        self._line(said)

    def _line(self, said: str) -> None:
        self.spoken = time.monotonic()
        self.say(said, always=True)

    def _time(self, seconds: float) -> str:
        return (SECONDS.say(self.lang, value=seconds) if seconds < 100
                else MINUTES.say(self.lang, value=seconds / 60))
