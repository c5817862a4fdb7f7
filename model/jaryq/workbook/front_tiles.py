"""The tile map of the regions in cells: each tile a name and a figure, coloured by it; a list chooses the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.handover.shapes import Tiles
from jaryq.tables.tables import letters
from jaryq.workbook.plan_style import HEAD, LINE, MUTED, Style

CHOOSE = Text("Coloured by (choose):", "Окраска по (выберите):")
DRAWN = Text("What the map draws", "Данные карты")
PALE, DEEP = "#F4F1E4", "#2F7F93"
"""From the least to the most; both leave dark letters readable."""


def write_tiles(sheet: Any, row: int, data: int, tiles: Tiles, widths: Sequence[float], style: Style,
                lang: Lang) -> tuple[int, int]:
    """The map from ``row`` on, its figures at column ``data``; the next free row and data column."""
    muted = style(font_color=MUTED, font_size=8)
    titles = [f"{title.say(lang)}, {unit.say(lang)}" for title, unit in tiles.figures.values()]
    sheet.write_string(0, data, DRAWN.say(lang), muted)
    for c, title in enumerate(titles):
        sheet.write_string(1, data + 1 + c, title, muted)
    count = len(tiles.tiles)
    for r, tile in enumerate(tiles.tiles):
        sheet.write_string(2 + r, data, tile.name.say(lang), muted)
        for c, key in enumerate(tiles.figures):
            if (value := tile.values.get(key)) is not None:
                sheet.write_number(2 + r, data + 1 + c, value, style(font_color=MUTED, font_size=8,
                                                                     num_format="#,##0.0"))
    chosen = list(tiles.figures).index(tiles.shown)
    sheet.write_string(row, 0, tiles.title.say(lang), style(bold=True, font_size=11, font_color=HEAD))
    sheet.write_string(row + 1, 0, CHOOSE.say(lang), style(font_color=MUTED, align="right"))
    box = style(border=1, border_color=LINE, bold=True)
    sheet.merge_range(row + 1, 1, row + 1, 5, "", box)
    sheet.write_string(row + 1, 1, titles[chosen], box)
    first, last = letters(data + 2), letters(data + 1 + len(titles))
    heads = f"${first}$2:${last}$2"
    sheet.data_validation(row + 1, 1, row + 1, 1, {"validate": "list", "source": f"={heads}"})
    choice, top, ranges = f"$B${row + 2}", row + 3, []
    for r, tile in enumerate(tiles.tiles):
        at, column = top + 2 * tile.row, 1 + tile.column
        # Other colours than the figure's have no meaning, so the name's cell stays white.
        sheet.write_string(at, column, tile.short.say(lang),
                           style(font_size=8, align="center", top=1, left=1, right=1, border_color=MUTED))
        line = f"${first}${3 + r}:${last}${3 + r}"
        found = f"INDEX({line},MATCH({choice},{heads},0))"
        sheet.write_formula(at + 1, column, f'=IF({found}="","",{found})',
                            style(align="center", bottom=1, left=1, right=1, border_color=MUTED, bold=True,
                                  num_format="[>=100]#,##0;[>=10]0.0;0.00"),
                            "" if (value := tile.values.get(tiles.shown)) is None else value)
        ranges.append(f"{letters(column + 1)}{at + 2}")
    if ranges:
        sheet.conditional_format(ranges[0], {"type": "2_color_scale", "min_color": PALE, "max_color": DEEP,
                                             "multi_range": " ".join(ranges)})
    below = top + 2 * (max((tile.row for tile in tiles.tiles), default=0) + 1) + 1
    return below, data + len(titles) + 2 if count else data
