"""What changed between two finished plans, for machines."""

from __future__ import annotations

import math
from typing import Any

from jaryq.base.text import Text
from jaryq.report.compare.moves import said
from jaryq.report.plan_differences import PlanDiff, case_of, differs, name_in, standings
from jaryq.report.shapes import Value


def as_json(found: PlanDiff) -> dict[str, Any]:
    """The differences for machines: names are stable; numbers in bn KZT and km, blanks null; texts in English and
    Russian."""
    sides = (found.old, found.new)
    stand = standings(found)
    return {
        "kind": "plans",
        **{place: {"path": one.name.en, "case": case_of(one), "scenario": one.result.scenario}
           for place, one in zip(("old", "new"), sides, strict=True)},
        "same": not found.anything,
        "inputs": {sheet.sheet.name: len(sheet.rows) for sheet in found.inputs.sheets},
        "figures": [
            {"label": line.label.en, "label_ru": line.label.ru, "unit": line.said.en if line.said else line.unit,
             "old": _plain(line.values[0]), "new": _plain(line.values[1]), "change": line.difference(1)}
            for block in found.blocks for line in block.lines if differs(*line.values[:2])
        ],
        "projects": [
            {"project": key, "name": name_in(sides, key, "en"), "kinds": list(move.kinds), "change": move.text.en,
             "change_ru": move.text.ru, "standing": stand.get(key),
             **{place: said(state).en if state else None
                for place, state in zip(("old", "new"), found.states[key], strict=True)}}
            for key, move in found.moves.items()
        ],
        "money": [
            {"source": str(old["source"]), "name": _plain(new.get("name") or old.get("name")),
             **{place: {heading.removeprefix("use_"): _plain(row[heading])
                        for heading in row if heading.startswith("use_") or heading == "total"}
                for place, row in (("old", old), ("new", new))}}
            for old, new in found.money
        ],
        "targets": [
            {"target": key, "name": _plain((new or old).get("name")),
             **{place: {name: _plain(row.get(name)) for name in ("value", "reached", "shortfall")} if row else None
                for place, row in (("old", old), ("new", new))}}
            for key, old, new in found.targets
        ],
    }


def _plain(value: Value) -> Any:
    if isinstance(value, Text):
        return value.en
    return None if isinstance(value, float) and not math.isfinite(value) else value
