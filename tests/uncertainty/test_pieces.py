"""Stages, regret, fronts and stress in pieces: the same answers from one process, two processes and what is kept;
nothing is computed twice."""

import os
import signal
from dataclasses import dataclass

import numpy as np
import pytest

from jaryq.api.uncertain import hands, run
from jaryq.api.uncertain.hands import WorkersGone, far_hands, given_out, kept_work, key_of_piece, many_hands, one_hand
from jaryq.commands import uncertain
from jaryq.commands.cli import main
from jaryq.uncertainty.pieces import Piece
from tests.sampled import exhaustive_beside
from tests.solve.programs import lp
from tests.uncertainty.test_futures import Dying
from tests.uncertainty.test_late_in_scenarios import SLOW
from tests.uncertainty.test_stress import RATES, grounded
from tests.uncertainty.test_what_must_be_done import one_facility


def squares(numbers):
    return (np.asarray(numbers) ** 2, np.array([float(len(numbers))]))


def dies(path, number):
    """Kills its process the first time it is asked."""
    if not path.exists():
        path.write_text("", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return (np.array([number]),)


PIECES = [Piece(squares, (np.arange(n, dtype=float),)) for n in (1, 2, 3, 4)]


def listened(asked_for, hand=one_hand):
    """Hands that note what they are given."""
    def given(pieces):
        asked_for.append(len(pieces))
        yield from hand(pieces)

    return given


def bits(answers):
    return [[part.tobytes() for part in answer] for answer in answers]


def nothing(done, of):
    pass


def test_what_is_kept_is_not_computed_twice(tmp_path):
    """Three of four, then all: one is left; without --resume all are computed anew; a damaged file is one that is not
    there."""
    asked_for, told = [], []
    work = kept_work(tmp_path, listened(asked_for), resume=True, going=lambda done, of: told.append((done, of)))
    work(PIECES[:3])
    whole = work(PIECES)
    assert asked_for == [3, 1]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3), (3, 4), (4, 4)]
    assert bits(whole) == bits(piece.answer() for piece in PIECES)
    path = next(iter(tmp_path.iterdir()))
    path.write_bytes(path.read_bytes()[:40])
    assert bits(work(PIECES)) == bits(whole)
    kept_work(tmp_path, listened(asked_for), resume=False, going=nothing)(PIECES)
    assert asked_for == [3, 1, 1, 4]


def test_a_stopped_run_keeps_what_is_finished(tmp_path):
    def stopped(pieces):
        yield 0, pieces[0].answer()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_work(tmp_path, stopped, resume=False, going=nothing)(PIECES)
    asked_for = []
    kept_work(tmp_path, listened(asked_for), resume=True, going=nothing)(PIECES)
    assert asked_for == [3]


@dataclass(frozen=True)
class Held:
    program: object
    prices: dict


def test_a_key_is_of_all_that_is_asked():
    """Another number anywhere is another key; the order of a mapping, a copy of an array are not."""
    def program_of(one=2.0, high=5.0):
        return lp([((1.0, one), 0.0, 3.0)], {"z": (1.0, 1.0)}, high=(4.0, high))

    program = program_of()

    def key(*args, ask=squares, known=""):
        return key_of_piece(Piece(ask, args, known))

    first = key(Held(program, {"a": 1.0, "b": 2.0}), 3.0, None)
    assert first == key(Held(program_of(), {"b": 2.0, "a": 1.0}), 3.0, None)
    others = [key(Held(program_of(one=np.nextafter(2.0, 3.0)), {"a": 1.0, "b": 2.0}), 3.0, None),
              key(Held(program_of(high=5.5), {"a": 1.0, "b": 2.0}), 3.0, None),
              key(Held(program, {"a": 1.0, "b": 2.5}), 3.0, None),
              key(Held(program, {"a": 1.0, "b": 2.0}), 3.5, None), key(Held(program, {"a": 1.0, "b": 2.0}), 3.0, 0),
              key(Held(program, {"a": 1.0, "b": 2.0}), 3.0, None, ask=dies), key(1, known="x"), key(1, known="y")]
    assert len({first, *others}) == 9
    assert key(1, known="x") == key(2, known="x")


def test_a_worker_that_is_killed_loses_nothing(tmp_path):
    pieces = [Piece(dies, (tmp_path / "once", float(n))) for n in range(3)]
    assert dict(many_hands(1)(pieces)) == {n: (np.array([float(n)]),) for n in range(3)}


def test_a_worker_that_dies_of_every_piece_is_told(monkeypatch):
    monkeypatch.setattr(hands, "ProcessPoolExecutor", Dying)
    with pytest.raises(WorkersGone, match="one of 4 parts") as told:
        list(many_hands(2)(PIECES))
    assert told.value.exit_code == 4
    assert list(given_out(2, (), None, None)) == []


