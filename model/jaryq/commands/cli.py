"""The command line: arguments to steps, exit codes, progress, and the few lines a person reads."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jaryq.base.errors import JaryqError
from jaryq.base.extras import need
from jaryq.base.faults import Fault
from jaryq.base.free import free_file
from jaryq.base.junit import is_junit
from jaryq.base.shipped import CASE, inputs, published, shipped_case
from jaryq.base.text import LANGS, Lang
from jaryq.base.version import VERSION
from jaryq.commands.check.run import FORMATS, check
from jaryq.commands.cli_assistant import add_assistant
from jaryq.commands.cli_uncertain import add_uncertain
from jaryq.commands.ends import ended, screens
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.api import besides as asked
    from jaryq.commands import contributed, scenarios, serve, tried, versions, watch
    from jaryq.commands import example as examples
    from jaryq.commands import explain as explained
    from jaryq.commands import merge as merged
    from jaryq.commands import plan as commands
    from jaryq.commands import verify as verifying
    from jaryq.validate import command as validating
else:
    commands, scenarios, tried = (Later("jaryq.commands.plan"), Later("jaryq.commands.scenarios"),
                                  Later("jaryq.commands.tried"))
    verifying, versions, watch = (Later("jaryq.commands.verify"), Later("jaryq.commands.versions"),
                                  Later("jaryq.commands.watch"))
    contributed, explained = Later("jaryq.commands.contributed"), Later("jaryq.commands.explain")
    merged, validating = Later("jaryq.commands.merge"), Later("jaryq.validate.command")
    examples, serve = Later("jaryq.commands.example"), Later("jaryq.commands.serve")
    asked = Later("jaryq.api.besides")

WRONG_USE = 64

SHIPPED = shipped_case()


class Parser(argparse.ArgumentParser):
    """argparse exits with 2 on wrong use; 2 means here that an input was rejected."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def parser() -> Parser:
    """All commands with their arguments."""
    top = Parser(prog="jaryq" if Path(sys.argv[0]).stem == "jaryq" else "run.py",
                 description="Jaryq: plans the modernization of an energy system. Without a command it plans the "
                             "shipped case, inputs/kazakhstan.xlsx.")
    top.add_argument("--version", action="version", version=f"Jaryq {VERSION}")
    top.add_argument("--debug", action="store_true", help="show a traceback if something unforeseen happens")
    some = top.add_subparsers(dest="command", parser_class=Parser, metavar="COMMAND")

    plan = some.add_parser("plan", help="plan a workbook (or a folder of CSV files)")
    plan.add_argument("input", type=Path, nargs="?", default=SHIPPED)
    plan.add_argument("--scenario", default="base")
    plan.add_argument("--out", type=Path, help="folder of the results (default: outputs/<workbook>/<scenario>)")
    _language(plan)
    plan.add_argument("--set", action="append", default=[], metavar="CHANGE",
                      help='try a change without editing the workbook: "sheet; selector; column; operation value", '
                           'e.g. "sources; source=JP*; envelope; multiply 0.5"')
    plan.add_argument("--since", type=Path, metavar="PLAN",
                      help="the last plan of this case (plan.xlsx): what changed against it is shown, and kept as far "
                           "as the setting stability asks")
    plan.add_argument("--scheduler", metavar="ADDRESS",
                      help="a cluster of Dask that prices the stretches of a register")
    _besides(plan)
    _force(plan)
    plan.set_defaults(run=_plan)

    several = some.add_parser("scenarios", help="plan all scenarios in parallel and compare them in one workbook")
    several.add_argument("input", type=Path, nargs="?", default=SHIPPED)
    several.add_argument("--only", action="append", default=[], metavar="SCENARIO",
                         help="only this scenario beside base (may be repeated)")
    several.add_argument("--out", type=Path, help="folder of the results (default: outputs/<workbook>)")
    several.add_argument("--processes", type=_count, metavar="N", help="so many at once (default: one per core)")
    _language(several)
    _besides(several)
    _force(several)
    several.set_defaults(run=lambda a: scenarios.scenarios(a.input, a.out, a.lang, a.only, a.processes, a.force,
                                                           asked.Besides(a.tables, a.report, a.brief, a.regions)))

    checking = some.add_parser("check", help="list all issues of workbooks")
    checking.add_argument("input", type=Path, nargs="+")
    _language(checking)
    checking.add_argument("--format", choices=FORMATS, default="text",
                          help="text for people; json, github (commands of a workflow) or junit for machines")
    checking.add_argument("--annotate", type=Path, metavar="COPY",
                          help="also write a copy of the workbook with marked cells, comments and a sheet of issues")
    _force(checking)
    checking.set_defaults(run=lambda a: _check(checking, a))

    example = some.add_parser("example", help="write the shipped case into a folder, to be changed and planned")
    example.add_argument("folder", type=Path)
    example.add_argument("--published", action="store_true", help="the published problems too, with known answers")
    example.add_argument("--segments", type=int, default=0, metavar="N",
                         help="with a register of about N stretches that might be, and a workbook that names it")
    example.add_argument("--seed", type=int, default=0, help="of the draw of stretches (default: 0)")
    _language(example)
    _force(example)
    example.set_defaults(run=lambda a: examples.example(a.folder, a.published, a.lang, a.force, a.segments, a.seed))

    template = some.add_parser("template", help="write an empty workbook with drop-downs, units and notes")
    template.add_argument("out", type=Path)
    _language(template)
    _force(template)
    template.set_defaults(run=lambda a: commands.template(a.out, a.lang, a.force))

    verify = some.add_parser("verify", help="check a finished plan again, from plan.xlsx alone")
    verify.add_argument("plan", type=Path)
    verify.add_argument("--junit", type=Path, help="also write the checks as a JUnit file")
    verify.add_argument("--expect", default="", metavar="SEAL", help="fail if the plan's seal is another one")
    verify.add_argument("--deep", action="store_true",
                        help="also solve again, and compare what only solving finds: prices of limits, relaxations, "
                             "remarks")
    _language(verify)
    _force(verify)
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
    explain.add_argument("--whole", type=int, default=0, metavar="N", help="also N whole plans, at most 10 (slow)")
    explain.add_argument("--confirm", action="store_true",
                         help="of a project: whole plans solved again with its cost, or the first limit, moved (slow)")
    explain.add_argument("--cells", action="store_true",
                         help="of what a missed target would take: each limit by itself, with the changes to try")
    explain.add_argument("--out", type=Path, metavar="FILE.xlsx",
                         help="also a workbook of it: every break, what comes in and goes out, charts (a limit, a "
                              "source, a target, wishes or ranking)")
    _language(explain)
    _force(explain)
    explain.set_defaults(run=lambda a: _explain(explain, a))

    add_uncertain(some, SHIPPED, _language, _force, _count)

    others = some.add_parser("validate",
                             help="other solvers on the same programs, every word of their answers checked (for CI)")
    others.add_argument("input", type=Path, nargs="*",
                        help="workbooks (default: all shipped cases and small generated ones)")
    others.add_argument("--small", action="store_true",
                        help="the published examples and the generated cases only: seconds")
    others.add_argument("--generated", type=int, default=6, metavar="N", help="so many generated cases (default: 6)")
    others.add_argument("--scenario", default="base", help="of the workbooks named")
    others.add_argument("--seconds", type=float, default=60.0,
                        help="time for one answer (default: 60); what takes longer is not decided")
    others.add_argument("--junit", type=Path, help="also write the questions as a JUnit file")
    _language(others)
    _force(others)
    others.set_defaults(run=lambda a: _validate(others, a))

    diff = some.add_parser("diff", help="what changed between two input workbooks (or folders), or between two "
                                        "finished plans")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.add_argument("--format", choices=("text", "json"), default="text")
    diff.add_argument("--out", type=Path, metavar="DIFF.xlsx", help="also write the differences as a workbook")
    diff.add_argument("--why", action="store_true",
                      help="solve (facilities divisible) and tell what the changes on each group of sheets contribute")
    diff.add_argument("--scenario", default="base", help="of inputs, with --why")
    _language(diff)
    _force(diff)
    diff.set_defaults(run=lambda a: _diff(diff, a))

    text = some.add_parser("text", help="print a workbook as lines of text, the same for the same content (for git "
                                        "diff)")
    text.add_argument("input", type=Path)
    _language(text)
    text.set_defaults(run=lambda a: versions.as_text(a.input, a.lang))

    looking = some.add_parser("watch", help="plan again on each save of a workbook and show the figures that moved")
    looking.add_argument("input", type=Path, nargs="?", default=SHIPPED)
    looking.add_argument("--scenario", default="base")
    looking.add_argument("--out", type=Path, help="folder of the results (default: outputs/<workbook>/<scenario>)")
    looking.add_argument("--once", action="store_true",
                         help="plan once, show what moved against the run before, and end")
    _language(looking)
    _force(looking)
    looking.set_defaults(run=lambda a: watch.watch(a.input, a.scenario, a.out, a.lang, a.once, force=a.force))

    serving = some.add_parser("serve", help="open the desk: a local page to edit, plan and compare in the browser")
    serving.add_argument("place", type=Path, nargs="?", default=Path(), metavar="FOLDER|WORKBOOK",
                         help="what is served, and nothing above it (default: this folder)")
    serving.add_argument("--port", type=_port, default=0, metavar="N", help="the port (default: a free one)")
    serving.add_argument("--host", default="127.0.0.1", metavar="ADDRESS",
                         help="where to listen (default: this machine only); elsewhere a token is asked for")
    serving.add_argument("--no-browser", action="store_false", dest="browser", help="only say the address")
    _language(serving)
    serving.set_defaults(run=lambda a: serve.command(a.place, a.host, a.port, a.browser, a.lang))

    migrate = some.add_parser("migrate", help="write a workbook of an older version in the present one")
    migrate.add_argument("input", type=Path)
    migrate.add_argument("out", type=Path)
    _language(migrate)
    _force(migrate)
    migrate.set_defaults(run=lambda a: versions.migrate(a.input, a.out, a.lang, a.force))

    merging = some.add_parser("merge",
                              help="put the rows of a part of a workbook into another by key, and tell what changed")
    merging.add_argument("base", type=Path, help="the whole workbook (or folder)")
    merging.add_argument("part", type=Path,
                         help="some sheets, some rows, some columns: filled cells take their place, blank ones say "
                              "nothing")
    merging.add_argument("out", type=Path,
                         help="where the merged workbook is written (without an ending: a folder of CSV files)")
    _language(merging)
    _force(merging)
    merging.set_defaults(run=lambda a: merged.command(a.base, a.part, a.out, a.lang, a.force))

    mirror = some.add_parser("mirror",
                             help="write a workbook as a folder of CSV files, sorted by key, for readable differences")
    mirror.add_argument("input", type=Path)
    mirror.add_argument("folder", type=Path)
    _force(mirror)
    _language(mirror)
    mirror.set_defaults(run=lambda a: commands.mirror(a.input, a.folder, a.lang, a.force))

    add_assistant(some, _language)
    return top


