"""Findings as a JUnit file, so that a CI server lists the checks of a plan like tests."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.junit import Entry
from jaryq.base.junit import junit as file_of
from jaryq.base.text import Lang
from jaryq.verify.asserted import CHECKS
from jaryq.verify.finding import Finding


def junit(findings: Sequence[Finding], lang: Lang = "en", more: Sequence[Entry] = ()) -> str:
    """One test case per finding, then ``more``; a failed one says what was claimed and what was computed."""
    return file_of("jaryq verify", [*(_case(finding, lang) for finding in findings), *more])


def _case(finding: Finding, lang: Lang) -> Entry:
    group, name = f"verify.{finding.check}", finding.place or finding.check
    if finding.ok:
        return Entry(group, name)
    text = (f"{finding.claimed!r} in the plan, {finding.recomputed!r} computed, {finding.unit}; tolerance "
            f"{finding.tolerance:g}")
    return Entry(group, name, CHECKS[finding.check].say(lang), text)
