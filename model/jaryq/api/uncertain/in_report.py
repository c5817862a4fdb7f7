"""report.html of a plan carries what many futures say of it: as sections behind its own, kept when either is written
anew."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jaryq.api.hashes import file_hash
from jaryq.api.manifest import read_manifest, write_json
from jaryq.api.reuse import unchanged
from jaryq.base.errors import Told
from jaryq.base.text import LANG_AT, Lang
from jaryq.handover.html.shown import Json, with_fronts
from jaryq.handover.html.write import scenario_of, write_report
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.first import in_words
from jaryq.handover.uncertain.stored import from_json

FOLDER, PAGES = "uncertainty", "uncertainty.json"
COMMANDS = ("ensemble", "sweep", "stages", "regret", "front", "stress")
"""In the order of their pages."""

SECTION = "futures_"
"""What the keys of these sections begin with."""


def kept_told(folder: Path, key: str) -> dict[str, Any]:
    """The pages that the commands have left in a folder; none of another plan, or where they cannot be read."""
    try:
        read = json.loads((folder / PAGES).read_text(encoding="utf-8"))
        if not isinstance(read, Mapping) or read.get("key") != key:
            return {}
        pages = {name: value for name, value in read["pages"].items() if name in COMMANDS}
        for value in pages.values():
            from_json(value)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return pages


def in_order(kept: Mapping[str, Any]) -> tuple[Front, ...]:
    """The first page, and those of the commands; none where there are none."""
    found: list[Front] = []
    for name in COMMANDS:
        found += from_json(kept.get(name, []))
    if not found:
        return ()
    first = in_words(found, [name for name in COMMANDS if name not in kept])
    return (first, *(replace(page, verdict=None) for page in found))  # the first page has said it


def sections(home: Path, key: str) -> tuple[Front, ...]:
    """What a report of the plan in ``home`` carries of many futures."""
    return as_sections(in_order(kept_told(home / FOLDER, key)))


def as_sections(pages: Sequence[Front]) -> tuple[Front, ...]:
    """Pages under keys that a report has not."""
    return tuple(replace(page, key=f"{SECTION}{page.key}") for page in pages)


def into_report(home: Path, key: str, pages: Sequence[Front]) -> Path | None:
    """The report beside the plan, with these sections in place of those it had; None where there is none of this plan,
    or somebody changed it, or it cannot be written now."""
    manifest = read_manifest(home)
    name = manifest.get("report")
    if manifest.get("key") != key or not isinstance(name, str) or not unchanged(home, name):
        return None
    with contextlib.suppress(OSError, ValueError, LookupError, Told):
        one: Json = with_fronts(scenario_of(home / name), as_sections(pages), SECTION)
        lang: Lang = LANG_AT.get(manifest.get("lang"), "en")
        path = write_report(home / name, [one], lang)
        hashes = {**{other: value for other, value in manifest["sha256"].items() if other != name},
                  path.name: file_hash(path)}
        write_json(home / "manifest.json", {**manifest, "report": path.name, "sha256": hashes})
        return path
    return None
