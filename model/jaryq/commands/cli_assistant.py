"""The command line of the command for assistants."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jaryq.base.extras import need
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.commands.assistant import server
else:
    server = Later("jaryq.commands.assistant.server")


def add_assistant(some: Any, language: Callable[[argparse.ArgumentParser], None]) -> None:
    """The command ``mcp``."""
    made: argparse.ArgumentParser = some.add_parser(
        "mcp", help="answer an assistant over standard input and output (Model Context Protocol)")
    made.add_argument("folder", type=Path, nargs="?", default=Path(),
                      help="its workbooks and plans, and nothing beside them (default: this folder)")
    made.add_argument("--write", action="store_true", help="plans may be written into outputs/ of the folder")
    language(made)
    made.set_defaults(run=lambda a: _mcp(made, a))


def _mcp(command: argparse.ArgumentParser, known: argparse.Namespace) -> int:
    need("assistant")
    if not known.folder.is_dir():
        command.error(f"{known.folder} is no folder")
    return server.serve(known.folder, known.lang, write=known.write)
