"""What a notebook shows of an object: a short table of facts, and what may be folded out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

LISTED = 50
"""So many lines are listed; the others are counted."""


def row(label: str, value: object) -> tuple[str, str]:
    """A fact."""
    return label, str(value)


def html(title: str, rows: Sequence[tuple[str, str]], *more: str) -> str:
    """A title, facts in two columns, and further pieces of HTML. Every text is escaped."""
    cells = "".join(f"<tr><th style='text-align:left'>{escape(label)}</th><td style='text-align:left'>{escape(value)}"
                    "</td></tr>" for label, value in rows)
    return f"<div><b>{escape(title)}</b><table>{cells}</table>{''.join(more)}</div>"


def listed(lines: Sequence[str], summary: str = "issues") -> str:
    """Lines that fold out; nothing where there are none."""
    if not lines:
        return ""
    shown = "".join(f"<li>{escape(line)}</li>" for line in lines[:LISTED])
    more = f"<li>+{len(lines) - LISTED}</li>" if len(lines) > LISTED else ""
    return f"<details><summary>{len(lines)} {escape(summary)}</summary><ul>{shown}{more}</ul></details>"
