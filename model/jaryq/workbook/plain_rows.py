"""Rows of plain cells in the XML of a sheet: what the pass over it would find in them is found at once, so that the
parser need not stop at each of a million cells."""

from __future__ import annotations

import re
from collections.abc import Collection

from jaryq.tables.tables import letters
from jaryq.workbook.marks import Marks

_TEXT = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]*"
_DECLARATION = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?(?:encoding=["']([^"']*)["'][^>]*)?\?>""")


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
        self._row = _rows(0, telling)

    def thin(self, piece: bytes) -> bytes:
        """The piece without the cells of its plain rows."""
        declared = _DECLARATION.match(piece) if self._first else None
        if declared and declared[1] and declared[1].lower() != b"utf-8":
            self._sure = False
        self._first = False
        if self._marks.columns != self._known:
            self._known = self._marks.columns
            self._row = _rows(self._known, self._telling)
        if not self._sure or not self._known:
            self._sure = self._sure and _plain(piece, declared)
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

        thinned = self._row.sub(out, piece)
        self._sure = _plain(thinned, declared)
        taken = b"".join(rows)
        if not self._sure or not _sound(taken):
            return piece
        self._marks.rows = max([self._marks.rows, *map(int, filled)])
        self._marks.texts += taken.count(b't="s">')
        return thinned


def _rows(columns: int, telling: Collection[str]) -> re.Pattern[bytes]:
    """A row of plain cells in the first so many columns: its element, its number, whether that is all the element
    says, and a group more where a cell has a value."""
    name = letters(columns)
    upto = [f"[A-Z]{{1,{len(name) - 1}}}"] if len(name) > 1 else []
    upto += [f"{name[:place]}[A-{chr(ord(letter) - 1)}][A-Z]{{{len(name) - place - 1}}}"
             for place, letter in enumerate(name) if letter > "A"]
    others = "|".join(sorted(telling))
    style = f'(?: s="(?!(?:{others})")[0-9]+")?' if others else '(?: s="[0-9]+")?'
    value = (f'(>)<v>{_TEXT}</v></c>|/>| t="(?:inlineStr"(>)<is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>'
             f'|(?:s|n|b|str)"(>)<v>{_TEXT}</v></c>)')
    cell = f'<c r="(?:{"|".join([*upto, name])})\\2"{style}(?:{value})'
    bare = '(?: spans="[0-9: ]*")?(?: x14ac:dyDescent="[0-9.]*")?()>'
    return re.compile(f'(<row r="([1-9][0-9]{{0,6}})"(?:{bare}|[^>]*(?<!/)>))(?:{cell})+</row>'.encode())


def _plain(piece: bytes, declared: object) -> bool:
    """Whether a piece holds no comment, CDATA or instruction, and none begins before it and ends in it."""
    return not (b"<!" in piece or piece.count(b"<?") > bool(declared) or piece[:1] in (b"!", b"?"))


def _sound(taken: bytes) -> bool:
    """Whether the texts are UTF-8 and hold nothing that XML forbids in them."""
    try:
        text = taken.decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text
