"""JUnit files, which every CI server lists like tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One test case: where it belongs, its name, what it asserts if it failed (with the details in ``text``); else
    ``text`` is its output. ``skipped``: why nothing can be asserted."""

    group: str
    name: str
    failed: str = ""
    text: str = ""
    skipped: str = ""


def junit(suite: str, cases: Sequence[Entry]) -> str:
    """The file as text; characters that XML cannot hold become question marks."""
    failed = sum(1 for case in cases if case.failed)
    skipped = sum(1 for case in cases if case.skipped)
    counts = {"tests": len(cases), "failures": failed, "skipped": skipped, "errors": 0}
    root = ElementTree.Element("testsuite", {"name": suite, **{name: str(count) for name, count in counts.items()}})
    for case in cases:
        found = ElementTree.SubElement(root, "testcase", classname=_clean(case.group), name=_clean(case.name))
        if case.failed:
            ElementTree.SubElement(found, "failure", message=_clean(case.failed)).text = _clean(case.text)
        elif case.skipped:
            ElementTree.SubElement(found, "skipped", message=_clean(case.skipped)).text = _clean(case.text)
        elif case.text:
            ElementTree.SubElement(found, "system-out").text = _clean(case.text)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def is_junit(path: Path) -> bool:
    """Whether a file is a JUnit file that the program wrote."""
    with path.open("rb") as file:
        return b'<testsuite name="jaryq ' in file.read(300)


def _clean(text: str) -> str:
    return _NOT_XML.sub("?", text)
