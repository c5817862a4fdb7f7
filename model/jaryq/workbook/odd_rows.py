"""Rows of a sheet that are no rows of its table: totals, which would count twice, and headings that stand again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.lookalike import is_mark, looks
from jaryq.sheets.aliases import heading, titles
from jaryq.sheets.inputs import ADDED_UP
from jaryq.sheets.spec import Sheet
from jaryq.tables.values import show

TOTAL_WORDS = frozenset({
    "total", "totals", "subtotal", "subtotals", "sum", "итого", "итог", "итоги", "всего", "сумма", "подытог", "подитог",
    "барлығы", "жиыны", "жиынтығы", "қорытынды", "сомасы",
})
"""A key or a name that begins or ends with one of these words is that of a row of sums."""

ALONE_WORDS = frozenset({
    "average", "mean", "median", "overall", "all", "altogether", "среднее", "среднем", "средняя", "все", "весь",
    "общее", "общий", "орташа", "барлық", "平均", "全体", "全部",
})
"""Nothing but one of these is no name of a row either: it is that of an average, or of all rows."""

TOTAL_ENDS = ("合計", "総計", "小計", "累計", "合計額", "総計額", "小計額", "累計額", "総額")
"""The same in Japanese, which is written without spaces."""

BY_NAME_ALONE = frozenset({"source_groups"})
"""Sheets whose rows may well be called by a total (``foreign loans, total``): there only the bare word is one."""

ROUNDED = 0.005
"""By what part of itself a sum may miss its terms, as roundings make it."""

LONGEST_NAME = 200
_WORD = re.compile(r"[^\W_]+")
_FORMULA = re.compile(r"=|[+@-]+[^\W\d_][\w.]*\(")
"""How a formula begins that was typed as a text: it names a function of sums and is no name of a row (``=SUM(A1)``,
``@SUM(A1)``)."""

_ONE_DIGIT = bytes.maketrans(b"123456789", b"000000000")
_SPACED = re.compile(r"(?:\w[ .]+){3,}\w")
_PART_OF_SPACED = re.compile(r"[ .]\w[ .]+\w[ .]")
_SUM_SIGNS = ("∑", "Σ")
_COUNTED = re.compile(r"(?:.*[^設会統時集推余家温圧])?計")
"""A Japanese word that ends with 計 for a sum (地域計), not as in design, accounting, statistics, clock."""


def _seen(text: str) -> str:
    """A text as the eye sees it, whatever its case."""
    return looks(text.upper()).casefold()


_SEEN_WORDS = frozenset(map(_seen, TOTAL_WORDS))
_SEEN_ALONE = frozenset(map(_seen, ALONE_WORDS))
_SEEN_BESIDE = frozenset(map(_seen, ("grand", "sub", "in", "of", "в", "по", "bn", "kzt", "млрд", "тенге")))
_SEEN_BEGINS = tuple(_seen(words) for words in ("sub total ", "grand total ", "of which", "в т ч", "в том числе",
                                                "нарастающим итогом"))
"""Words with which a row of sums, or of parts of one, begins."""

_SEEN_TELLING = tuple(_seen(words) for words in ("of which", "т.ч", "т. ч", "том числе", "нарастающим"))
_ASIDE = re.compile(r"[\s,]*[(\[][^()\[\]]*[)\]]\s*$")
"""A unit or remark in brackets at the end."""


def is_total(text: str, *, alone: bool = False) -> bool:
    """Whether a key or name begins or ends with a word for a total, whatever stands beside it; ``alone``: whether it is
    nothing else."""
    if len(text) > LONGEST_NAME or _FORMULA.match(text):
        return False
    if text.strip().startswith(_SUM_SIGNS):
        return not alone or len(text.strip()) == 1
    seen = _seen(text)
    if _SPACED.fullmatch(seen.rstrip(" .:")):  # и т о г о
        seen = re.sub(r"[ .]", "", seen)
    words = _WORD.findall(seen)
    if not words:
        return False
    if not alone and (" ".join(words).startswith(_SEEN_BEGINS)
                      or (_WORD.findall(_ASIDE.sub("", seen)) or [""])[-1] in _SEEN_WORDS):
        return True
    first, last = words[0], words[-1]
    if last in _SEEN_ALONE and (len(words) == 1 or words[:-1] == ["b"] or words[:-1] == ["в"]):
        return True
    if alone:
        return (len(words) <= 2 and last in _SEEN_WORDS) or last in TOTAL_ENDS
    return (first in _SEEN_WORDS or last in _SEEN_WORDS or first.startswith(TOTAL_ENDS) or last.endswith(TOTAL_ENDS)
            or bool(_COUNTED.fullmatch(last)))


def none_is_total(texts: Sequence[str]) -> bool:
    """Whether :func:`is_total` is sure to be false of each of these texts; asked of all at once. A no may be one too
    many."""
    alike = "|".join(texts).encode(errors="replace").translate(_ONE_DIGIT).decode().split("|")
    whole = "|".join(dict.fromkeys(alike))  # keys and names of many rows differ by their numbers alone
    if any(sign in whole for sign in _SUM_SIGNS) or (not whole.isascii() and any(map(is_mark, set(whole)))):
        return False
    seen = _seen(whole)
    return not (_PART_OF_SPACED.search(seen) or any(word in seen for word in (
        *_SEEN_WORDS, *_SEEN_ALONE, *_SEEN_TELLING, *TOTAL_ENDS, "計")))


def odd_rows(sheet: Sheet, rows: tuple[int, ...], columns: Mapping[str, list[Any]],
             cells: Mapping[str, str]) -> list[tuple[int, Issue]]:
    """Positions of rows of totals (which stop; where a row says of what kind it is, has more to its name than the word
    and adds nothing up, it counts and is told) and of rows that repeat the headings (which are passed over), each with
    its issue."""
    if sheet.key[0] not in columns:
        return []
    return [*_totals(sheet, rows, columns, cells), *_headings(sheet, rows, columns, cells)]


def _totals(sheet: Sheet, rows: tuple[int, ...], columns: Mapping[str, list[Any]],
            cells: Mapping[str, str]) -> Iterator[tuple[int, Issue]]:
    alone = sheet.name in BY_NAME_ALONE
    if not alone and sheet.name not in ADDED_UP:
        return
    keys = [name for name in sheet.key if name in columns and (column := sheet.column(name)) is not None
            and column.kind == "text"]
    called = [*keys, *(name for name in ("name", "name_ru") if name in columns)]
    known: dict[str, bool] = {}
    told: set[int] = set()
    for name in called:
        if none_is_total([value for value in columns[name] if type(value) is str]):
            continue
        for position, value in enumerate(columns[name]):
            if type(value) is not str or position in told:
                continue
            if value not in known:
                known[value] = is_total(value, alone=alone)
            if known[value]:
                told.add(position)
                at = name if name in keys or columns[keys[0]][position] is not None else keys[0]
                own = not _bare(value) and _described(sheet, columns, position) and not _adds_up(columns, position)
                code = "total_named" if own else "total_row"
                yield position, Issue(code, sheet.name, f"{cells[at]}{rows[position]}", at, value)


def _bare(text: str) -> bool:
    """Whether a name is made of nothing but words for a total."""
    return set(_WORD.findall(_seen(text))) <= _SEEN_WORDS | _SEEN_ALONE | _SEEN_BESIDE


def _described(sheet: Sheet, columns: Mapping[str, list[Any]], position: int) -> bool:
    """Whether a row has a key and says of what kind or for what it is, as no total does."""
    says = [column.name for column in sheet.columns if (column.ref or column.one_of) and column.name not in sheet.key]
    return columns[sheet.key[0]][position] is not None and any(
        name in columns and columns[name][position] is not None for name in says if name != "data_status")


def _adds_up(columns: Mapping[str, list[Any]], position: int) -> bool:
    """Whether a number of a row is the sum, up to a rounding, of two or more right above or right below it."""
    return any(_is_sum(values[position], other) for values in columns.values() if _is_amount(values[position])
               for other in (values[:position][::-1], values[position + 1:]))


def _is_amount(value: Any) -> bool:
    return type(value) in (int, float) and value > 0


def _is_sum(value: float, others: Sequence[Any]) -> bool:
    total, count = 0.0, 0
    for other in filter(_is_amount, others):
        total, count = total + other, count + 1
        if total > value * (1 + ROUNDED):
            return False
        if count > 1 and total >= value * (1 - ROUNDED):
            return True
    return False


def _headings(sheet: Sheet, rows: tuple[int, ...], columns: Mapping[str, list[Any]],
              cells: Mapping[str, str]) -> Iterator[tuple[int, Issue]]:
    key = sheet.key[0]
    column = sheet.column(key)
    spelled = ({key.casefold(), *(said.casefold() for said in titles(column.text))} if column is not None
               else {key.casefold()})
    for position, value in enumerate(columns[key]):
        if type(value) is not str or value.casefold() not in spelled:
            continue
        if _repeats(sheet, {name: values[position] for name, values in columns.items()}):
            yield position, Issue("heading_again", sheet.name, f"{cells[key]}{rows[position]}", key, value)


def _repeats(sheet: Sheet, row: Mapping[str, Any]) -> bool:
    """Whether every value of a row is the heading of its own column, and there are several."""
    filled = {name: value for name, value in row.items() if value is not None}
    return len(filled) > 1 and all(heading(sheet, show(value)) == name for name, value in filled.items())
