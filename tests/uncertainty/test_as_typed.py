"""Commands on uncertain inputs as they are typed, and what they say where there is nobody to work or nothing to
tell."""

import socket
from types import SimpleNamespace

import pytest

from jaryq.api import clusters
from jaryq.api.clusters import NoScheduler, cluster_at
from jaryq.api.stretches_priced import on_cluster
from jaryq.api.uncertain import batches, hands
from jaryq.base.text import Text
from jaryq.commands import uncertain
from jaryq.commands.cli import parser
from jaryq.commands.plan import waiting
from jaryq.handover.shapes import Front


@pytest.mark.parametrize(("typed", "asked"), [
    ("c objective foreign_debt --points 5", ("c", "objective", "foreign_debt", 5)),
    ("c --points 5 objective foreign_debt", ("c", "objective", "foreign_debt", 5)),
    ("--points 5 c objective --lang ru foreign_debt", ("c", "objective", "foreign_debt", 5)),
    ("c --only a --only b mean risk --cvar 0.5", ("c", "mean", "risk", 7)),
    ("c --points 3", ("c", "objective", "worst_region", 3))])
def test_figures_of_a_front_stand_anywhere(typed, asked):
    found = parser().parse_args(["front", *typed.split()])
    assert (str(found.input), found.one, found.other, found.points) == asked


@pytest.mark.parametrize("typed", ["c objective foreign_debt spending", "c --point x",
                                   "c --points 5 objective foreign_debt km"])
def test_more_than_two_figures_and_other_options_are_refused(typed, capsys):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["front", *typed.split()])
    assert ended.value.code == 64
    assert capsys.readouterr().err.startswith("usage: ")


def nobody():
    """An address at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_scheduler_that_does_not_answer(lang, monkeypatch, capsys):
    """It is said at once that it is waited for, and for how long; then what a cluster needs and how one begins."""
    monkeypatch.setattr(clusters, "WAIT", 1)
    address = nobody()
    with pytest.raises(NoScheduler) as told, cluster_at(address, waiting(lang)):
        pass
    assert capsys.readouterr().err.startswith({"en": f"waiting for the scheduler at {address}, at most 1 s",
                                               "ru": f"жду планировщика по адресу {address}, не более 1 с"}[lang])
    said = told.value.text.say(lang)
    assert [word in said for word in (address, ".[cluster]", "dask scheduler", "dask worker",
                                      "--scheduler")] == [True] * 5
    assert told.value.exit_code == 1


def test_an_address_that_is_none(monkeypatch):
    monkeypatch.setattr(clusters, "WAIT", 1)
    with pytest.raises(NoScheduler), cluster_at("nothing://at all"):
        pass


@pytest.mark.parametrize("asked", [lambda address, say: list(batches.cluster(address, say)(SimpleNamespace(key="k"),
    [(0,)])),
                                   lambda address, say: list(hands.far_hands(address, say)([])), lambda address,
                                   say: on_cluster(address, say)(None).__enter__()],
                         ids=["draws", "pieces", "stretches"])
def test_all_who_reach_a_cluster_say_so(asked, monkeypatch):
    """Draws, pieces of the other commands, and stretches of a register."""
    monkeypatch.setattr(clusters, "WAIT", 1)
    said = []
    with pytest.raises(NoScheduler):
        asked(nobody(), said.append)
    assert [text.en.partition(" at ")[0] for text in said] == ["waiting for the scheduler"]


def test_a_title_is_not_left_alone(monkeypatch, capsys, tmp_path):
    """A page of tables alone says so under its title."""
    monkeypatch.setattr(uncertain, "write_told", lambda *args: [])
    monkeypatch.setattr(uncertain, "home_of", lambda *args: tmp_path)
    asked = uncertain.Asked(tmp_path, "base", None, "en")
    stands = SimpleNamespace(accepted=SimpleNamespace(case=SimpleNamespace(settings=SimpleNamespace(title=Text("Case",
        "Пример")))), key="k")
    pages = [Front("a", Text("One", "Один"), Text("n", "n"), sentences=(Text("It is so.", "Это так."),)),
             Front("b", Text("Two", "Два"), Text("n", "n"))]
    assert uncertain._written(asked, stands, tmp_path, "stress", pages) == 0
    assert capsys.readouterr().out.splitlines() == ["One:", "  It is so.", "Two:", "  see the page"]
