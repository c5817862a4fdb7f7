"""The command ``merge``: a part of a workbook put into another by row key, with what changed told cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jaryq.base.errors import InputRejected, speaking_of
from jaryq.base.free import free_file, marked_as
from jaryq.base.issues import Issue
from jaryq.base.text import Lang, Text
from jaryq.commands.check.text import told
from jaryq.commands.versions import lost_in_tables, put, what_is_kept
from jaryq.report.differences import text
from jaryq.tables.merge import blanks, merge, moved, wrong_base, wrong_part
from jaryq.tables.migrate import stamped
from jaryq.workbook.mirror import free_mirror
from jaryq.workbook.read import read

MERGED = "merged"
"""What a merged workbook is marked as."""

SAME = Text("{count} row(s) of {part} say what {base} says already.", "Строк {part}, совпадающих с {base}: {count}.")


def command(base: Path, part: Path, out: Path, lang: Lang, force: bool = False) -> int:
    """Write ``base`` with the rows of ``part`` in their places: a workbook, or a folder of CSV files where ``out`` has
    no ending.

    Raises InputRejected where something of either is not read, or a row of the part has no one place.
    """
    if out.suffix:
        free_file(out, marked_as(MERGED), (base, part), force)
    else:
        for source in (base, part):
            free_mirror(out, source, force)
    whole, issues = read(base)
    _expect(base, wrong_base(issues))
    rows, of_part = read(part)
    _expect(part, wrong_part(whole, rows, of_part))
    told(lost_in_tables(issues, base, out), lang)
    found = what_is_kept(base, whole, lang)
    done = merge(whole, rows, {name: max(sheet.rows(), default=0) for name, sheet in found.sheets.items()})
    print("\n".join(text(done.changes, str(base), str(part), lang)))
    if done.same:
        print(SAME.say(lang, count=done.same, part=part, base=base))
    told([*(issue for issue in of_part if issue.severity == "note" and issue.code != "table_moved"),
          *moved(whole, rows), *blanks(whole, rows)], lang)
    put(stamped(done.tables), out, lang, found, MERGED)
    return 0


def _expect(path: Path, wrong: Sequence[Issue]) -> None:
    """Raises InputRejected, which speaks of the file, as both have the same sheets."""
    if wrong:
        with speaking_of(path):
            raise InputRejected(tuple(wrong))
