"""The tile map: a square for each region of Kazakhstan, so placed that regions with a common border touch, by a side or
a corner. The layout is our own; regions are those of ISO 3166-2:KZ since 2022."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.handover.shapes import Tile, Tiles
from jaryq.report.shapes import Value

PLACES: Mapping[str, tuple[int, int]] = {
    "KZ-59": (0, 3), "KZ-71": (0, 4),
    "KZ-27": (1, 0), "KZ-39": (1, 2), "KZ-11": (1, 3), "KZ-55": (1, 4),
    "KZ-23": (2, 0), "KZ-15": (2, 1), "KZ-62": (2, 2), "KZ-35": (2, 3), "KZ-10": (2, 4), "KZ-63": (2, 5),
    "KZ-47": (3, 0), "KZ-43": (3, 2), "KZ-61": (3, 3), "KZ-31": (3, 4), "KZ-33": (3, 5),
    "KZ-79": (4, 3), "KZ-19": (4, 5), "KZ-75": (4, 6),
}
"""Row from the north and column from the west."""

SHORT: Mapping[str, Text] = {
    "KZ-10": Text("Abai", "Абай"), "KZ-11": Text("Akmola", "Акмола"), "KZ-15": Text("Aktobe", "Актобе"),
    "KZ-19": Text("Almaty reg.", "Алмат. обл."), "KZ-23": Text("Atyrau", "Атырау"), "KZ-27": Text("West", "ЗКО"),
    "KZ-31": Text("Zhambyl", "Жамбыл"), "KZ-33": Text("Zhetisu", "Жетісу"), "KZ-35": Text("Karaganda", "Караганда"),
    "KZ-39": Text("Kostanay", "Костанай"), "KZ-43": Text("Kyzylorda", "Кызылорда"),
    "KZ-47": Text("Mangystau", "Мангистау"), "KZ-55": Text("Pavlodar", "Павлодар"), "KZ-59": Text("North", "СКО"),
    "KZ-61": Text("Turkistan", "Туркестан"), "KZ-62": Text("Ulytau", "Улытау"), "KZ-63": Text("East", "ВКО"),
    "KZ-71": Text("Astana", "Астана"), "KZ-75": Text("Almaty", "Алматы"), "KZ-79": Text("Shymkent", "Шымкент"),
}
"""Names that fit a tile."""


def tiles(title: Text, figures: Mapping[str, tuple[Text, Text]], shown: str, rows: Sequence[Mapping[str, Value]],
          alt: Text) -> Tiles | None:
    """The map of the regions among ``rows`` (keys in column ``region``, names in ``name``), with the figures of their
    columns. None where any of them is not on the layout, or where there are none."""
    keyed = [row for row in rows if row.get("region")]
    if not keyed or any(str(row["region"]) not in PLACES for row in keyed):
        return None
    made = []
    for row in keyed:
        key, name = str(row["region"]), row.get("name")
        values = {heading: float(v) if isinstance(v := row.get(heading), (int, float)) else None for heading in figures}
        assert isinstance(name, Text)
        made.append(Tile(key, name, SHORT[key], *PLACES[key], values))
    return Tiles(title, figures, shown, tuple(sorted(made, key=lambda tile: (tile.row, tile.column))), alt)
