"""The command line of the commands that plan: one scenario, all, and again on each save."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jaryq.commands.cli_options import SHIPPED, besides, count, force, language
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.api import besides as asked
    from jaryq.commands import plan as commands
    from jaryq.commands import scenarios, tried, watch
else:
    asked, commands = Later("jaryq.api.besides"), Later("jaryq.commands.plan")
    scenarios, tried, watch = (Later(f"jaryq.commands.{name}") for name in ("scenarios", "tried", "watch"))


def add_planning(some: Any) -> None:
    """The commands ``plan``, ``scenarios`` and ``watch``."""
    plan = some.add_parser("plan", help="plan a workbook (or a folder of CSV files)")
    plan.add_argument("input", type=Path, nargs="?", default=SHIPPED)
    plan.add_argument("--scenario", default="base")
    plan.add_argument("--out", type=Path, help="folder of the results (default: outputs/<workbook>/<scenario>)")
    language(plan)
    plan.add_argument("--set", action="append", default=[], metavar="CHANGE",
                      help='try a change without editing the workbook: "sheet; selector; column; operation value", '
                           'e.g. "sources; source=JP*; envelope; multiply 0.5"')
    plan.add_argument("--since", type=Path, metavar="PLAN",
                      help="the last plan of this case (plan.xlsx): what changed against it is shown, and kept as far "
                           "as the setting stability asks")
    plan.add_argument("--scheduler", metavar="ADDRESS",
                      help="a cluster of Dask that prices the stretches of a register")
    besides(plan)
    force(plan)
    plan.set_defaults(run=_plan)

    several = some.add_parser("scenarios", help="plan all scenarios in parallel and compare them in one workbook")
    several.add_argument("input", type=Path, nargs="?", default=SHIPPED)
    several.add_argument("--only", action="append", default=[], metavar="SCENARIO",
                         help="only this scenario beside base (may be repeated)")
    several.add_argument("--out", type=Path, help="folder of the results (default: outputs/<workbook>)")
    several.add_argument("--processes", type=count, metavar="N", help="so many at once (default: one per core)")
    language(several)
    besides(several)
    force(several)
    several.set_defaults(run=lambda a: scenarios.scenarios(a.input, a.out, a.lang, a.only, a.processes, a.force,
                                                           asked.Besides(a.tables, a.report, a.brief, a.regions)))

    looking = some.add_parser("watch", help="plan again on each save of a workbook and show the figures that moved")
    looking.add_argument("input", type=Path, nargs="?", default=SHIPPED)
    looking.add_argument("--scenario", default="base")
    looking.add_argument("--out", type=Path, help="folder of the results (default: outputs/<workbook>/<scenario>)")
    looking.add_argument("--once", action="store_true",
                         help="plan once, show what moved against the run before, and end")
    language(looking)
    force(looking)
    looking.set_defaults(run=lambda a: watch.watch(a.input, a.scenario, a.out, a.lang, a.once, force=a.force))


def _plan(known: argparse.Namespace) -> int:
    beside = asked.Besides(known.tables, known.report, known.brief, known.regions)
    pricing = commands.pricing_of(known.scheduler, known.lang)
    if known.set:
        return tried.tried(known.input, known.scenario, known.out, known.lang, known.set, known.since, known.force,
                           beside, pricing)
    return commands.plan(known.input, known.scenario, known.out, known.lang, known.since, known.force, beside,
                         pricing)
