"""Extras: parts that need packages beyond those of the core. What each needs is stated in pyproject.toml; one that is
missing is named with the command that installs it."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.text import Text


@dataclass(frozen=True)
class Extra:
    """An extra of pyproject.toml: the modules it brings, and what asks for them."""

    name: str
    modules: tuple[str, ...]
    wanted: Text


EXTRAS = {extra.name: extra for extra in (
    Extra("assistant", ("mcp",), Text("the protocol of assistants is spoken by the MCP Python SDK",
                                      "по протоколу ассистентов говорит MCP Python SDK")),
    Extra("brief", ("docx", "matplotlib"), Text("the brief is written by python-docx with pictures by Matplotlib",
                                                "справку пишет python-docx, рисунки Matplotlib")),
    Extra("cluster", ("distributed",), Text("a cluster is reached by Dask", "к кластеру подключается Dask")),
    Extra("page", ("nicegui",), Text("the desk in the browser is shown by NiceGUI",
                                     "рабочий стол в браузере показывает NiceGUI")),
    Extra("tables", ("pyarrow",), Text("Parquet files are written by Apache Arrow",
                                       "файлы Parquet записывает Apache Arrow")),
    Extra("uncertainty", ("SALib", "pyarrow"), Text("effects are computed by SALib, draws kept by Apache Arrow",
                                                    "эффекты считает SALib, варианты хранит Apache Arrow")),
    Extra("validate", ("ortools",), Text("the second solvers come from OR-Tools",
                                         "вторые решатели берутся из OR-Tools")),
)}
"""Every extra that the code uses."""

MISSING = Text("{modules} is not installed, but {wanted}: run {command} first",
               "{modules} не установлен, а {wanted}: сначала выполните {command} в командной строке",
               kk="{modules} орнатылмаған: алдымен {command} командасын орындаңыз",
               ja="{modules} がインストールされていません。先に {command} を実行してください")
"""The command does not stand at the end: a point that follows it would be copied with it."""

SEVERAL_MISSING = Text("{modules} are not installed, but {wanted}: run {command} first",
                       "{modules} не установлены, а {wanted}: сначала выполните {command} в командной строке",
                       kk="{modules} орнатылмаған: алдымен {command} командасын орындаңыз",
                       ja="{modules} がインストールされていません。先に {command} を実行してください")


class MissingExtra(Told):
    """An extra that is asked for and not installed: wrong use, exit code 64."""

    exit_code = 64


def installed(name: str) -> bool:
    """Whether all modules of an extra can be imported. None is imported here."""
    return not _absent(EXTRAS[name])


def need(name: str) -> None:
    """Raises MissingExtra with the command that installs the extra where it is not installed."""
    extra = EXTRAS[name]
    if absent := _absent(extra):
        said = MISSING if len(absent) == 1 else SEVERAL_MISSING
        raise MissingExtra(said.fill(modules=", ".join(absent), wanted=extra.wanted, command=command(name)))


def command(name: str) -> str:
    """The command that installs an extra: what it asks for, as the installed program states it, else the program itself
    from its folder."""
    asked = " ".join(f'"{text}"' for text in _requirements(name)) or f'-e "{_folder()}[{name}]"'
    return f"{_quoted(sys.executable)} -m pip install {asked}"


def _absent(extra: Extra) -> tuple[str, ...]:
    return tuple(module for module in extra.modules if importlib.util.find_spec(module) is None)


def _requirements(name: str) -> list[str]:
    """``ortools<10,>=9.15``: the requirements of an extra of the installed program, or none where it is not
    installed."""
    from importlib.metadata import PackageNotFoundError, requires  # takes longer to load than all of this room
    try:
        stated = requires("jaryq") or []
    except PackageNotFoundError:
        return []
    marks = (f'extra == "{name}"', f"extra == '{name}'")
    return [text.partition(";")[0].strip() for text in stated if text.partition(";")[2].strip() in marks]


def _folder() -> Path:
    return Path(__file__).resolve().parents[3]


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