@pytest.fixture(scope="module")
def accepted():
    """F (12, must) that is late in one future, G (7, worth 9) and H (6, worth 8) of free choice; 12 bn KZT a year."""
    free = [{"facility": name, "name": name, "cost": cost, "benefit": worth, "works_months": 12.0,
             "asset_type": "boiler", "data_status": "estimate"}
            for name, cost, worth in (("G", 7.0, 9.0), ("H", 6.0, 8.0))]
    return one_facility(years=3, objective="purse", must_do="yes", cost=12.0, benefit=20.0, earliest=2026, latest=2027,
                        more=free,
                        scenarios=[("slow", SLOW), ("dear", 1.5)])


def told_by(accepted, folder, hand, *, resume=False):
    """Everything that is computed in pieces, as the pages say it."""
    work = kept_work(folder, hand, resume=resume, going=nothing)
    found, made = run.stages(accepted, ("base", "slow", "dear"), 2027, None, 5.0, lambda _: None, work=work)
    table = run.regret(found, made, 5.0, lambda _: None, work)
    worst, tail = run.stages(accepted, ("base", "slow", "dear"), 2027, 0.5, 5.0, lambda _: None, work=work)
    risk = run.front_of_risk(accepted, ("base", "slow", "dear"), 2027, 0.5, 4, lambda _: None, work=work)
    plain = run.front(accepted, ("objective", "spending"), 4, work)
    ground = grounded(RATES)
    pages = [run.told_of_stages(accepted, found, made, None), run.told_of_regret(found, table),
             run.told_of_stages(accepted, worst, tail, 0.5),
             run.told_of_front(risk), run.told_of_front(plain), run.told_of_stress(ground, 25, 0, work)]
    return repr(pages), bits([tuple(one.x for one in made.known)]), bits([tuple(point.x
        for point in (*risk.points, *plain.points))])


@exhaustive_beside("test_a_worker_that_is_killed_loses_nothing", "test_what_is_kept_is_not_computed_twice")
def test_two_processes_say_what_one_says(accepted, tmp_path):
    """Pages and plans, bit by bit; what one has kept serves a second run, of which nothing is computed anew."""
    asked_for = []
    one = told_by(accepted, tmp_path / "one", one_hand)
    two = told_by(accepted, tmp_path / "two", many_hands(2))
    again = told_by(accepted, tmp_path / "two", listened(asked_for), resume=True)
    assert one == two == again
    assert sum(asked_for) == 0
    names = [sorted(path.name for path in (tmp_path / folder).iterdir()) for folder in ("one", "two")]
    assert names[0] == names[1]
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names[0])


@pytest.mark.exhaustive
def test_a_cluster_says_what_one_process_says(accepted, tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        far = told_by(accepted, tmp_path / "far", far_hands(cluster.scheduler_address))
    assert far == told_by(accepted, tmp_path / "one", one_hand)


@pytest.mark.parametrize("command", [["sweep"], ["ensemble", "--draws", "3"], ["regret"], ["stages"], ["front"],
                                     ["front", "mean", "risk"], ["stress", "--draws", "3"]])
def test_all_six_commands_know_who_works(command, monkeypatch):
    """--processes, --scheduler, --resume and --out reach each of them."""
    asked = []
    for name in ("ensemble", "sweep", "stages", "front", "front_of_risk", "stress"):
        monkeypatch.setattr(uncertain, name, lambda one, *_: asked.append(one) or 0)
    assert main([*command, "case.xlsx", "--processes", "3", "--scheduler", "tcp://x:1", "--resume", "--out", "there"]
                if command != ["front", "mean", "risk"] else
                ["front", "case.xlsx", "mean", "risk", "--processes", "3", "--scheduler", "tcp://x:1", "--resume",
                 "--out", "there"]) == 0
    one, = asked
    assert (one.processes, one.scheduler, one.resume, str(one.out)) == (3, "tcp://x:1", True, "there")


def test_how_many_hands(monkeypatch):
    """One process works here, more in processes; on a cluster where one is named."""
    asked = {"source": None, "scenario": "base", "out": None, "lang": "en"}
    assert uncertain.Asked(**asked, processes=1).hands is one_hand
    monkeypatch.setattr(uncertain, "many_hands", lambda count: ("many", count))
    monkeypatch.setattr(uncertain, "far_hands", lambda address, say: ("far", address))
    monkeypatch.setattr(uncertain, "need", lambda extra: None)
    assert uncertain.Asked(**asked, processes=2).hands == ("many", 2)
    assert uncertain.Asked(**asked, processes=1, scheduler="tcp://x:1").hands == ("far", "tcp://x:1")
