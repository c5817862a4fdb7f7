"""Names in a register as the eye sees them: characters that nobody sees, names that only look the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jaryq.base.issues import Issue
from jaryq.base.lookalike import in_other_letters, looks, seen, spelled_out
from jaryq.tables.register import Register

FIRST = 5
END_OF_ASCII, BLANK = 0x7F, 0x20
"""The first byte that is no plain ASCII letter, and the first of those."""
CODED = ("street", "material")
BETWEEN = "\u241f"
"""Stands between keys that are looked at together; the eye sees it, and no key has it."""


def unseen(register: Register) -> Iterator[Issue]:
    """Keys, streets and materials with a character that nobody sees. Of keys only those that are not plain ASCII are
    read one by one."""
    odd = np.zeros(len(register.segment), dtype=bool)
    odd[[row for row in np.flatnonzero(_unusual(register)) if not seen(register.segment[row].decode())]] = True
    if odd.any():
        yield issue_of(register, "register_unseen", "segment", odd, ascii(register.segment[odd][0].decode())[1:-1])
    for column in CODED:
        texts = register.coded_of(column)
        at = np.isin(texts.codes, [place for place, text in enumerate(texts.texts) if not seen(text)])
        if at.any():
            yield issue_of(register, "register_unseen", column, at, ascii(texts.texts[texts.codes[at][0]])[1:-1])


def twins(register: Register) -> Iterator[Issue]:
    """Keys of a package, streets and materials that look like an earlier one and are written in other letters: what
    lies in one street would not be taken to."""
    package, other = register.coded_of("package").codes, ""
    at, first = np.zeros(len(register.segment), dtype=bool), dict[tuple[int, str], bytes]()
    for row, name in _candidates(register):
        mine = bytes(register.segment[row])
        earlier = first.setdefault((int(package[row]), name), mine)
        at[row] = earlier != mine and in_other_letters(earlier.decode(), mine.decode())
        other = earlier.decode() if at[row] and not other else other
    if at.any():
        value = register.segment[at][0].decode()
        yield issue_of(register, "register_twin", "segment", at, spelled_out(value), other=spelled_out(other))
    for column in CODED:
        texts, known = register.coded_of(column), dict[str, str]()
        alike = {place: known[looks(text)] for place, text in enumerate(texts.texts)
                 if seen(text) and in_other_letters(known.setdefault(looks(text), text), text)}
        at = np.isin(texts.codes, list(alike))
        if at.any():
            place = int(texts.codes[at][0])
            yield issue_of(register, "register_twin", column, at, spelled_out(texts.texts[place]),
                           other=spelled_out(alike[place]))


def _candidates(register: Register) -> Iterator[tuple[int, str]]:
    """Rows whose keys may have a twin, in order, with what the eye sees of them: those that are not plain ASCII, and
    those in ASCII that look like one of these."""
    unusual = _unusual(register)
    read = zip(np.flatnonzero(unusual).tolist(), register.segment[unusual].tolist(), strict=True)
    named = {row: name for row, key in read if seen(name := key.decode())}
    # All in one text: of a million keys one by one would take five seconds.
    together = looks(BETWEEN.join(named.values())).split(BETWEEN)
    shown = dict(zip(named, together if len(together) == len(named) else map(looks, named.values()), strict=False))
    plain = sorted({text.encode() for text in shown.values() if text.isascii()})
    like = np.flatnonzero(np.isin(register.segment, np.array(plain)) & ~unusual) if plain else ()
    yield from sorted([*shown.items(), *((int(row), register.segment[row].decode()) for row in like)])


def _unusual(register: Register) -> NDArray[np.bool_]:
    """Rows whose key is not all plain ASCII letters."""
    letters = register.segment.view(np.uint8).reshape(len(register.segment), -1)
    unusual = (letters >= END_OF_ASCII) | ((letters < BLANK) & (letters > 0))
    return np.asarray(unusual.any(axis=1), dtype=np.bool_)


def issue_of(register: Register, code: str, column: str, at: NDArray[np.bool_], value: str, **slots: object) -> Issue:
    """An issue of the rows ``at`` of a register, which names the first of them."""
    rows: Sequence[int] = (np.flatnonzero(at)[:FIRST] + 1).tolist()
    return Issue(code, register.name, "", column, value,
                 {"count": int(at.sum()), "rows": ", ".join(map(str, rows)), **slots})
