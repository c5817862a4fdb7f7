"""Findings as a JUnit file, so that a CI server lists the checks of a plan like tests."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from model.base.text import Lang
from model.verify.finding import CHECKS, Finding


def junit(findings: Sequence[Finding], lang: Lang = "en") -> str:
    """One test case per finding; a failed one says what was claimed and what was computed."""
    suite = ElementTree.Element("testsuite", name="jaryq verify", tests=str(len(findings)), failures=str(sum(1 for f in findings if not f.ok)), errors="0")
    for finding in findings:
        case = ElementTree.SubElement(suite, "testcase", classname=f"verify.{finding.check}", name=finding.place or finding.check)
        if not finding.ok:
            text = f"{finding.claimed!r} in the plan, {finding.recomputed!r} computed, {finding.unit}; tolerance {finding.tolerance:g}"
            ElementTree.SubElement(case, "failure", message=CHECKS[finding.check].say(lang)).text = text
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"
