"""The four ways a run can end without a plan, and their exit codes (0 is done, 64 wrong use)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from jaryq.base.issues import Issue
from jaryq.base.severity import SEVERITIES
from jaryq.base.text import Text

Status = Literal["ok", "rejected", "failed", "infeasible", "no_plan"]


@dataclass(frozen=True)
class Why:
    """Why there is no plan and what would make one, for people (``conflict``: the rules that contradict each other;
    ``said``: how that is known, then the repair, line by line) and for machines (``record``)."""

    conflict: tuple[Text, ...]
    said: tuple[Text, ...]
    record: Mapping[str, Any]


class Terminated(KeyboardInterrupt):
    """The run was told to end (SIGTERM): like Ctrl-C, with another exit code."""


class JaryqError(Exception):
    """A run that ended without a plan: ``exit_code`` and ``status`` say how, the text is for a person."""

    exit_code: ClassVar[int] = 1
    status: ClassVar[Status] = "failed"
    why: Why | None = None
    of: str = ""
    """The file that it speaks of, where a command reads several."""


@contextmanager
def speaking_of(path: object) -> Iterator[None]:
    """What ends a run here is said to be of this file."""
    try:
        yield
    except JaryqError as error:
        error.of = error.of or str(path)
        raise


class Told(JaryqError):
    """Said in every language: ``text`` is the sentence, without a point at its end."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NotVerified(Told):
    """A check of the finished plan failed: nothing is written as a plan."""


class InputRejected(JaryqError):
    """The input has issues that stop the run; all of them are in ``issues``."""

    exit_code = 2
    status = "rejected"

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__(f"{len(issues)} issue(s) stop the run")
        self.issues = tuple(issues)

    @property
    def reason(self) -> Issue:
        """The first issue that stops: others may stand before it, and are no reason."""
        return min(self.issues, key=lambda issue: SEVERITIES.index(issue.severity))


class Infeasible(JaryqError):
    """Hard rules contradict each other; ``conflict`` names the rows involved, ``limits`` says them in the words of the
    workbook."""

    exit_code = 3
    status = "infeasible"

    def __init__(self, message: str, conflict: Sequence[str] = (), limits: Sequence[Text] = ()) -> None:
        super().__init__(message)
        self.conflict = tuple(conflict)
        self.limits = tuple(limits)


class NoPlan(JaryqError):
    """The solver stopped without a plan (time, nodes, numerical trouble)."""

    exit_code = 4
    status = "no_plan"


class Stopped(Told, NoPlan):
    """The same, said in every language."""
