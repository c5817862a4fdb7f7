"""What several commands are told alike: how their arguments are read, and the options that they share."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from jaryq.base.shipped import shipped_case
from jaryq.base.text import LANGS

WRONG_USE = 64

SHIPPED = shipped_case()


class Parser(argparse.ArgumentParser):
    """argparse exits with 2 on wrong use; 2 means here that an input was rejected. ``any_order``: names may stand
    before, between and behind options; argparse alone takes them in one go, and any further ones for unknown."""

    any_order = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if not self.any_order:
            return super().parse_known_args(args, namespace)
        self.any_order = False  # what goes on below calls this again
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.any_order = True

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def count(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of 1 or more")
    return int(text)


def number(text: str) -> int:
    """A whole number from 0 on."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of 0 or more")
    return int(text)


def port(text: str) -> int:
    """The number of a port; 0: a free one."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: give 0 to 65535")
    return int(text)


def besides(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-report", action="store_false", dest="report", help="write no report.html")
    command.add_argument("--tables", type=Path, metavar="FOLDER",
                         help="also write every table as CSV and Parquet with a Frictionless datapackage.json, "
                              "facilities and regions as GeoJSON, the linear program as MPS")
    command.add_argument("--brief", action="store_true",
                         help="also write a brief of two pages, brief.en.docx and brief.ru.docx, beside the plan")
    command.add_argument("--regions", action="store_true",
                         help="also write a page for each region, regions.xlsx, beside the plan")


def force(command: argparse.ArgumentParser) -> None:
    command.add_argument("--force", action="store_true",
                         help="replace what stands where something is written, even the input or a stranger's file")


def language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=LANGS, default="en", help="language of titles and messages")
