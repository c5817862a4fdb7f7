"""``report.html`` as a file: whole or not at all, and known again by its mark as long as nobody changed it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from jaryq.base.places import write_whole
from jaryq.base.text import Lang, Text
from jaryq.handover.html.file import rendered, scenario_in
from jaryq.handover.html.shown import Json

REPORT = "report.html"

_MARK = "<!-- Jaryq report {digest} -->\n"


def write_report(path: Path, scenarios: Sequence[Json], lang: Lang, failures: Iterable[tuple[Text, Text]] = (),
                 said: Iterable[Text] = ()) -> Path:
    """Write the page of these scenarios; where it stands (beside ``path`` where that is open). ``said``: sentences on
    them side by side. Raises Misplaced or Fault."""
    content = rendered(scenarios, failures, lang, said).encode()
    return write_whole(path, lambda draft: draft.write_bytes(content + _mark(content)))


def is_report(path: Path) -> bool:
    """Whether a file is a report as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    size = len(_mark(b""))
    return content[-size:] == _mark(content[:-size])


def scenario_of(path: Path) -> Json:
    """The (first) scenario of a report. Raises OSError, ValueError."""
    return scenario_in(path.read_text(encoding="utf-8"))


def _mark(content: bytes) -> bytes:
    return _MARK.format(digest=hashlib.sha256(content).hexdigest()[:32]).encode()
