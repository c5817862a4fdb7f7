"""Whose plan stands in a folder: a scenario's plan takes the place of no other plan, and what a run replaces in a
folder that was named to it is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jaryq.api.changes import changes_said
from jaryq.api.manifest import is_of, plan_in, read_manifest
from jaryq.base.faults import Misplaced
from jaryq.base.free import OR_FORCE
from jaryq.base.safe_name import on_disk
from jaryq.base.text import Text, printable
from jaryq.tables.change import Change

PLAIN = Text("{input}, scenario {name}", "{input}, сценарий {name}")
CHANGED = Text("{input}, scenario {name} with changes: {changes}", "{input}, сценарий {name} с изменениями: {changes}")
KEPT = Text("{folder} holds another plan ({made}), which the plan of the scenario {name} would replace: move that "
            "folder away" + OR_FORCE.en,
            "в папке {folder} стоит другой план ({made}), на его место встал бы план сценария {name}: перенесите эту "
            "папку" + OR_FORCE.ru)
REPLACED = Text("{folder} holds another plan ({made}), which is replaced.",
                "В папке {folder} стоит другой план ({made}), он заменяется.")


def another(folder: Path, source: Path, scenario: str, changes: Sequence[Change] = ()) -> Text | None:
    """What the plan that stands in ``folder`` was made for, if it was another input or scenario or other changes."""
    manifest = read_manifest(folder)
    name, told = str(manifest.get("scenario", "")), str(manifest.get("changes", ""))
    if not name or not plan_in(folder).is_file():
        return None
    same = is_of(manifest, folder, source) and on_disk(name) == on_disk(printable(scenario))
    if same and told == changes_said(changes):
        return None
    return (CHANGED if told else PLAIN).fill(input=manifest.get("input", ""), name=name, changes=told)


def free_of_others(folder: Path, source: Path, scenario: str, force: bool = False) -> None:
    """Raises Misplaced where the folder of a scenario holds a plan that is not the scenario's; ``force``: it may go."""
    made = None if force else another(folder, source, scenario)
    if made is not None and is_of(read_manifest(folder), folder, source):  # of an input that is gone the place is free
        raise Misplaced(KEPT.fill(folder=folder, made=made, name=scenario))


def replaced(folder: Path, source: Path, scenario: str, changes: Sequence[Change] = ()) -> Text | None:
    """What is to be said of a plan that goes from a folder which was named; nothing if it is made anew only."""
    made = another(folder, source, scenario, changes)
    return None if made is None else REPLACED.fill(folder=folder, made=made)
