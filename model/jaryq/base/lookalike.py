"""Letters that look the same in the Latin and the Cyrillic alphabet, and texts as they look to the eye."""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = "ҒАВЕЁЅІЈКМНОРСТУХҮӘ" "аеёѕіјорсухһүԁә"
_LATIN = "FABEËSIJKMHOPCTYXYƏ" "aeësijopcyxhydə"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_GREEK_LATIN = "ABEZHIKMNOPTYXo"
_DASHES = "‐‑‒–—―−﹣－"
_TO_LATIN = {
    **{ord(theirs): ours for theirs, ours in zip(_CYRILLIC + _GREEK, _LATIN + _GREEK_LATIN, strict=True)},
    **{ord(dash): "-" for dash in _DASHES},
}
_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_INVISIBLE = {"Cf", "Cc"}


def plain(text: str) -> str:
    """Without invisible marks (zero-width spaces, soft hyphens, control characters); any run of white space is one
    space."""
    if text.isprintable() and "  " not in text:  # of all white space and marks, only a plain space is printable
        return text.strip()
    text = _BLANK.sub(" ", text)
    return "".join(letter for letter in text if unicodedata.category(letter) not in _INVISIBLE).strip()


def seen(text: str) -> bool:
    """Whether each character of a text is one that the eye sees, or a blank."""
    return text.isprintable() or not any(unicodedata.category(letter) in _INVISIBLE for letter in text)


def looks(text: str) -> str:
    """What the eye sees: look-alike letters as Latin ones, every dash as ``-``, full-width forms as plain ones."""
    if text.isascii():
        return plain(text)
    return plain(compatible(plain(text)).translate(_TO_LATIN))


def is_mark(letter: str) -> bool:
    """Whether a character is a mark beside a text, as of a footnote, and no part of it: superscript, subscript,
    enclosed, in brackets, with a point.

    Full-width, Arabic and all other decimal digits are digits; ``½`` is neither.
    """
    form = unicodedata.decomposition(letter)
    if form.startswith(("<super>", "<sub>", "<circle>")):
        return True
    return unicodedata.category(letter) in ("No", "Nl") and not form.startswith("<fraction>")


def compatible(text: str) -> str:
    """Full-width and other forms of letters and digits as the plain ones; marks stay what they are: ``4¹`` is not
    41."""
    if text.isascii():
        return text
    if not any(map(is_mark, set(text))):
        return unicodedata.normalize("NFKC", text)
    return "".join(letter if is_mark(letter) else unicodedata.normalize("NFKC", letter)
                   for letter in unicodedata.normalize("NFC", text))


def mixed(text: str) -> str:
    """The first word with letters of both the Latin and the Cyrillic alphabet, or nothing. ``KZ-10`` with a Cyrillic K
    gives it."""
    if text.isascii():
        return ""
    for word in _WORD.findall(text):
        alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
        if {"LATIN", "CYRILLIC"} <= alphabets:
            return str(word)
    return ""


def in_other_letters(one: str, other: str) -> bool:
    """Whether two texts that look the same are written with letters of two alphabets, or other signs: ``ү`` beside
    ``у`` is one alphabet, and most likely two names."""
    return len(one) != len(other) or any(a != b and _alphabet(a) != _alphabet(b)
                                         for a, b in zip(one, other, strict=True))


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, letter).partition(" ")[0]


def spelled_out(word: str) -> str:
    """A mixed word with its Cyrillic letters in brackets, so that they can be seen: ``[К]Z``."""
    return "".join(f"[{letter}]" if unicodedata.name(letter, "").startswith("CYRILLIC") else letter for letter in word)


def told_apart(text: str) -> str:
    """A text as it is, with the Cyrillic letters in brackets if a word mixes them with Latin ones:
    ``s[е]ctor=heat``."""
    return spelled_out(text) if mixed(text) else text
