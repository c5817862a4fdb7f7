"""Kinds of issues about rows and columns as a whole: what is added up, struck out, never used, or missing. Rows for the register in ``issues.py``."""

from __future__ import annotations

from model.base.severity import Severity
from model.base.text import Text

ROWS: tuple[tuple[str, Severity, Text, Text], ...] = (
    ("row_of_sums", "surprise",
     Text("the row equals the sum of rows {first} to {last} ({columns}); it is counted as one more row",
          "строка равна сумме строк {first}-{last} ({columns}); она учтена как ещё одна строка"),
     Text("Delete it if it is a total; nothing to do if it is right.", "Удалите её, если это итог; если верно, ничего делать не нужно.")),
    ("struck_rows", "surprise",
     Text("{count} row(s) are struck out, in whole or in part; they count all the same", "зачёркнуто строк: {count} (целиком или частью); они всё равно учтены"),
     Text("Delete the rows that are cancelled; take the line away from the others.", "Удалите отменённые строки; с остальных снимите зачёркивание.")),
)
"""Code, severity, rule, remedy."""
