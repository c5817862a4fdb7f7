"""Facilities and regions as points (GeoJSON, RFC 7946: WGS 84, longitude first), with what the plan says of them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jaryq.base.text import Lang, word
from jaryq.case.case import Case, Facility
from jaryq.case.stretches import Renewed, Stretches
from jaryq.report.report import Report
from jaryq.report.shapes import plus
from jaryq.report.stretches import features
from jaryq.report.words import name_of

DECIMALS = 6
"""Of a degree: a tenth of a metre."""


def facilities(case: Case, report: Report, lang: Lang) -> bytes:
    """One point for each facility of the table ``facilities``, with all its columns; without coordinates it has no
    geometry."""
    table = report.tables["facilities"]
    return _collection(
        _feature(str(row.get("facility")), _at(case.facilities.get(str(row.get("facility")))),
                 {heading: word(row.get(heading), lang) for heading in table.headings}) for row in table.rows)


def regions(case: Case, report: Report, lang: Lang) -> bytes:
    """One point for each region, in the middle of its facilities: the workbook has no place of a region itself."""
    return _collection(_feature(key, _middle(case, key), _of_region(case, report, key, lang)) for key in case.regions)


def stretches(register: Stretches, renewed: Renewed, labels: Sequence[str]) -> bytes:
    """The stretches of a register that have a place, with what is renewed of them."""
    return _collection(features(register, renewed, labels))


def _of_region(case: Case, report: Report, key: str, lang: Lang) -> dict[str, Any]:
    region = case.regions[key]
    name = name_of(region)
    built = [row for row in report.tables["facilities"].rows if row.get("region") == name and row.get("finish")]
    lines = [row for row in report.tables["networks"].rows if row.get("region") == name]
    return {"region": key, "name": name.en, "name_ru": name.ru, "population": region.population,
            "facilities_in_plan": len(built), "facilities_cost": plus(row.get("total") for row in built),
            "km_renewed": plus(row.get("renewed") for row in lines),
            "networks_cost": plus(row.get("total") for row in lines), "lang": lang}


def _at(facility: Facility | None) -> tuple[float, float] | None:
    if facility is None or facility.latitude is None or facility.longitude is None:
        return None
    return facility.longitude, facility.latitude


def _middle(case: Case, region: str) -> tuple[float, float] | None:
    points = [at for one in case.facilities.values() if one.region == region and (at := _at(one)) is not None]
    if not points:
        return None
    return (math.fsum(east for east, _ in points) / len(points), math.fsum(north for _, north in points) / len(points))


def _feature(key: str, at: tuple[float, float] | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    geometry = None if at is None else {"type": "Point", "coordinates": [round(part, DECIMALS) for part in at]}
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": dict(properties)}


def _collection(features: Iterable[Mapping[str, Any]]) -> bytes:
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()
