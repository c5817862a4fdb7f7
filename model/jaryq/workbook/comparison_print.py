"""Printed pages of the comparison: A4 landscape; a page holds whole columns of scenarios beside the columns that name
the rows, and whole blocks of rows where they fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jaryq.workbook.plan_style import print_setup

WIDE, HIGH = 780.0, 505.0
"""Points inside the margins of an A4 page that lies."""
LETTER, BORDER, WIDER = 5.25, 3.75, 1.2
"""Points of a letter of a column's width in Excel, and of its borders; programs that lack its font set columns up to a
fifth wider."""
LEAST = 0.55
"""Letters of 10 points are printed no smaller than this part, if columns can go to further pages."""
USUAL = 15.0
"""Points of a row whose height is not set."""


def points(letters: float) -> float:
    """Width of a column on paper, at most."""
    return WIDER * in_excel(letters)


def in_excel(letters: float) -> float:
    """Width of a column in Excel, by which charts are placed."""
    return letters * LETTER + BORDER


def printed(sheet: Any, footer: str, widths: Sequence[float], last_row: int, lead: int = 1,
          parts: Sequence[Sequence[int]] = (), blocks: Iterable[int] = (), head: int = 2,
          area: bool = True) -> list[tuple[int, int]]:
    """Set a sheet up for printing; first and last (exclusive) column of each page beside the leading ones.

    ``widths``: letters of its columns; the first ``lead`` stand on every page, with the rows up to ``head``;
    ``parts``: first columns of groups that no page cuts, by parts that share no page unless all fit on one;
    ``blocks``: first rows of blocks that no page cuts where they fit; ``area``: whether the sheet gets a print area.
    """
    print_setup(sheet, footer, last_head_row=head)
    if area:
        sheet.print_area(0, 0, max(last_row, head), len(widths) - 1)
    pages, starts = columns_printed(widths, lead, parts), sorted(blocks)
    if len(pages) == 1 and not starts:
        return pages  # fitted to the width, whatever the font
    named = sum(points(letters) for letters in widths[:lead])
    scale = min(1.0, *(WIDE / (named + sum(points(letters) for letters in widths[first:last]))
                       for first, last in pages))
    # Page breaks count in Excel only where a scale is stated.
    sheet.set_print_scale(max(10, int(100 * scale)))
    if len(pages) > 1:
        sheet.repeat_columns(0, lead - 1)
        sheet.set_v_pagebreaks([first for first, _ in pages[1:]])
    heights = [sheet.heights.get(row, USUAL) for row in range(last_row + 1)]
    if breaks := rows_printed(heights, head + 1, starts, HIGH / (int(100 * scale) / 100)):
        sheet.set_h_pagebreaks(breaks)
    return pages


def columns_printed(widths: Sequence[float], lead: int, parts: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """First and last (exclusive) column of each page beside the leading ones: all on one where the letters stay large
    enough, else of each part as few pages of whole groups as keep them so, one group at least, the widest of them as
    narrow as can be."""
    starts = [start for part in parts for start in part]
    room = WIDE / LEAST - sum(points(letters) for letters in widths[:lead])
    if sum(points(letters) for letters in widths[lead:]) <= room or len(starts) < 2:
        return [(lead, len(widths))]
    size = {first: sum(points(letters) for letters in widths[first:last])
            for first, last in zip(starts, [*starts[1:], len(widths)], strict=True)}
    firsts = [first for part in parts for first in _evenly(part, size, room)]
    return list(zip([lead, *firsts[1:]], [*firsts[1:], len(widths)], strict=True))


def _evenly(part: Sequence[int], size: Mapping[int, float], room: float) -> list[int]:
    """First groups of the pages of a part."""
    pages = _filled(part, size, room)
    ends = [sum(size[group] for group in part[i:j]) for i in range(len(part)) for j in range(i + 1, len(part) + 1)]
    return next(found for wide in sorted({*ends, room}) if len(found := _filled(part, size, wide)) <= len(pages))


def _filled(part: Sequence[int], size: Mapping[int, float], room: float) -> list[int]:
    """First groups of pages that are filled one after another."""
    firsts, used = list[int](), 0.0
    for group in part:
        if not firsts or used + size[group] > room:
            firsts.append(group)
            used = 0.0
        used += size[group]
    return firsts


def rows_printed(heights: Sequence[float], first: int, blocks: Sequence[int], room: float) -> list[int]:
    """Rows at which pages begin, so that none cuts a block that fits a page; rows before ``first`` stand on each. A
    block higher than a page begins where it comes, and goes on on the next."""
    room -= sum(heights[:first])
    starts = [row for row in blocks if row >= first] or [first]
    ends = [*starts[1:], len(heights)]
    found, used = list[int](), sum(heights[first:starts[0]])
    for start, end in zip(starts, ends, strict=True):
        size = sum(heights[start:end])
        if used and used + size > room and size <= room:
            found.append(start)
            used = 0.0
        for row in range(start, end):
            if used and used + heights[row] > room:
                found.append(row)
                used = 0.0
            used += heights[row]
    return found
