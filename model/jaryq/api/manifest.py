"""The manifest of a run: what went in, with which versions and options, and how it ended. Files appear whole or not at
all."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from jaryq.base.places import numbered, write_whole
from jaryq.base.version import VERSION
from jaryq.solve.highs import versions as solver_versions

PLAN = "plan.xlsx"
BESIDE = "input_beside"
_PLANS = re.compile(r"plan(\.[1-9]\d?)?\.xlsx")

LIBRARIES = ("pyomo", "highspy", "pandas", "numpy", "scipy", "openpyxl", "python-calamine", "XlsxWriter", "jinja2")


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of a folder says; nothing where there is none, or where what stands there is no manifest."""
    path = folder / "manifest.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def is_of(manifest: Mapping[str, Any], folder: Path, source: Path) -> bool:
    """Whether the manifest of ``folder`` speaks of an input: by where it stands from there, so that results go with a
    folder that is moved or copied; by its path where that is all that is said, or where nothing stands there now and
    the name is the same."""
    beside = manifest.get(BESIDE)
    if isinstance(beside, str) and (folder / beside).resolve() == source.resolve():
        return True
    stated = manifest.get("input_path")
    if not isinstance(stated, str):
        return False
    return stated == str(source.resolve()) or (not os.path.lexists(stated)
                                               and re.split(r"[\\/]", stated)[-1] == source.name)


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> Path:
    """manifest.json of a folder, with the way from there to the input whose path it says. It stands in no workbook: the
    same plan elsewhere is the same workbook."""
    beside = {}
    with suppress(ValueError):  # another drive
        beside = {BESIDE: Path(os.path.relpath(str(manifest["input_path"]), folder.resolve())).as_posix()}
    return write_json(folder / "manifest.json", {**manifest, **beside})


def plan_in(folder: Path) -> Path:
    """The plan that the folder's manifest speaks of: ``plan.xlsx``, or the one written beside it."""
    name = read_manifest(folder).get("plan")
    return folder / (name if isinstance(name, str) and _PLANS.fullmatch(name) else PLAN)


def versions() -> dict[str, str]:
    """Versions of the program, Python, the libraries and the solver."""
    found = {"jaryq": VERSION, "python": platform.python_version(), "platform": platform.platform()}
    for name in LIBRARIES:
        try:
            found[name.lower()] = version(name)
        except PackageNotFoundError:
            found[name.lower()] = "absent"
    return found | solver_versions()


def write_json(path: Path, content: Mapping[str, Any]) -> Path:
    """JSON in UTF-8, whole or not at all; numbers that are not finite become null. Where it stands: beside ``path`` if
    that file is open.

    Older files beside ``path`` go once it has taken its place.
    """
    text = json.dumps(_finite(content), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    place = write_whole(path, lambda draft: draft.write_text(text, encoding="utf-8"))
    number = 2
    while place == path and (old := numbered(path, number)).exists():
        with suppress(PermissionError):
            old.unlink()
        number += 1
    return place


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and value - value != 0.0:
        return None
    return value
