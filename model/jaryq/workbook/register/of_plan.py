"""The files of stretches that a plan speaks of: its register, by the name and the hash that stand in its manifest."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from jaryq.base.errors import InputRejected, Told
from jaryq.base.text import Text, printable
from jaryq.tables.register import Register
from jaryq.tables.tables import Tables
from jaryq.workbook.register.parts import BadRegister
from jaryq.workbook.register.read import beside, read_register, sha256_of

NAME, HASH, PLACE = "register", "register_sha256", "register_in"


class NoRegister(Told):
    """The register of a plan is not there, or is another one; the text says which."""


def told_of(register: Register | None, source: Path, folder: Path) -> dict[str, str]:
    """What a manifest in ``folder`` says of the register of the input ``source``; nothing where it has none."""
    if register is None:
        return {}
    try:
        place = os.path.relpath(source.absolute().parent, folder.absolute())
    except ValueError:  # on another drive
        place = str(source.absolute().parent)
    return {NAME: register.name, HASH: register.sha256, PLACE: place.replace(os.sep, "/")}


def with_register_of(tables: Tables, manifest: Mapping[str, str], plan: Path) -> Tables:
    """The inputs of a plan with its register, which lies beside it or where its manifest says. Raises NoRegister."""
    name = manifest.get(NAME)
    if not name:
        return tables
    for folder in (plan.absolute().parent, plan.absolute().parent / manifest.get(PLACE, ".")):
        try:
            path = beside(name, folder)
        except BadRegister:
            continue
        if sha256_of(path) != manifest.get(HASH):
            continue
        register, issues = read_register(name, folder)
        if register is None:
            why = InputRejected(issues).reason
            raise NoRegister(Text(why.say("en"), why.say("ru")))
        return Tables(tables.name, tables.sheets, register)
    there = any((folder / name).is_file() for folder in (plan.parent, plan.parent / manifest.get(PLACE, ".")))
    said = printable(name)
    if there:
        raise NoRegister(Text(
            "the register {name} is another one than the plan was made with: a stretch was changed, or the file was "
            "written anew (line ends count too); put the one with the SHA-256 {hash} beside the plan",
            "реестр {name} не тот, с которым сделан план: изменены участки или файл записан заново (считаются и концы "
            "строк); положите рядом с планом реестр с SHA-256 {hash}",
        ).fill(name=said, hash=manifest.get(HASH, "")[:16]))
    raise NoRegister(Text("the register {name} of the plan is missing; put it beside the plan",
                          "нет реестра {name} этого плана; положите его рядом с планом").fill(name=said))
