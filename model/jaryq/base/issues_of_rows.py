"""Kinds of issues about rows and columns as a whole: what is added up, struck out, never used, or missing. Rows for the
register in ``issues.py``."""

from __future__ import annotations

from jaryq.base.severity import Severity
from jaryq.base.text import Text

ROWS: tuple[tuple[str, Severity, Text, Text], ...] = (
    ("foreign_sheet", "note",
     Text("no sheet of this name is known, and none is like it; it was left out",
          "лист с таким именем неизвестен и не похож ни на один; он не прочитан"),
     Text("Nothing to do if it holds notes; start its name with # to avoid the note.",
          "Если это заметки, ничего делать не нужно; начните имя с #, чтобы не было заметки.")),
    ("foreign_column", "note",
     Text("no column of this name is known on the sheet, and none is like it; it was left out",
          "столбец с таким именем на листе неизвестен и не похож ни на один; он не прочитан"),
     Text("Nothing to do if it is a comment; start the heading with # to avoid the note.",
          "Если это примечание, ничего делать не нужно; начните заголовок с #, чтобы не было заметки.")),
    ("limits_absent", "surprise",
     Text("there is no row on the sheet {target}, so this limits nothing",
          "на листе {target} нет ни одной строки, поэтому здесь ничего не ограничено"),
     Text("Add the sheet {target} with its limits, or clear the cell.",
          "Добавьте лист {target} с пределами или очистите ячейку.")),
    ("year_unused", "note",
     Text("nothing uses values of {year}: the plan looks at {first} to {last}",
          "значения за {year} не используются: план смотрит на {first}-{last}"),
     Text("Nothing to do; correct the year or the years of the settings if they are meant to count.",
          "Ничего делать не нужно; если они должны учитываться, исправьте год или годы в настройках.")),
    ("row_unused", "note",
     Text("nothing uses the row: {why}", "строка не используется: {why}"),
     Text("Nothing to do; open the source if the row is meant to count.",
          "Ничего делать не нужно; откройте источник, если строка должна учитываться.")),
    ("keys_unused", "note",
     Text("nothing refers to {count} row(s): {keys}", "ни одна строка не ссылается на строки ({count}): {keys}"),
     Text("Nothing to do.", "Ничего делать не нужно.")),
    ("term_rounded", "note",
     Text("{value} years at {payments} payments a year are {exact} payments; {taken} are taken, that is {years} years",
          "{value} лет при {payments} платежах в год дают {exact} платежа; взято {taken}, то есть {years} лет"),
     Text("Nothing to do; enter {low} or {high} to say which is meant.",
          "Ничего делать не нужно; введите {low} или {high}, чтобы указать точно.")),
    ("row_of_sums", "surprise",
     Text("the row equals the sum of rows {first} to {last} ({columns}); it is counted as one more row",
          "строка равна сумме строк {first}-{last} ({columns}); она учтена как ещё одна строка"),
     Text("Delete it if it is a total; nothing to do if it is right.",
          "Удалите её, если это итог; если верно, ничего делать не нужно.")),
    ("struck_rows", "surprise",
     Text("{count} row(s) are struck out, in whole or in part; they count all the same",
          "зачёркнуто строк: {count} (целиком или частью); они всё равно учтены"),
     Text("Delete the rows that are cancelled; take the line away from the others.",
          "Удалите отменённые строки; с остальных снимите зачёркивание.")),
)
"""Code, severity, rule, remedy."""
