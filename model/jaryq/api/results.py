"""Folders of results: which one an input has, whose plans stand in it, and whether a run may write there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jaryq.api.manifest import PLAN, is_of, read_manifest
from jaryq.base.errors import Told
from jaryq.base.free import free_file, free_folder, same_file
from jaryq.base.safe_name import safe_name, why_unsafe
from jaryq.base.text import Text
from jaryq.handover.html.write import REPORT, is_report
from jaryq.workbook.finished import finished

FILES = (PLAN, REPORT, "summary.json", "manifest.json")
"""What a run writes."""

TAKEN = Text("{folder} holds plans of another input of this name ({other}); the results of {path} go to {instead}.",
             "В {folder} лежат планы по другой книге с таким же именем ({other}); результаты по {path} записываются в "
             "{instead}.")
NO_FOLDER = Text("the scenario {name} cannot have a folder of its own: {why}",
                 "у сценария {name} не может быть своей папки: {why}")


class UnsafeName(Told):
    """A scenario whose name is not one safe folder name: nothing is written outside the folder of results."""

    exit_code = 2
    status = "rejected"


def folder_of(source: Path, outputs: Path = Path("outputs")) -> tuple[Path, Text | None]:
    """The folder of an input's results, ``outputs``/<workbook>, and what is to be said where another input of this name
    has it already.

    That one is known by the path in its manifests, as long as its file is there; then outputs/<workbook>-2 and so on is
    taken.
    """
    stem = source.resolve().stem if source.stem in ("", ".", "..") else source.stem
    if not safe_name(stem):
        stem = re.sub(r"[\W_]+", "_", stem).strip("_") or "case"
    first = outputs / stem
    other = _other(first, source)
    if other is None:
        return first, None
    number = 2
    while _other(folder := first.with_name(f"{stem}-{number}"), source) is not None:
        number += 1
    return folder, TAKEN.fill(folder=first, other=other, path=source, instead=folder)


def _other(root: Path, source: Path) -> str | None:
    """Another input whose plans stand below ``root``."""
    for folder, manifest in _manifests(root):
        stated = manifest.get("input_path")
        if (isinstance(stated, str) and not is_of(manifest, folder, source) and Path(stated).exists()
            and not same_file(Path(stated), source)):
            return stated
    return None


def _manifests(root: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    try:
        folders = sorted(folder for folder in root.iterdir() if folder.is_dir())
    except OSError:
        return
    for folder in folders:
        yield folder, read_manifest(folder)


def inside(root: Path, scenario: str) -> Path:
    """The folder of a scenario. Raises UnsafeName where it would not be one folder right below ``root``."""
    if (why := why_unsafe(scenario)) is not None:
        raise UnsafeName(NO_FOLDER.fill(name=scenario[:100], why=why))
    return root / scenario


def free_results(folder: Path, own: Iterable[Path] = (), force: bool = False) -> None:
    """Raises Misplaced or Fault where a run cannot, or must not, write its files into ``folder``."""
    free_folder(folder)
    ours = holds_results(folder)
    for name in FILES:
        free_file(folder / name, lambda path: ours or is_report(path), own, force)


def holds_results(folder: Path) -> bool:
    """Whether the files there are those of a run: by the manifest, the summary, or the plan, whatever became of the
    others."""
    if {"scenario", "input", "status"} <= read_manifest(folder).keys():
        return True
    try:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        summary = None
    if isinstance(summary, dict) and {"scenario", "status", "verified"} <= summary.keys():
        return True
    return (folder / PLAN).is_file() and finished(folder / PLAN) is not None
