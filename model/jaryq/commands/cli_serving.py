"""The command line of what stays and answers: the desk in a browser, and the protocol of assistants."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jaryq.base.extras import need
from jaryq.commands.cli_options import language, port
from jaryq.commands.later import Later

if TYPE_CHECKING:
    from jaryq.commands import serve
    from jaryq.commands.assistant import server
else:
    serve, server = Later("jaryq.commands.serve"), Later("jaryq.commands.assistant.server")


def add_serving(some: Any) -> None:
    """The command ``serve``."""
    serving = some.add_parser("serve", help="open the desk: a local page to edit, plan and compare in the browser")
    serving.add_argument("place", type=Path, nargs="?", default=Path(), metavar="FOLDER|WORKBOOK",
                         help="what is served, and nothing above it (default: this folder)")
    serving.add_argument("--port", type=port, default=0, metavar="N", help="the port (default: a free one)")
    serving.add_argument("--host", default="127.0.0.1", metavar="ADDRESS",
                         help="where to listen (default: this machine only); elsewhere a token is asked for")
    serving.add_argument("--no-browser", action="store_false", dest="browser", help="only say the address")
    language(serving)
    serving.set_defaults(run=lambda a: serve.command(a.place, a.host, a.port, a.browser, a.lang))


def add_assistant(some: Any) -> None:
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
