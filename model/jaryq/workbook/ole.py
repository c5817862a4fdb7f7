"""The container of an old .xls workbook, a file system of sectors in one file ([MS-CFB]): one stream out of it."""

from __future__ import annotations

import struct

from jaryq.workbook.package import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Numbers of sectors from here on mean: none."""


class Container:
    """A container whose tables were read. Raises Unreadable where they lead nowhere or in a circle."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) < 512 or not raw.startswith(MAGIC):
            raise _damaged()
        self._raw = raw
        shift, small = struct.unpack_from("<HH", raw, 0x1E)
        if shift not in (9, 12) or small != 6:
            raise _damaged()
        self._size = 1 << shift
        first, = struct.unpack_from("<I", raw, 0x30)
        cutoff, small_table, _, more, _ = struct.unpack_from("<IIIII", raw, 0x38)
        self._cutoff = cutoff
        self._next = self._numbers(self._tables(more))
        self._streams = self._directory(self._chain(first))
        self._small_next = self._numbers(self._sectors(small_table))
        root = self._streams.get("Root Entry", (_END, 0))
        self._small = self._chain(root[0])

    def names(self) -> set[str]:
        return set(self._streams)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises Unreadable where it is not there."""
        if name not in self._streams:
            raise _damaged()
        first, size = self._streams[name]
        if size >= self._cutoff:
            return self._chain(first)[:size]
        pieces, seen = [], 0
        while first < _END:
            pieces.append(self._small[64 * first: 64 * first + 64])
            seen += 1
            if first >= len(self._small_next) or seen > len(self._small_next):
                raise _damaged()
            first = self._small_next[first]
        return b"".join(pieces)[:size]

    def _tables(self, more: int) -> list[int]:
        """Sectors that hold the table of sectors: 109 in the header, the rest in a chain of their own."""
        found = list(struct.unpack_from("<109I", self._raw, 0x4C))
        each = self._size // 4 - 1
        while more < _END and len(found) * self._size <= len(self._raw) * 4:
            numbers = struct.unpack(f"<{each + 1}I", self._sector(more))
            found += numbers[:-1]
            more = numbers[-1]
        return [number for number in found if number < _END]

    def _sector(self, number: int) -> bytes:
        piece = self._raw[(number + 1) * self._size: (number + 2) * self._size]
        if not piece:
            raise _damaged()
        return piece.ljust(self._size, b"\0")

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        data = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _sectors(self, first: int) -> list[int]:
        found: list[int] = []
        while first < _END:
            found.append(first)
            if first >= len(self._next) or len(found) > len(self._next):
                raise _damaged()
            first = self._next[first]
        return found

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._sectors(first)))

    def _directory(self, data: bytes) -> dict[str, tuple[int, int]]:
        """First sector and size of each stream by its name."""
        found: dict[str, tuple[int, int]] = {}
        for place in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, place + 64)
            if kind in (2, 5) and 2 <= length <= 64:
                name = data[place: place + length - 2].decode("utf-16-le", "replace")
                found.setdefault("Root Entry" if kind == 5 else name, struct.unpack_from("<II", data, place + 116))
        return found


def _damaged() -> Unreadable:
    return Unreadable("it is damaged or incomplete", "он повреждён или неполон")
