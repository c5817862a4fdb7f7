"""What the whole check said of files, by their contents: it outlives a reload, and the server."""

from __future__ import annotations

import json
from contextlib import suppress

from jaryq.api.hashes import code_hash
from jaryq.base.issues import stops
from jaryq.base.once import once
from jaryq.desk.desk import Desk
from jaryq.desk.draft import Draft
from jaryq.desk.job import write_whole_json

NAME = ".checked.json"
"""Beside the results."""

MOST = 500
"""Files that are remembered, those looked at last."""

Said = tuple[int, int]
"""How many issues stop the run, and how many more there are."""


def said_before(desk: Desk, digest: str) -> Said | None:
    """What was said of a file of this content, by this program."""
    found = _kept(desk).get(digest)
    if isinstance(found, list) and len(found) == 2 and all(isinstance(count, int) for count in found):
        return found[0], found[1]
    return None


def remember(desk: Desk, draft: Draft) -> None:
    """Keep what the whole check says of a file as it stands; nothing where it has not looked, or of what is not
    saved."""
    if draft.changed or draft.full_version != draft.version:
        return
    grave = len(stops(draft.issues))
    kept = _kept(desk)
    kept.pop(draft.digest, None)
    kept[draft.digest] = [grave, len(draft.issues) - grave]
    with suppress(OSError):
        (desk.root / "outputs").mkdir(exist_ok=True)
        write_whole_json(desk.root / "outputs" / NAME, {"by": _program(desk), "said": dict(list(kept.items())[-MOST:])})


def _kept(desk: Desk) -> dict[str, object]:
    path = desk.root / "outputs" / NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    said = found.get("said") if isinstance(found, dict) and found.get("by") == _program(desk) else None
    return said if isinstance(said, dict) else {}


@once
def _program(_: Desk) -> str:
    return code_hash()
