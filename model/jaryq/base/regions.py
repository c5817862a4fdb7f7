"""Regions of the country that plans (``regions.csv``): their names as people write them, a short one, and their place
on the tile map. For another country, or another division of this one, edit that file; a case with other regions has no
map.

Names: the decrees on the regions in Kazakh and Russian, the Latin spellings in use (older Russian, English, the Latin
alphabet of 2021), katakana. They count only where a workbook has the code among its own regions. The layout of the map
is our own: regions with a common border touch, by a side or a corner.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from jaryq.base.text import Text


@dataclass(frozen=True)
class Place:
    """A region: row from the north and column from the west of its tile, a name that fits it, names in use."""

    row: int
    column: int
    short: Text
    names: tuple[str, ...]


@functools.cache
def known_regions() -> Mapping[str, Place]:
    """Regions by their codes, in the order of the file."""
    text = resources.files("jaryq.base").joinpath("regions.csv").read_text(encoding="utf-8-sig")
    return {row["region"]: Place(int(row["row"]), int(row["column"]), Text(row["en"], row["ru"]),
                                 tuple(name.strip() for name in row["names"].split(";")))
            for row in csv.DictReader(text.splitlines())}


def region_names() -> Mapping[str, tuple[str, ...]]:
    """Names in use by code."""
    return {key: place.names for key, place in known_regions().items()}
