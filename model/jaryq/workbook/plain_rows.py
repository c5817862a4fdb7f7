"""Rows of plain cells in the XML of a sheet: what the pass over it would find in them is found at once, so that the
parser need not stop at each of a million cells."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from jaryq.tables.tables import letters
from jaryq.workbook.marks import Marks

_TEXT = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]*"
_ENDS_CDATA = b"]]"
FIRST_LETTER = 0x20
"""Bytes before it are line ends and what XML forbids."""

_DECLARATION = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?(?:encoding=["']([^"']*)["'][^>]*)?\?>""")


@dataclass(frozen=True)
class Declaration:
    """What a part says of itself first: whether it is in UTF-8."""

    utf_8: bool


class PlainRows:
    """Takes whole rows of plain cells out of pieces of a sheet's XML and adds what they hold to its marks.

    Plain is a cell that says in which row it stands, in a column no further to the right than the marks know of, and
    that has a value or text as it is (no formula, error or entity) and no format of ``telling``. The element of a row
    stays if it says more than its number. Pieces with characters that XML does not have are left as they are, and so is
    all from the first comment, CDATA or instruction on: there elements may not be what they seem.
    """

    def __init__(self, marks: Marks, telling: Collection[str]) -> None:
        self._marks, self._telling = marks, telling
        self._first, self._sure, self._known = True, True, 0
        self._row, self._run = _rows(0, telling), _barest(0, telling)

    def thin(self, piece: bytes) -> bytes:
        """The piece without the cells of its plain rows."""
        declared = declaration(piece) if self._first else None
        if declared and not declared.utf_8:
            self._sure = False
        self._first = False
        if self._marks.columns != self._known:
            self._known = self._marks.columns
            self._row, self._run = _rows(self._known, self._telling), _barest(self._known, self._telling)
        if not self._sure or not self._known:
            self._sure = self._sure and is_plain(piece, declared)
            return piece
        rows: list[bytes] = []
        filled: list[bytes] = []

        def out(found: re.Match[bytes]) -> bytes:
            rows.append(found[0])
            if found.lastindex != 1:  # a cell with a value
                filled.append(found[2])
            # A row that says no more than its number is told by the next one, if that has a number too.
            bare = found[3] is not None and piece.startswith(b'<row r="', found.end())
            return b"" if bare else found[1] + b"</row>"

        left, barest = self._without_barest(piece)
        thinned = self._row.sub(out, left)
        self._sure = is_plain(thinned, declared)
        taken = b"".join(rows)
        if not self._sure or not _sound(taken):
            return piece
        self._marks.rows = max([self._marks.rows, *map(int, filled), *map(int, barest)])
        self._marks.texts += taken.count(b't="s">') + piece.count(b't="s">') - left.count(b't="s">')
        return thinned

    def _without_barest(self, piece: bytes) -> tuple[bytes, list[bytes]]:
        """The piece without most of the rows that say no more than their number, and the numbers of those: the usual
        ones, found several times as fast as all that may be plain. Nothing is taken where a text might hold what has
        to be looked at more closely."""
        # One byte is found many times as fast as two.
        ends_cdata = _ENDS_CDATA[:1] in piece and _ENDS_CDATA in piece
        sound = piece.isascii() or _sound(_whole(piece))
        if ends_cdata or not sound or b"&" in piece or _lowest(piece) < FIRST_LETTER:
            return piece, []
        parts = self._run.split(piece)
        return b"".join(parts[::2]), parts[1::2]


def _lowest(piece: bytes) -> int:
    """The lowest of its bytes."""
    return int(np.frombuffer(piece, np.uint8).min(initial=255))


def _whole(piece: bytes) -> bytes:
    """A piece without what of it may be a part of a letter: all before its first element and behind its last."""
    return piece[piece.find(b"<"):piece.rfind(b">") + 1]


def _rows(columns: int, telling: Collection[str]) -> re.Pattern[bytes]:
    """A row of plain cells in the first so many columns: its element, its number, whether that is all the element
    says, and a group more where a cell has a value."""
    style = _style(telling)
    value = (f'(>)<v>{_TEXT}</v></c>|/>| t="(?:inlineStr"(>)<is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>'
             f'|(?:s|n|b|str)"(>)<v>{_TEXT}</v></c>)')
    cell = f'<c r="{_upto(columns)}\\2"{style}(?:{value})'
    bare = '(?: spans="[0-9: ]*")?(?: x14ac:dyDescent="[0-9.]*")?()>'
    return re.compile(f'(<row r="([1-9][0-9]{{0,6}})"(?:{bare}|[^>]*(?<!/)>))(?:{cell})+</row>'.encode())


def _barest(columns: int, telling: Collection[str]) -> re.Pattern[bytes]:
    """A row that says no more than its number, which is its group, holds plain cells of which the first has a value or
    a shared text, and has a row with a number behind it. Nothing is tried twice: each part is followed by one that
    cannot begin it. (Possessive quantifiers would say so; until 3.11.5 Python matched what they hold wrongly.)"""
    cell = f'<c r="{_upto(columns)}\\1"{_style(telling)}'
    value = '(?: t="(?:s|n|b|str)")?><v>[^<]*</v></c>'
    begin = '<row r="([1-9][0-9]{0,6})"(?: spans="[0-9: ]*")?(?: x14ac:dyDescent="[0-9.]*")?>'
    return re.compile(f'{begin}{cell}{value}(?:{cell}(?:/>|{value}))*</row>(?=<row r="[0-9])'.encode())


def _upto(columns: int) -> str:
    """Letters of one of the first so many columns."""
    name = letters(columns)
    if len(name) == 1:
        return f"[A-{name}]"
    upto = [f"[A-Z]{{1,{len(name) - 1}}}"] if len(name) > 1 else []
    upto += [f"{name[:place]}[A-{chr(ord(letter) - 1)}][A-Z]{{{len(name) - place - 1}}}"
             for place, letter in enumerate(name) if letter > "A"]
    return f"(?:{'|'.join([*upto, name])})"


def _style(telling: Collection[str]) -> str:
    """A format that is none of those that tell something, or none at all."""
    others = "|".join(sorted(telling))
    return f'(?: s="(?!(?:{others})")[0-9]+")?' if others else '(?: s="[0-9]+")?'


def declaration(piece: bytes) -> Declaration | None:
    """The declaration with which the first piece of a part begins."""
    found = _DECLARATION.match(piece)
    return None if found is None else Declaration(not found[1] or found[1].lower() == b"utf-8")


def is_plain(piece: bytes, declared: object) -> bool:
    """Whether a piece holds no comment, CDATA or instruction, and none begins before it and ends in it."""
    return not (b"<!" in piece or piece.count(b"<?") > bool(declared) or piece[:1] in (b"!", b"?"))


def _sound(taken: bytes) -> bool:
    """Whether the texts are UTF-8 and hold nothing that XML forbids in them."""
    if taken.isascii():
        return True
    try:
        text = taken.decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text