def _diff(command: Parser, known: argparse.Namespace) -> int:
    if known.why and known.out is not None:
        command.error("--why writes no workbook: leave --out away")
    if known.scenario != "base" and not known.why:
        command.error("--scenario is for --why: inputs are compared as they stand")
    if known.why:
        return contributed.told_why(known.old, known.new, known.format, known.scenario, known.lang)
    return versions.diff(known.old, known.new, known.format, known.out, known.lang, known.force)


def _plan(known: argparse.Namespace) -> int:
    besides = asked.Besides(known.tables, known.report, known.brief, known.regions)
    pricing = commands.pricing_of(known.scheduler)
    if known.set:
        return tried.tried(known.input, known.scenario, known.out, known.lang, known.set, known.since, known.force,
                           besides, pricing)
    return commands.plan(known.input, known.scenario, known.out, known.lang, known.since, known.force, besides,
                         pricing)


def _check(command: Parser, known: argparse.Namespace) -> int:
    if len(known.input) > 1 and (known.annotate is not None or known.format in ("json", "junit")):
        command.error("--annotate and the formats json and junit are for one input")
    if known.annotate is not None and not known.force and known.annotate.resolve() == known.input[0].resolve():
        command.error("--annotate writes a copy: name another file than the input")
    return max(_checked(source, known) for source in known.input)


