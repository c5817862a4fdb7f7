"""The tile map: a square for each region of the country, placed by ``base/regions.csv``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.regions import known_regions
from jaryq.base.text import Text
from jaryq.handover.shapes import Tile, Tiles
from jaryq.report.shapes import Value


def tiles(title: Text, figures: Mapping[str, tuple[Text, Text]], shown: str, rows: Sequence[Mapping[str, Value]],
          alt: Text) -> Tiles | None:
    """The map of the regions among ``rows`` (keys in column ``region``, names in ``name``), with the figures of their
    columns. None where any of them is not on the layout, or where there are none."""
    keyed = [row for row in rows if row.get("region")]
    if not keyed or any(str(row["region"]) not in known_regions() for row in keyed):
        return None
    made = []
    for row in keyed:
        key, name = str(row["region"]), row.get("name")
        values = {heading: float(v) if isinstance(v := row.get(heading), (int, float)) else None for heading in figures}
        assert isinstance(name, Text)
        at = known_regions()[key]
        made.append(Tile(key, name, at.short, at.row, at.column, values))
    return Tiles(title, figures, shown, tuple(sorted(made, key=lambda tile: (tile.row, tile.column))), alt)
