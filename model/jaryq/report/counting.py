"""Which facilities count towards the programme's number, and what the others are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case

ILLUSTRATIVE = "illustrative"

COMPLETED = Text("Facilities completed, done before included", "Объектов завершено, с выполненными ранее")
KM = Text("Km renewed, done before included", "Км обновлено, с выполненными ранее")


def counting(case: Case, region: str | None = None) -> list[str]:
    """Facilities of which a variant counts towards the programme, in the order of the input; of a region, "" for those
    of none, or of all."""
    return [asset for asset, variants in case.assets.items()
            if any(case.facilities[v].counts for v in variants)
            and (region is None or (case.facilities[asset].region or "") == region)]


def completed_with(case: Case, started: Iterable[str]) -> int:
    """Facilities in service by the last year that count if these rows are begun, done before included."""
    done = {key for key, facility in case.facilities.items() if facility.done is not None}
    ended = {key for key in started if not case.facilities[key].unfinished}
    return sum(case.facilities[key].counts for key in done | ended)


def km_with(case: Case, planned: float) -> float:
    """Km renewed by the last year if so many are in planned years, done before included."""
    return math.fsum([planned, *(package.km_done for package in case.packages.values())])


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
        return Text(f"{some} of them illustrative, the others no facilities of the programme",
                    f"из них условных {some}, остальные не объекты программы")
    return Text("no facilities of the programme", "не объекты программы")
