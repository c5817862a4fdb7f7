"""Which facilities count towards the programme's number, and what the others are."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case

ILLUSTRATIVE = "illustrative"


def counting(case: Case, region: str | None = None) -> list[str]:
    """Facilities of which a variant counts towards the programme, in the order of the input; of a region, "" for those
    of none, or of all."""
    return [asset for asset, variants in case.assets.items()
            if any(case.facilities[v].counts for v in variants)
            and (region is None or (case.facilities[asset].region or "") == region)]


def others(case: Case) -> list[str]:
    """Facilities of which no variant counts."""
    mine = set(counting(case))
    return [asset for asset in case.assets if asset not in mine]


def what_they_are(case: Case, assets: Sequence[str]) -> Text:
    """What facilities are that do not count, by the status of their data: ``all of them illustrative``."""
    some = sum(case.facilities[asset].data_status == ILLUSTRATIVE for asset in assets)
    if some == len(assets):
        return Text("all of them illustrative", "все они условные")
    if some:
        return Text(f"{some} of them illustrative, the others alternatives", f"из них условных {some}, остальные это "
                    "альтернативы")
    return Text("alternatives that are no facility of the programme", "альтернативы, которые не объекты программы")
