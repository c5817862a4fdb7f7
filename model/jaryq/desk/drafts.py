"""The drafts of a desk: one of each case, for all its visitors."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from jaryq.base.once import once
from jaryq.desk.desk import Desk
from jaryq.desk.draft import Draft


@once
def _drafts(desk: Desk) -> dict[Path, Draft]:
    return {}


_OPENING = Lock()


@once
def _doors(desk: Desk) -> dict[Path, Lock]:
    return {}


def draft_of(desk: Desk, case: Path) -> Draft:
    """The draft of a case: one for all visitors of a desk. A file that nobody has changed here is read anew where it is
    another by now."""
    with _OPENING:
        door = _doors(desk).setdefault(case, Lock())
    with door:  # a case that takes long holds up nobody who wants another
        drafts = _drafts(desk)
        draft = drafts.get(case)
        if draft is None:
            draft = drafts[case] = Draft(case)
        elif not draft.changed and draft.meanwhile():
            draft.read_again()
        return draft
