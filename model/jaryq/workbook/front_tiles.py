"""The tile map of the regions in cells: each tile a name and a figure, coloured by it; a list chooses the figure."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.handover.shapes import Tiles
from jaryq.tables.tables import letters
from jaryq.workbook.front_canvas import Canvas
from jaryq.workbook.plan_style import HEAD, LINE, MUTED

CHOOSE = Text("Coloured by (choose):", "Окраска по (выберите):")
DRAWN = Text("What the map draws", "Данные карты")
SPAN = 4
"""Grid columns of a tile."""
ABOVE, BELOW, BETWEEN = 11.25, 13.5, 6.0
"""Points of the rows of a tile (its name, in small letters, and its figure), and of the row above the map."""
PALE, DEEP = "#F4F1E4", "#2F7F93"
"""From the least to the most; both leave dark letters readable."""


def columns_of(tiles: Tiles) -> int:
    """Grid columns that the map takes."""
    return max([6, *(tile.column + 1 for tile in tiles.tiles)]) * SPAN


def write_tiles(on: Canvas, row: int, data: int, tiles: Tiles) -> tuple[int, int]:
    """The map from ``row`` on, its figures at column ``data``; the next free row and data column."""
    sheet, style, lang = on.sheet, on.style, on.lang
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
    sheet.write_string(row + 1, 0, CHOOSE.say(lang), style(font_color=MUTED))
    box = style(border=1, border_color=LINE, bold=True, locked=False)
    at_choice = 2 * SPAN
    sheet.merge_range(row + 1, at_choice, row + 1, 6 * SPAN - 1, "", box)
    sheet.write_string(row + 1, at_choice, titles[chosen], box)
    first, last = letters(data + 2), letters(data + 1 + len(titles))
    heads = f"${first}$2:${last}$2"
    sheet.data_validation(row + 1, at_choice, row + 1, at_choice, {"validate": "list", "source": f"={heads}"})
    choice, top, ranges = f"${letters(at_choice + 1)}${row + 2}", row + 3, []
    for tile_row in sorted({tile.row for tile in tiles.tiles}):
        on.tall(top + 2 * tile_row, ABOVE)
        on.tall(top + 2 * tile_row + 1, BELOW)
    on.tall(top - 1, BETWEEN)
    for r, tile in enumerate(tiles.tiles):
        at, column = top + 2 * tile.row, SPAN * tile.column
        # Other colours than the figure's have no meaning, so the name's cell stays white.
        above = style(font_size=8, align="center", top=1, left=1, right=1, border_color=MUTED)
        sheet.merge_range(at, column, at, column + SPAN - 1, "", above)
        sheet.write_string(at, column, tile.short.say(lang), above)
        line = f"${first}${3 + r}:${last}${3 + r}"
        found = f"INDEX({line},MATCH({choice},{heads},0))"
        value = tile.values.get(tiles.shown)
        below = style(align="center", bottom=1, left=1, right=1, border_color=MUTED, bold=True,
                      num_format="[>=100]#,##0;[>=10]0.0;0.00")
        sheet.merge_range(at + 1, column, at + 1, column + SPAN - 1, "", below)
        sheet.write_formula(at + 1, column, f'=IF({found}="","",{found})', below, "" if value is None else value)
        ranges.append(f"{letters(column + 1)}{at + 2}:{letters(column + SPAN)}{at + 2}")
    if ranges:
        sheet.conditional_format(ranges[0], {"type": "2_color_scale", "min_color": PALE, "max_color": DEEP,
                                             "multi_range": " ".join(ranges)})
    end = top + 2 * (max((tile.row for tile in tiles.tiles), default=0) + 1) + 1
    return end, data + len(titles) + 2 if count else data
