"""How long each shared text of a workbook is, found without a stop of the parser at each of them."""

from __future__ import annotations

from jaryq.workbook.plain_rows import declaration, is_plain

_BEGIN = b"<si>"


class PlainTexts:
    """Looks at the pieces of the part of shared texts, in their order. ``lengths``: bytes from the beginning of each
    text to that of the next, of the last one to the end of the part. ``sure``: they are right, because every text
    begins as most programs write it and nothing only looks like a beginning (comment, CDATA, instruction, prefix,
    attribute)."""

    def __init__(self) -> None:
        self.sure, self.lengths = True, list[int]()
        self._first, self._open, self._tail = True, False, b""

    def look(self, piece: bytes) -> bytes:
        """The piece as it is."""
        if self.sure:
            declared = declaration(piece) if self._first else None
            seen = self._tail + piece
            before, *begun = seen.split(_BEGIN)
            self.sure = ((declared is None or declared.utf_8) and is_plain(piece, declared) and b"\0" not in piece
                         and b":si" not in seen and seen[:-1].count(b"<si") == len(begun))
            if self._open:
                self.lengths[-1] += len(before) - len(self._tail)
            self.lengths += [len(_BEGIN) + length for length in map(len, begun)]
            self._open, self._first, self._tail = self._open or bool(begun), False, seen[1 - len(_BEGIN):]
        return piece
