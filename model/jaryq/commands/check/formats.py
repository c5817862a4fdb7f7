"""Issues for machines: JSON, commands of a GitHub workflow, JUnit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.junit import Entry, junit
from jaryq.base.severity import Severity
from jaryq.base.text import Lang
from jaryq.commands.check.groups import Group, counts, grouped
from jaryq.commands.check.text import CELLS, FREE

COMMANDS: dict[Severity, str] = {"stop": "error", "surprise": "warning", "note": "notice"}


def as_json(issues: Sequence[Issue], source: Path, lang: Lang, more: dict[str, Any]) -> str:
    """Counts, groups and every issue; ``more`` stands beside them."""
    found = counts(issues)
    content = {
        "input": str(source), "status": "rejected" if found["stop"] else "ok",
        "counts": {f"{severity}s": count for severity, count in found.items()}, **more,
        "groups": [
            {"severity": group.severity, "code": group.first.code, "sheet": group.first.sheet,
             "column": group.first.column, "count": len(group.issues),
             "cells": [issue.cell for issue in group.issues], "rule": group.rule(lang), "remedy": group.remedy(lang)}
            for group in grouped(issues)
        ],
        "issues": [
            {"severity": issue.severity, "code": issue.code, "sheet": issue.sheet, "cell": issue.cell,
             "column": issue.column, "value": issue.value,
             "scenario": issue.scenario, "rule": issue.rule(lang), "remedy": issue.remedy(lang)}
            for issue in issues
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def as_github(issues: Sequence[Issue], source: Path, lang: Lang) -> str:
    """One command a group (a step shows ten of each severity): the file, the first cell in the title, all of the group
    in the message.

    In a folder of CSV files the file is that of the sheet, with the line of the first cell.
    """
    said = []
    for group in grouped(issues):
        where = {"file": source.as_posix()}
        if source.is_dir() and group.first.sheet:
            row = "".join(mark for mark in group.first.cell if mark.isdigit())
            where = {"file": (source / f"{group.first.sheet}.csv").as_posix(), **({"line": row} if row else {})}
        first = group.first
        title = " ".join(part for part in ("!".join(part for part in (first.sheet, first.cell) if part), first.column,
                                           first.code) if part)
        if len(group.issues) > 1:
            title += f" +{len(group.issues) - 1}"
        where["title"] = title
        properties = ",".join(f"{name}={_escaped(text, ':,')}" for name, text in where.items())
        said.append(f"::{COMMANDS[group.severity]} {properties}::{_escaped(_message(group, lang))}")
    return "\n".join(said)


def _escaped(text: str, also: str = "") -> str:
    """As GitHub's runner reads it back: % first, then line breaks and, in properties, the marks between them."""
    for mark in f"%\r\n{also}":
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


def _message(group: Group, lang: Lang) -> str:
    shown = [issue.say(lang) for issue in group.issues[:CELLS]]
    more = len(group.issues) - CELLS
    return "\n".join(shown + ([f"+{more}"] if more > 0 else []))


def as_junit(issues: Sequence[Issue], source: Path, lang: Lang) -> str:
    """One test case a group, failed where it stops a run; what does not is its output. Without issues one case that
    says so."""
    cases = []
    for group in grouped(issues):
        said = "\n".join(issue.say(lang) for issue in group.issues)
        name = f"{group.place or source.name} ({len(group.issues)})"
        failed = (group.rule(lang) or group.first.rule(lang)) if group.severity == "stop" else ""
        cases.append(Entry(f"check.{group.severity}.{group.first.code}", name, failed, said))
    return junit("jaryq check", cases or [Entry("check", source.name, text=FREE.say(lang))])
