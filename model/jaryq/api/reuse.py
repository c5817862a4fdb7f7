"""Plans of earlier runs that may stand for a new one: tied to their key by the hash of their bytes, and verified before
they are shown again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jaryq.api.accepted import Accepted, accept
from jaryq.api.findings import recomputed
from jaryq.api.hashes import code_hash, file_hash
from jaryq.api.manifest import plan_in, read_manifest
from jaryq.api.renewed import with_renewed
from jaryq.base.errors import JaryqError
from jaryq.solve.highs import versions as solver_versions
from jaryq.tables.values import show
from jaryq.verify.finding import failed
from jaryq.workbook.plan import StoredPlan
from jaryq.workbook.plan_file import open_plan
from jaryq.workbook.plan_read import stored_plan
from jaryq.workbook.seal import stated_seal

NOT_DECIDING = ("scenarios", "scenario_changes", "uncertainty", "sources_and_method")
"""Sheets that do not decide a plan once a scenario's changes are made."""


OF_VERSION = "version "
"""Beginning of entries of the manifest in a plan that manifest.json tells under ``versions`` too."""


@dataclass(frozen=True, eq=False)
class Kept:
    """A plan of an earlier run as its workbook tells it, with its inputs."""

    path: Path
    stored: StoredPlan
    accepted: Accepted


def key_of(accepted: Accepted) -> str:
    """SHA-256 of all that decides a plan: the changed tables cell by cell, the code, the solver. The language of the
    workbook decides nothing."""
    digest = hashlib.sha256()
    digest.update(json.dumps([code_hash(), solver_versions(), accepted.tables.name, accepted.case.scenario]).encode())
    for name, table in sorted(accepted.tables.sheets.items()):
        if name not in NOT_DECIDING:
            digest.update(f"\0{name}\0{'|'.join(table.values)}\0{table.rows}".encode())
            for row in zip(*table.values.values(), strict=True):
                digest.update("\x1f".join(show(value) for value in row).encode() + b"\n")
    if accepted.tables.register is not None:
        digest.update(f"\0register\0{accepted.tables.register.sha256}".encode())
    return digest.hexdigest()


def kept(folder: Path, key: str) -> Kept | None:
    """The plan in ``folder`` if it is the one of this key; None for anything else, which is then planned again.

    It is where the manifest, which is written last, calls the run done and states the key and the hashes of plan and
    summary; it says what the plan says of itself (manifest, seal, versions); the inputs in the plan have this key too;
    and every limit and figure holds when it is computed again from the plan.
    """
    manifest = read_manifest(folder)
    path = plan_in(folder)
    if manifest.get("status") != "ok" or manifest.get("key") != key or manifest.get("plan") != path.name:
        return None
    if not unchanged(folder, path.name) or not unchanged(folder, manifest.get("summary")):
        return None
    hashes = manifest.get("sha256")
    named = {manifest[name] for name in ("plan", "summary", "report") if manifest.get(name) is not None}
    if not isinstance(hashes, dict) or named != set(hashes):
        return None  # the report may be gone, it is made anew; the manifest names what it has hashes of all the same
    try:
        file = open_plan(path)
        stored = stored_plan(file)
        if said_of(stored.manifest, stated_seal(file.grids)).items() - _texts(manifest).items():
            return None
        accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
        stored = with_renewed(stored, accepted.case, path)
    except JaryqError:
        return None
    again = recomputed(accepted.case, stored.plan, stored.claims, stored.solution.renewed)
    if key_of(accepted) != key or failed(again):
        return None
    return Kept(path, stored, accepted)


def said_of(manifest: Mapping[str, str], seal: str) -> dict[str, str]:
    """What manifest.json says as the plan itself does, its versions told twice."""
    return {**manifest, **{f"versions {name.removeprefix(OF_VERSION)}": said for name, said in manifest.items()
                           if name.startswith(OF_VERSION)}, "seal": seal}


def _texts(manifest: Mapping[str, object]) -> dict[str, str]:
    told = manifest.get("versions")
    versions = told if isinstance(told, dict) else {}
    return {name: said for name, said in [*manifest.items(), *((f"versions {name}", v) for name, v in versions.items())]
            if isinstance(said, str)}


def unchanged(folder: Path, name: object) -> bool:
    """Whether a file of a run has the bytes that its manifest states."""
    stated = read_manifest(folder).get("sha256")
    try:
        return (isinstance(stated, dict) and isinstance(name, str) and name in stated
                and stated[name] == file_hash(folder / name))
    except OSError:
        return False
