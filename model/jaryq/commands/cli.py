"""The command line: arguments to steps, exit codes, progress, and the few lines a person reads."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jaryq.base.errors import JaryqError
from jaryq.base.faults import Fault
from jaryq.base.text import Lang
from jaryq.base.version import VERSION
from jaryq.commands.cli_inputs import add_inputs
from jaryq.commands.cli_options import SHIPPED, Parser
from jaryq.commands.cli_planning import add_planning
from jaryq.commands.cli_plans import add_plans
from jaryq.commands.cli_serving import add_assistant, add_serving
from jaryq.commands.cli_uncertain import add_uncertain
from jaryq.commands.ends import ended, screens
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.commands import plan as commands
else:
    commands = Later("jaryq.commands.plan")


def parser() -> Parser:
    """All commands with their arguments."""
    top = Parser(prog="jaryq" if Path(sys.argv[0]).stem == "jaryq" else "run.py",
                 description="Jaryq: plans the modernization of an energy system. Without a command it plans the "
                             "shipped case, inputs/kazakhstan.xlsx.")
    top.add_argument("--version", action="version", version=f"Jaryq {VERSION}")
    top.add_argument("--debug", action="store_true", help="show a traceback if something unforeseen happens")
    some = top.add_subparsers(dest="command", parser_class=Parser, metavar="COMMAND")
    for add in (add_planning, add_inputs, add_plans, add_uncertain, add_serving, add_assistant):
        add(some)
    return top


def _parse(given: Sequence[str], known: argparse.Namespace) -> int:
    parser().parse_args(given, known)
    return 0


def _told(error: JaryqError, lang: Lang) -> int:
    """Says how a run ended, also where the modules that say it do not load."""
    try:
        return commands.ended(error, lang)
    except Fault as unloaded:
        print(f"{unloaded.text.say(lang)}.", file=sys.stderr)
        return unloaded.exit_code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code (0 done, 1 a check or the machine failed, 2 input rejected, 3
    contradiction, 4 no plan, 64 wrong use, 130 Ctrl-C, 141 nobody reads the output, 143 SIGTERM)."""
    with screens():
        known = argparse.Namespace(debug=False)
        given = list(sys.argv[1:] if arguments is None else arguments)
        # Help, too, may have nobody to read it.
        if code := ended(lambda: _parse(given, known), lambda error: _told(error, "en"), "en", False):
            return code
        run: Callable[[argparse.Namespace], int] = getattr(known, "run",
                                                           lambda a: commands.plan(SHIPPED, "base", None, "en"))
        lang: Lang = getattr(known, "lang", "en")
        return ended(lambda: run(known), lambda error: _told(error, lang), lang, known.debug)
