"""The command line of the commands on uncertain inputs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jaryq.commands.cli_options import SHIPPED, Parser, count, force, language, number
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.commands import uncertain
else:
    uncertain = Later("jaryq.commands.uncertain")


def add_uncertain(some: Any) -> None:
    """The six commands."""

    def begun(name: str, text: str, *, seeded: bool = False) -> Parser:
        made: Parser = some.add_parser(name, help=text)
        made.add_argument("input", type=Path, nargs="?", default=SHIPPED)
        made.add_argument("--scenario", default="base", help="the plan stands on this scenario")
        made.add_argument("--out", type=Path, help="folder of the results (default: outputs/<workbook>/<scenario>/"
                                                   "uncertainty)")
        made.add_argument("--processes", type=count, metavar="N", help="so many at once (default: one per core)")
        made.add_argument("--scheduler", metavar="ADDRESS", help="a cluster of Dask in place of processes")
        made.add_argument("--resume", action="store_true", help="go on with what an earlier run has kept")
        if seeded:
            made.add_argument("--seed", type=number, default=0, help="of the draws (default: 0)")
        language(made)
        force(made)
        return made

    def asked(known: argparse.Namespace) -> uncertain.Asked:
        return uncertain.Asked(known.input, known.scenario, known.out, known.lang, known.processes, known.scheduler,
                               known.resume, known.force)

    many = begun("ensemble", "many draws of the uncertain inputs: how figures spread, what is robust", seeded=True)
    many.add_argument("--draws", type=count, default=200, metavar="N", help="so many futures (default: 200)")
    many.add_argument("--whole", type=number, default=0, metavar="N",
                      help="also whole plans of the first N futures (slow: each takes as long as a plan)")
    many.set_defaults(run=lambda a: uncertain.ensemble(asked(a), a.draws, a.seed, a.whole))

    single = begun("sweep", "each uncertain input alone at its low and its high value: a tornado", seeded=True)
    single.add_argument("--figure", action="append", default=[], metavar="KEY",
                        help="a figure: objective, unfunded, facilities, km, spending, service, ... (may be repeated; "
                             "default: objective)")
    single.add_argument("--plan", choices=("stands", "best"), default="best",
                        help="the plan as it stands, or the best plan of each future (default)")
    single.add_argument("--grid", nargs=2, default=(), metavar=("ONE", "OTHER"),
                        help="also two inputs against each other")
    single.add_argument("--morris", type=number, default=0, metavar="N",
                        help="also elementary effects of N trajectories")
    single.set_defaults(run=lambda a: uncertain.sweep(asked(a), a.figure or ["objective"], a.plan, a.grid, a.morris,
                                                      a.seed))

    for name, text in (("stages", "early decisions that are common to several scenarios, and what knowing is worth"),
                       ("regret", "every scenario's early decisions under every scenario")):
        staged = begun(name, text)
        _of_scenarios(staged)
        staged.add_argument("--cvar", type=_level, metavar="LEVEL",
                            help="the mean of the worst 1 - LEVEL (0 to 1) in place of the mean")
        staged.add_argument("--seconds", type=_seconds, default=15.0,
                            help="effort of each search for whole plans, seconds of processor time (default: 15; 0: "
                                 "dives alone, intervals are wider)")
        staged.set_defaults(run=lambda a, regret=name == "regret": uncertain.stages(
            asked(a), a.only, a.decide_by, a.cvar, a.seconds, regret, not a.amounts_open))

    facing = begun("front", "two figures of a plan against each other")
    facing.any_order = True
    facing.add_argument("one", nargs="?", default="objective",
                        help="a figure (default: objective): objective, worst_region, foreign_debt, facilities, km, "
                             "spending, service, stock, ...; or mean, with risk as the other one: the mean cost of "
                             "several scenarios against that of the worst of them")
    facing.add_argument("other", nargs="?", default="worst_region", help="the other one (default: worst_region)")
    facing.add_argument("--points", type=int, default=7, metavar="N", help="so many plans (default: 7)")
    facing.add_argument("--within", type=_percent, metavar="PERCENT",
                        help="also plans within so much of spending from the best that differ most")
    _of_scenarios(facing)
    facing.add_argument("--cvar", type=_level, default=0.8, metavar="LEVEL",
                        help="of risk: the mean of the worst 1 - LEVEL (default: 0.8)")
    facing.set_defaults(run=lambda a: _front(facing, a, asked(a)))

    stressed = begun("stress", "debt of the plan when the currency falls or reference rates rise", seeded=True)
    stressed.add_argument("--draws", type=count, default=60, metavar="N",
                          help="draws of the uncertain exchange and reference rates for the fan (default: 60)")
    stressed.set_defaults(run=lambda a: uncertain.stress(asked(a), a.draws, a.seed))


def _of_scenarios(command: argparse.ArgumentParser) -> None:
    """Which futures are looked at together, and what is decided before one of them is known."""
    command.add_argument("--only", action="append", default=[], metavar="SCENARIO",
                         help="these scenarios, at most 8 (may be repeated; default: those with a probability, else "
                              "all)")
    command.add_argument("--decide-by", type=int, metavar="YEAR",
                         help="it is known from 1 January of this year on (default: setting decide_by)")
    command.add_argument("--amounts-open", action="store_true",
                         help="works, km, crews and signatures alone are decided early: the money of early years is "
                              "decided knowing what comes")


def _front(command: argparse.ArgumentParser, known: argparse.Namespace, asked: uncertain.Asked) -> int:
    if known.points < 2 or known.one == known.other:
        command.error("a front has two figures and at least two points")
    if {"mean", "risk"} & {known.one, known.other}:
        if {"mean", "risk"} != {known.one, known.other}:
            command.error("mean and risk are figures of several futures: they stand against each other alone")
        return uncertain.front_of_risk(asked, known.only, known.decide_by, known.cvar, known.points, known.within,
                                       not known.amounts_open)
    return uncertain.front(asked, known.one, known.other, known.points, known.within)


def _seconds(text: str) -> float:
    """Seconds from 0 on."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0.0 <= seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds")
    return seconds


def _percent(text: str) -> float:
    """A share of spending, from 0 to 100 %."""
    try:
        percent = float(text)
    except ValueError:
        percent = -1.0
    if not 0.0 <= percent <= 100.0:
        raise argparse.ArgumentTypeError(f"{text} is no share of spending: give 0 to 100")
    return percent


def _level(text: str) -> float:
    """A level between 0 and 1."""
    try:
        level = float(text)
    except ValueError:
        level = -1.0
    if not 0.0 < level < 1.0:
        raise argparse.ArgumentTypeError(f"{text} is no level: give a number between 0 and 1")
    return level
