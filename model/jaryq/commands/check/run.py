"""The command ``check``, from its arguments to its exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jaryq.api.accepted import all_issues
from jaryq.base.collector import no_collector
from jaryq.base.free import free_file, marked_as
from jaryq.base.issues import stops
from jaryq.base.text import Lang, Text
from jaryq.commands.check.formats import as_github, as_json, as_junit
from jaryq.commands.check.text import lines, summed
from jaryq.workbook.coverage import lines as covered
from jaryq.workbook.coverage import with_repairs
from jaryq.workbook.read import read_all

if TYPE_CHECKING:
    from jaryq.workbook.annotated.copy import Annotated

FORMATS = ("text", "json", "github", "junit")
MARKED = Text("{count} cell(s) are marked in {path}; all issues are on its sheet #issues.",
              "Отмечено ячеек: {count} в {path}; все замечания на его листе #issues.")
LISTED = Text("The file was not changed ({why}); its issues are listed with links in {path}.",
              "Сам файл не изменён ({why}); замечания со ссылками записаны в {path}.")


def check(source: Path, lang: Lang, form: str = "text", copy: Path | None = None, force: bool = False) -> int:
    """All issues of an input and its scenarios on the screen, and marked in a copy of the workbook; exit code 2 if one
    of them would stop a plan."""
    if copy is not None:
        # What writes marked copies takes longer to import than most inputs take to check.
        from jaryq.workbook.annotated.copy import PURPOSE, annotate, place_of
        for place in {place_of(source, copy), place_of(None, copy)}:
            free_file(place, marked_as(PURPOSE), (source,), force)
    reading = read_all(source)
    with no_collector():  # little of what is made here goes away again
        issues = all_issues(reading.tables, reading.issues)
    annotated = annotate(source, copy, issues, lang) if copy is not None else None
    if form == "json":
        print(as_json(issues, source, lang, {"annotated": _json(annotated, lang)}))
    elif form == "github":
        print(as_github(issues, source, lang))
    elif form == "junit":
        print(as_junit(issues, source, lang), end="")
    else:
        coverage = with_repairs(reading.coverage, issues)
        said = covered(coverage, lang) if coverage.sheets else []
        for line in (*said, *lines(issues, lang), *summed(issues, source, lang, annotated=annotated is not None)):
            print(line)
    if annotated is not None:
        text = (LISTED.say(lang, why=annotated.why, path=annotated.path) if annotated.why
                else MARKED.say(lang, count=annotated.marked, path=annotated.path))
        print(text, file=sys.stdout if form == "text" else sys.stderr)
    return 2 if stops(issues) else 0


def _json(annotated: Annotated | None, lang: Lang) -> dict[str, Any] | None:
    if annotated is None:
        return None
    return {"path": str(annotated.path), "cells": annotated.marked,
            "why_not_changed": annotated.why.say(lang) if annotated.why else None}
