"""Fixings and branching trees as rows of data sheets, and back again.

A tree of some hundred leaves has tens of thousands of multipliers, so a leaf is one row with a text:
``number=multiplier`` pairs with all digits, and a split ``<=level`` and the numbers of its columns. The numbers stand
for names on a sheet of their own; names that have the same multiplier in every leaf share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from jaryq.solve.proof import Fixing, Node, Proof, Tree

LONGEST = 30_000
"""Letters of one text; a longer one goes on in the next row of the same node."""

Rows = list[tuple[object, ...]]


class Unread(ValueError):
    """Rows that are no proof; the text says what is wrong."""


def proof_rows(proof: Proof) -> dict[str, Rows]:
    """Rows of the sheets x_fixings, x_tree and x_tree_names."""
    numbers = _numbered(proof)
    return {
        "x_fixings": [(fixing.column, row, float(value)) for fixing in proof.fixings
                      for row, value in fixing.multipliers.items()],
        "x_tree": [
            (stage, number, kind, text)
            for stage, tree in proof.trees.items() for number, node in enumerate(tree.nodes)
            for kind, text in _told(node, numbers)
        ],
        "x_tree_names": [(number, name)
                         for (_, name), number in sorted(numbers.items(), key=lambda item: (item[1], item[0]))],
    }


def read_proof(fixings: Iterable[Sequence[Any]], tree: Iterable[Sequence[Any]],
               names: Iterable[Sequence[Any]]) -> Proof:
    """The proof of such rows. Raises Unread."""
    named: dict[int, list[str]] = {}
    for number, name in names:
        named.setdefault(int(number), []).append(str(name))
    fixed = tuple(
        Fixing(str(column), {str(row): float(value) for _, row, value in group})
        for column, group in groupby(fixings, key=lambda row: row[0])
    )
    nodes: dict[str, list[Node]] = {}
    for (stage, _, kind), group in groupby(tree, key=lambda row: (row[0], row[1], row[2])):
        nodes.setdefault(str(stage), []).append(_node(str(kind), " ".join(text or "" for *_, text in group), named))
    return Proof(fixed, {stage: Tree(tuple(found)) for stage, found in nodes.items()})


def _numbered(proof: Proof) -> dict[tuple[str, str], int]:
    """A number for each column of a split, and one for all names with the same multipliers in every leaf."""
    where: dict[tuple[str, str], list[object]] = {}
    for stage, tree in proof.trees.items():
        for number, node in enumerate(tree.nodes):
            for name in node.split:
                where.setdefault(("split", name), [name])
            for name, value in node.multipliers.items():
                where.setdefault(("row", name), []).append((stage, number, value))
    numbers: dict[tuple[object, ...], int] = {}
    return {key: numbers.setdefault(tuple(found), len(numbers)) for key, found in where.items()}


def _told(node: Node, numbers: dict[tuple[str, str], int]) -> Iterator[tuple[str, str]]:
    if node.split:
        kind, words = "split", [f"<={node.level}", *(str(numbers["split", name]) for name in node.split)]
    else:
        kind = "empty" if node.empty else "bound"
        values = {numbers["row", name]: value for name, value in node.multipliers.items()}
        words = [f"{number}={float(value)!r}" for number, value in values.items()]
    text = ""
    for word in words:
        if len(text) + len(word) >= LONGEST:
            yield kind, text
            text = ""
        text += f" {word}" if text else word
    yield kind, text


def _node(kind: str, text: str, named: dict[int, list[str]]) -> Node:
    if kind not in ("split", "bound", "empty"):
        raise Unread(f"{kind} is not one of split, bound, empty")
    split: list[str] = []
    level = 0
    multipliers: dict[str, float] = {}
    for word in text.split():
        try:
            if kind == "split" and word.startswith("<="):
                level = int(word.removeprefix("<="))
                continue
            number, _, value = word.partition("=")
            names = named[int(number)]
            if kind == "split":
                split += names
            else:
                multipliers |= dict.fromkeys(names, float(value))
        except (ValueError, KeyError) as error:
            raise Unread(f"{word} is no number of the sheet x_tree_names with a multiplier") from error
    return Node(tuple(split), level, kind == "empty", multipliers)
