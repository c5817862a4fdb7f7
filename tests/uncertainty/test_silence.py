"""A run of many parts is never silent for long: what it is at, for how long, how long the longest part may take; and
what is kept when it is stopped."""

import time

import numpy as np
import pytest

from jaryq.api.uncertain.hands import kept_work, one_hand
from jaryq.commands import progressing, uncertain
from jaryq.commands.progressing import PIECES, Progressing
from jaryq.commands.uncertain import _kept as kept
from jaryq.uncertainty.pieces import Piece
from jaryq.uncertainty.two_stage import FIRST, LAST
from tests.sampled import exhaustive_but_for


def slow(seconds):
    time.sleep(seconds)
    return (np.array([seconds]),)


def quick(*_):
    return (np.array([1.0]),)


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(progressing, "SILENCE", 0.2)


@exhaustive_but_for("en-*")
@pytest.mark.parametrize(("lang", "said"), [("en", "still at it: the least largest regret, 0 of 1 parts, for"),
                                            ("ru", "продолжается: наименьшее из наибольших сожалений, частей 0 из 1, "
                                                   "уже")])
def test_a_long_part_is_no_silence(short, tmp_path, capsys, lang, said):
    """A part of 1.5 s where a fifth of a second is long: lines between, not one alone; none once the run is over."""
    going = Progressing(lang, PIECES)

    def work(going):
        going.step(LAST)
        return kept_work(tmp_path, one_hand, resume=False, going=going)([Piece(slow, (1.5,))])

    kept(going, tmp_path, lang, work)
    lines = capsys.readouterr().err.splitlines()
    assert sum(said in line for line in lines) >= 3
    time.sleep(0.4)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("lang", "step", "done", "said"), [
    ("en", FIRST, 2, "still at it: each future, if it were known, and all side by side, 2 of 6 parts, for 0 s now; the "
                     "longest part is the last, all futures side by side, and there is no measure of it: it takes "
                     "longer than any before it"),
    ("ru", FIRST, 0, "продолжается: каждый вариант, если бы он был известен, и все рядом, частей 0 из 6, уже 0 с; "
                     "дольше всех последняя часть, все варианты вместе, и оценить её не по чему: она длится дольше "
                     "каждой из прежних"),
    ("en", "", 0, "still at it: 0 of 6 parts, for 0 s now; there is no measure of how long the rest takes before one "
                  "has ended"),
    ("en", "", 1, "still at it: 1 of 6 parts, for 0 s now")])
def test_what_nothing_measures_is_said(lang, step, done, said):
    """The remaining time follows from what has ended; of the program of all futures side by side from nothing."""
    going = Progressing(lang, PIECES)
    if step:
        going.step(step)
    for number in range(done + 1):
        going(number, 6)
    assert going._still() == said


def test_planning_the_base_is_no_silence(short, tmp_path, monkeypatch, capsys):
    """Where there is no plan yet the command plans first; a step of 1.5 s where a fifth of a second is long."""
    def planned(source, scenario, home, lang, say, **_):
        say("searching for whole plans")
        time.sleep(1.5)

    monkeypatch.setattr(uncertain, "ground", planned)
    uncertain._stands(uncertain.Asked(tmp_path / "none.xlsx", "base", tmp_path / "out", "en"), uncertain=False)
    lines = capsys.readouterr().err.splitlines()
    assert sum("still at it: searching for whole plans, for" in line for line in lines) >= 3


def test_how_long_the_last_program_may_take(tmp_path, capsys, monkeypatch):
    """The longest part took 70 s: 2 to 15 times as long is 2 to 18 minutes. Where none was computed that is said; where
    parts take moments, nothing."""
    now = [100.0]
    monkeypatch.setattr(progressing.time, "monotonic", lambda: now[0])

    def of(seconds):
        going = Progressing("en", PIECES)
        going(0, 2)
        for done in range(1, 3) if seconds else ():
            now[0] += seconds
            going(done, 2)
        capsys.readouterr()
        going.step(LAST)
        return capsys.readouterr().err

    assert (
        "takes 2 to 15 times as long as the longest part so far (70 s): 2 min to 18 min. Ctrl-C keeps all parts before "
        "it" in of(70.0))
    assert "no part before it was computed in this run" in of(0.0)
    assert len(of(0.5).splitlines()) == 1


def test_a_stop_in_the_last_part_counts_what_is_kept(tmp_path, capsys):
    """Three parts, then a fourth alone that is stopped (Ctrl-C): three are kept, and going on computes the fourth
    alone."""
    def stopped():
        raise KeyboardInterrupt

    going = Progressing("en", PIECES)
    first = [Piece(quick, (number,)) for number in range(3)]

    def work(going, last, asked=None):
        hands = one_hand if asked is None else lambda pieces: asked.append(len(pieces)) or one_hand(pieces)
        each = kept_work(tmp_path / "pieces", hands, resume=asked is not None, going=going)
        return each(first), going.step(LAST), each([last])

    with pytest.raises(KeyboardInterrupt):
        kept(going, tmp_path, "en", lambda going: work(going, Piece(stopped, ())))
    assert "stopped; 3 parts are kept in" in capsys.readouterr().err
    asked = []
    kept(Progressing("en", PIECES), tmp_path, "en", lambda going: work(going, Piece(quick, ("last",)), asked))
    assert asked == [0, 1]
