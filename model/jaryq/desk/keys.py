"""Shortcuts: Ctrl (or Cmd) with S, Z, Y, on any layout. The browser's own of the same keys do not come in between."""

from __future__ import annotations

import json

from nicegui import ui

EVENT = "desk_key"
ACTS = {"s": "save", "z": "undo", "y": "redo"}

# The letter that is typed where it is a Latin one (wherever it stands on the keyboard), else the place of the key.
_LISTEN = """
const acts = %(acts)s;
window.deskKeys?.abort();
window.deskKeys = new AbortController();
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "");
  const act = acts[key.toLowerCase()];
  if (!act) return;
  const typing = event.target.closest("input, textarea, select, [contenteditable=true], .ag-select, .ag-select-list");
  if (typing && act !== "save") return;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return;
  // Enter ends an edit as the visitor would; what it changes is told before the shortcut is.
  // Of a drop-down it takes the choice that is marked.
  if (typing?.closest(".ag-root-wrapper, .ag-popup")) {
    event.target.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", code: "Enter", keyCode: 13, bubbles: true}));
  }
  setTimeout(() => emitEvent(%(event)s, act === "undo" && event.shiftKey ? "redo" : act), 50);
}, {capture: true, signal: window.deskKeys.signal});
"""


def listen() -> None:
    """Tell of shortcuts from now on (event ``EVENT``); saving ends what is being typed into a grid first."""
    ui.run_javascript(_LISTEN % {"acts": json.dumps(ACTS), "event": json.dumps(EVENT)})
