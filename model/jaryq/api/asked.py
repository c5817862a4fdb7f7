"""Changes as a notebook asks for them, and what stands beneath the traceback where they, or the input, are rejected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jaryq.base.errors import InputRejected
from jaryq.base.text import Lang
from jaryq.tables.change import Change
from jaryq.tables.typed_changes import typed_changes

TOLD = 20
"""So many issues stand beneath the traceback of a rejected input; all are in ``issues``."""


def asked(changes: Sequence[str]) -> tuple[Change, ...]:
    """Changes written as the option ``--set`` takes them. Raises TypeError if they are no list of texts, InputRejected
    where one is no change."""
    if not isinstance(changes, (list, tuple)) or not all(isinstance(change, str) for change in changes):
        raise TypeError(f'changes is a list of texts, such as ["sources; S1; envelope; multiply 1.1"], not {changes!r}')
    made, wrong = typed_changes(changes, "changes")
    if wrong:
        raise InputRejected(wrong)
    return made


@contextmanager
def told_beneath(lang: Lang) -> Iterator[None]:
    """The first issues of a rejected input, and why arithmetic leaves no plan, are notes of the exception."""
    try:
        yield
    except InputRejected as rejected:
        stopping = [issue for issue in rejected.issues if issue.severity == "stop"]
        for issue in stopping[:TOLD]:
            rejected.add_note(issue.say(lang))
        if len(stopping) > TOLD:
            rejected.add_note(f"and {len(stopping) - TOLD} more: see issues of this exception")
        if rejected.why is not None:
            for text in (*rejected.why.conflict, *rejected.why.said):
                rejected.add_note(text.say(lang))
        raise