def _checked(source: Path, known: argparse.Namespace) -> int:
    """An input that cannot be read does not keep the others from being checked."""
    try:
        return check(source, known.lang, known.format, known.annotate, known.force)
    except JaryqError as error:
        return commands.ended(error, known.lang)


def _explain(command: Parser, known: argparse.Namespace) -> int:
    if not -100.0 <= known.low < 0.0 < known.high < math.inf:
        command.error("--low is at least -100 and below 0, --high above 0")
    if not 0 <= known.whole <= 10:
        command.error("--whole is 0 to 10")
    return explained.command(known.plan, known.what, known.low, known.high, known.whole, known.lang,
                             known.confirm, known.out, known.force, known.cells)


def _verify(known: argparse.Namespace) -> int:
    if known.junit is not None:
        free_file(known.junit, is_junit, (known.plan,), known.force)
    say = commands.Progress(known.lang) if known.deep else lambda _: None
    return verifying.command(known.plan, known.junit, known.lang, known.expect, known.deep, say)


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


def _parse(given: Sequence[str], known: argparse.Namespace) -> int:
    parser().parse_args(given, known)
    return 0


def _count(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of 1 or more")
    return int(text)


def _port(text: str) -> int:
    """The number of a port; 0: a free one."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: give 0 to 65535")
    return int(text)


def _besides(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-report", action="store_false", dest="report", help="write no report.html")
    command.add_argument("--tables", type=Path, metavar="FOLDER",
                         help="also write every table as CSV and Parquet with a Frictionless datapackage.json, "
                              "facilities and regions as GeoJSON, the linear program as MPS")
    command.add_argument("--brief", action="store_true",
                         help="also write a brief of two pages, brief.en.docx and brief.ru.docx, beside the plan")
    command.add_argument("--regions", action="store_true",
                         help="also write a page for each region, regions.xlsx, beside the plan")


def _force(command: argparse.ArgumentParser) -> None:
    command.add_argument("--force", action="store_true",
                         help="replace what stands where something is written, even the input or a stranger's file")


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=LANGS, default="en", help="language of titles and messages")


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
