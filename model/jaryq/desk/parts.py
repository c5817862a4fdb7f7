"""Small pieces of every area. Texts are always texts: nothing here reads markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui


class Said(ui.element):  # type: ignore[misc]
    """A tag with a text, which the browser never reads as markup. ``said`` may be changed."""

    def __init__(self, tag: str, said: str) -> None:
        super().__init__(tag)
        self._text = said

    def say(self, said: str) -> None:
        self._text = said
        self.update()


class Slider(ui.slider):  # type: ignore[misc]
    """A slider that moves at once under the hand: NiceGUI's own stands where it did until the server has answered, so
    that of keys pressed faster than that some are lost."""

    LOOPBACK = False


def text(tag: str, said: str, *classes: str) -> Said:
    """An element that holds a text: a heading, a cell, a sentence. NiceGUI's own ``label`` is always a div."""
    made = Said(tag, said)
    made.classes(" ".join(classes))
    return made


def title(said: str, of: str = "") -> None:
    """The heading of an area, and of which case it speaks."""
    with ui.element("div").classes("desk-title"):
        text("h1", said)
        if of:
            text("p", of, "desk-case")


def note(said: str, *, alert: bool = False) -> Said:
    """A sentence that stands apart; ``alert``: read out at once."""
    made = text("p", said, "desk-note", *(("desk-alert",) if alert else ()))
    made.props["role"] = "alert" if alert else "note"
    return made


def link(said: str, address: str, *, here: bool = False, lang: str = "") -> Said:
    """A link within the desk. ``here``: it leads to where the visitor is."""
    made = text("a", said, "desk-link")
    made.props["href"] = address
    if here:
        made.props["aria-current"] = "page"
    if lang:
        made.props["lang"] = lang
    return made


def button(said: str, act: Callable[[], Any], *, main: bool = False) -> Any:
    """A button; ``main``: the one that is meant most often."""
    made = ui.button(said, on_click=act).props("no-caps unelevated" + ("" if main else " outline"))
    made.classes("desk-button" + (" desk-first" if main else ""))
    return made
