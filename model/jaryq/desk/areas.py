"""The areas of the desk in their order: each is one module with one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.desk import cases, inputs, results, run, what_if
from jaryq.desk.desk import Session


@dataclass(frozen=True)
class Area:
    """``show`` builds the area for a visitor. ``of_case``: it needs a case to be chosen."""

    text: Text
    show: Callable[[Session], None]
    of_case: bool = True


AREAS: Mapping[str, Area] = {
    "cases": Area(Text("Cases", "Книги и планы", kk="Кітаптар мен жоспарлар", ja="ブックと計画"), cases.show,
                  of_case=False),
    "inputs": Area(Text("Inputs", "Исходные данные", kk="Бастапқы деректер", ja="入力データ"), inputs.show),
    "run": Area(Text("Run", "Расчёт", kk="Есептеу", ja="計算"), run.show),
    "what_if": Area(Text("What if", "Что если"), what_if.show),
    "results": Area(Text("Results", "Результаты", kk="Нәтижелер", ja="結果"), results.show),
}
"""By the name that stands in the address."""
