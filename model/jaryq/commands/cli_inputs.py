"""The command line of the commands about inputs: looked at, begun, compared, migrated, merged."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jaryq.base.errors import JaryqError
from jaryq.commands.check.run import FORMATS, check
from jaryq.commands.cli_options import Parser, force, language, number
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.commands import contributed, versions
    from jaryq.commands import example as examples
    from jaryq.commands import merge as merged
    from jaryq.commands import plan as commands
else:
    commands, versions, contributed = (Later(f"jaryq.commands.{name}") for name in ("plan", "versions", "contributed"))
    examples, merged = Later("jaryq.commands.example"), Later("jaryq.commands.merge")


def add_inputs(some: Any) -> None:
    """The commands ``check``, ``example``, ``template``, ``diff``, ``text``, ``migrate``, ``merge`` and ``mirror``."""
    checking = some.add_parser("check", help="list all issues of workbooks")
    checking.add_argument("input", type=Path, nargs="+")
    language(checking)
    checking.add_argument("--format", choices=FORMATS, default="text",
                          help="text for people; json, github (commands of a workflow) or junit for machines")
    checking.add_argument("--annotate", type=Path, metavar="COPY",
                          help="also write a copy of the workbook with marked cells, comments and a sheet of issues")
    force(checking)
    checking.set_defaults(run=lambda a: _check(checking, a))

    example = some.add_parser("example", help="write the shipped case into a folder, to be changed and planned")
    example.add_argument("folder", type=Path)
    example.add_argument("--published", action="store_true", help="the published problems too, with known answers")
    example.add_argument("--segments", type=number, default=0, metavar="N",
                         help="with a register of about N stretches that might be, and a workbook that names it")
    example.add_argument("--seed", type=number, default=0, help="of the draw of stretches (default: 0)")
    language(example)
    force(example)
    example.set_defaults(run=lambda a: examples.example(a.folder, a.published, a.lang, a.force, a.segments, a.seed))

    template = some.add_parser("template", help="write an empty workbook with drop-downs, units and notes")
    template.add_argument("out", type=Path)
    language(template)
    force(template)
    template.set_defaults(run=lambda a: commands.template(a.out, a.lang, a.force))

    diff = some.add_parser("diff", help="what changed between two input workbooks (or folders), or between two "
                                        "finished plans")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.add_argument("--format", choices=("text", "json"), default="text")
    diff.add_argument("--out", type=Path, metavar="DIFF.xlsx", help="also write the differences as a workbook")
    diff.add_argument("--why", action="store_true",
                      help="solve (facilities divisible) and tell what the changes on each group of sheets contribute")
    diff.add_argument("--scenario", default="base", help="of inputs, with --why")
    language(diff)
    force(diff)
    diff.set_defaults(run=lambda a: _diff(diff, a))

    text = some.add_parser("text", help="print a workbook as lines of text, the same for the same content (for git "
                                        "diff)")
    text.add_argument("input", type=Path)
    language(text)
    text.set_defaults(run=lambda a: versions.as_text(a.input, a.lang))

    migrate = some.add_parser("migrate", help="write a workbook of an older version in the present one")
    migrate.add_argument("input", type=Path)
    migrate.add_argument("out", type=Path)
    language(migrate)
    force(migrate)
    migrate.set_defaults(run=lambda a: versions.migrate(a.input, a.out, a.lang, a.force))

    merging = some.add_parser("merge",
                              help="put the rows of a part of a workbook into another by key, and tell what changed")
    merging.add_argument("base", type=Path, help="the whole workbook (or folder)")
    merging.add_argument("part", type=Path,
                         help="some sheets, some rows, some columns: filled cells take their place, blank ones say "
                              "nothing")
    merging.add_argument("out", type=Path,
                         help="where the merged workbook is written (without an ending: a folder of CSV files)")
    language(merging)
    force(merging)
    merging.set_defaults(run=lambda a: merged.command(a.base, a.part, a.out, a.lang, a.force))

    mirror = some.add_parser("mirror",
                             help="write a workbook as a folder of CSV files, sorted by key, for readable differences")
    mirror.add_argument("input", type=Path)
    mirror.add_argument("folder", type=Path)
    force(mirror)
    language(mirror)
    mirror.set_defaults(run=lambda a: commands.mirror(a.input, a.folder, a.lang, a.force))


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


def _diff(command: Parser, known: argparse.Namespace) -> int:
    if known.why and known.out is not None:
        command.error("--why writes no workbook: leave --out away")
    if known.scenario != "base" and not known.why:
        command.error("--scenario is for --why: inputs are compared as they stand")
    if known.why:
        return contributed.told_why(known.old, known.new, known.format, known.scenario, known.lang)
    return versions.diff(known.old, known.new, known.format, known.out, known.lang, known.force)
