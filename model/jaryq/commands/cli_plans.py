"""The command line of the commands about a finished plan, and of other solvers on the same programs."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jaryq.base.extras import need
from jaryq.base.free import free_file
from jaryq.base.junit import is_junit
from jaryq.base.shipped import CASE, inputs, published
from jaryq.commands.cli_options import Parser, force, language, number
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.commands import explain as explained
    from jaryq.commands import plan as commands
    from jaryq.commands import verify as verifying
    from jaryq.validate import command as validating
else:
    commands, verifying = Later("jaryq.commands.plan"), Later("jaryq.commands.verify")
    explained, validating = Later("jaryq.commands.explain"), Later("jaryq.validate.command")


def add_plans(some: Any) -> None:
    """The commands ``verify``, ``explain`` and ``validate``."""
    verify = some.add_parser("verify", help="check a finished plan again, from plan.xlsx alone")
    verify.add_argument("plan", type=Path)
    verify.add_argument("--junit", type=Path, help="also write the checks as a JUnit file")
    verify.add_argument("--expect", default="", metavar="SEAL", help="fail if the plan's seal is another one")
    verify.add_argument("--deep", action="store_true",
                        help="also solve again, and compare what only solving finds: prices of limits, relaxations, "
                             "remarks")
    language(verify)
    force(verify)
    verify.set_defaults(run=_verify)

    explain = some.add_parser("explain", help="why a finished plan is as it is, and what its limits are worth")
    explain.add_argument("plan", type=Path)
    explain.add_argument("what", nargs="?",
                         help="a limit (its name on sheet limits, or its cell), a source or a target, by key or name; "
                              "a stretch of a register (PACKAGE/SEGMENT); "
                              "wishes: what the rows of sheet overrides cost; ranking: the ranking by benefit per "
                              "KZT beside the plan (default: what each missed target would "
                              "take)")
    explain.add_argument("--low", type=float, default=-50.0, metavar="PERCENT",
                         help="from so much of it (default: -50)")
    explain.add_argument("--high", type=float, default=100.0, metavar="PERCENT", help="to so much (default: 100)")
    explain.add_argument("--whole", type=number, default=0, metavar="N", help="also N whole plans, at most 10 (slow)")
    explain.add_argument("--confirm", action="store_true",
                         help="of a project: whole plans solved again with its cost, or the first limit, moved (slow)")
    explain.add_argument("--cells", action="store_true",
                         help="of what a missed target would take: each limit by itself, with the changes to try")
    explain.add_argument("--out", type=Path, metavar="FILE.xlsx",
                         help="also a workbook of it: every break, what comes in and goes out, charts (a limit, a "
                              "source, a target, wishes or ranking)")
    language(explain)
    force(explain)
    explain.set_defaults(run=lambda a: _explain(explain, a))

    others = some.add_parser("validate",
                             help="other solvers on the same programs, every word of their answers checked (for CI)")
    others.add_argument("input", type=Path, nargs="*",
                        help="workbooks (default: all shipped cases and small generated ones)")
    others.add_argument("--small", action="store_true",
                        help="the published examples and the generated cases only: seconds")
    others.add_argument("--generated", type=number, default=6, metavar="N",
                        help="so many generated cases (default: 6)")
    others.add_argument("--scenario", default="base", help="of the workbooks named")
    others.add_argument("--seconds", type=float, default=60.0,
                        help="time for one answer (default: 60); what takes longer is not decided")
    others.add_argument("--junit", type=Path, help="also write the questions as a JUnit file")
    language(others)
    force(others)
    others.set_defaults(run=lambda a: _validate(others, a))


def _verify(known: argparse.Namespace) -> int:
    if known.junit is not None:
        free_file(known.junit, is_junit, (known.plan,), known.force)
    say = commands.Progress(known.lang) if known.deep else lambda _: None
    return verifying.command(known.plan, known.junit, known.lang, known.expect, known.deep, say)


def _explain(command: Parser, known: argparse.Namespace) -> int:
    if not -100.0 <= known.low < 0.0 < known.high < math.inf:
        command.error("--low is at least -100 and below 0, --high above 0")
    if not 0 <= known.whole <= 10:
        command.error("--whole is 0 to 10")
    return explained.command(known.plan, known.what, known.low, known.high, known.whole, known.lang,
                             known.confirm, known.out, known.force, known.cells)


def _validate(command: Parser, known: argparse.Namespace) -> int:
    if known.small and known.input:
        command.error("--small has its own cases: name no input")
    if not known.seconds > 0 or known.generated < 0:
        command.error("--seconds must be more than 0, --generated not less")
    need("validate")
    sources = known.input or [*published(), *(() if known.small else (inputs() / CASE,))]
    if known.junit is not None:
        free_file(known.junit, is_junit, sources, known.force)
    return validating.run(sources, known.scenario, known.seconds, known.junit, known.lang,
                          None if known.input else known.generated)
