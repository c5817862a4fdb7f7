"""What a source that pays by a quantity may pay for a project (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.case.case import Case, Project, Source

NONE_OF_IT = Text("brings none of what the source pays by ({quantity})",
                  "не даёт величины, по которой платит источник ({quantity})")


def most_by_quantity(source: Source, project: Project) -> float | None:
    """Most that a source pays for the whole of a facility, or a km of a package, bn of its currency; None if it does
    not pay by a quantity."""
    if source.quantity is None or source.per_unit is None:
        return None
    return max(project.quantities.get(source.quantity, 0.0), 0.0) * source.per_unit * 1e-9


def without_quantity(case: Case, pays: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, str], Text]:
    """Why sources that pay by a quantity may not pay for projects that bring none of it."""
    asking = [source for source in case.sources.values() if source.open and source.quantity is not None]
    found: dict[tuple[str, str], Text] = {}
    for source in asking:
        known = case.quantities.get(source.quantity or "")
        reason = NONE_OF_IT.fill(quantity=Text(known.name, known.name_ru) if known else source.quantity)
        found |= {(source.id, p): reason for p, sources in pays.items() if source.id in sources
                  and most_by_quantity(source, case.project(p)) == 0.0}
    return found
