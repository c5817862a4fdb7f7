"""``jaryq.read``: an input opened in a notebook, checked, with its issues and sheets as DataFrames."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from jaryq.api.asked import asked, told_beneath
from jaryq.api.clock import Clock
from jaryq.api.frames import Frames, input_frame, issues_frame
from jaryq.api.hashes import input_hash
from jaryq.api.origin import Origin
from jaryq.api.rejected import accepted_or_why
from jaryq.api.shown import html, listed, row
from jaryq.base.severity import SEVERITIES
from jaryq.base.text import LANGS, Lang
from jaryq.case.since import with_last_plan
from jaryq.tables.scenarios import BASE
from jaryq.workbook.read import read as read_tables

if TYPE_CHECKING:
    from jaryq.api.planned import Program


@dataclass(frozen=True, eq=False, repr=False)
class OpenedCase(Origin):
    """An input that can be planned: what ``jaryq.read`` gives. Another scenario or another change is read anew."""

    @property
    def issues(self) -> pd.DataFrame:
        """What does not stop a plan but should be known, a row for each: severity (``surprise``, ``note``), sheet,
        cell, column, value, rule, remedy, code, scenario."""
        return issues_frame(self.accepted.issues, self.lang)

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The input sheets by name, with the scenario's changes made. Numbers are float64, whole numbers Int64, blanks
        missing (never zero, and no default filled in). ``attrs``: ``title``, ``units`` and ``headings`` by column,
        ``rows``, the row numbers in the workbook."""
        sheets = self.accepted.tables.sheets
        return Frames(self.name, {name: partial(input_frame, table, self.lang) for name, table in sheets.items()})

    def build(self) -> Program:
        """The linear program."""
        from jaryq.api.planned import build_program

        return build_program(self)

    def __repr__(self) -> str:
        return f"<jaryq case {self.name}, scenario {self.scenario}: {self._sizes}; {self._told}>"

    def _repr_html_(self) -> str:
        stopping_first = sorted(self.accepted.issues, key=lambda issue: SEVERITIES.index(issue.severity))
        issues = [f"{issue.severity}: {issue.say(self.lang)}" for issue in stopping_first]
        return html(f"{self.name}, scenario {self.scenario}",
                    [row("source", self.source), row("holds", self._sizes), row("issues", self._told)], listed(issues))

    @property
    def _sizes(self) -> str:
        case = self.accepted.case
        return (f"facilities {len(case.facilities)}, packages of networks {len(case.packages)}, "
                f"sources {len(case.sources)}, targets {len(case.targets)}")

    @property
    def _told(self) -> str:
        found = Counter(issue.severity for issue in self.accepted.issues)
        return f"surprises {found['surprise']}, notes {found['note']}"


def read(source: str | os.PathLike[str], scenario: str = BASE, changes: Sequence[str] = (), *,
         since: str | os.PathLike[str] | None = None, lang: Lang = "en") -> OpenedCase:
    """Open an input and check it: a workbook (.xlsx, .xlsm, .ods, .xlsb, .xls) or a folder of CSV files.

    ``scenario``: one of its scenarios; ``changes``: further changes as the option ``--set`` takes them, ``"sources;
    S1; envelope; multiply 1.1"``; ``since``: the last plan (plan.xlsx) of this case; ``lang``: language of issues,
    titles and texts (en, ru, kk, ja). Raises InputRejected, with every issue in ``issues``, if one of them stops a
    plan (with the conflict and the cheapest repair in ``why`` where arithmetic alone rejects it), and another
    JaryqError if ``since`` is no plan of this case.
    """
    if lang not in LANGS:
        raise ValueError(f"lang is one of {', '.join(LANGS)}, not {lang!r}")
    path, clock = Path(source), Clock()
    with told_beneath(lang):
        made = asked(changes)
        with clock.step("read"):
            tables, issues = read_tables(path)
            if since is not None:
                from jaryq.api.last_plan import last_plan

                tables = with_last_plan(tables, last_plan(Path(since), tables))
        with clock.step("check"):
            accepted = accepted_or_why(tables, issues, scenario, made)
    return OpenedCase(path, scenario, lang, accepted, made, clock.seconds, input_hash(path),
                      None if since is None else Path(since))
