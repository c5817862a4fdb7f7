"""What is left out, reconciled with the facilities that count towards the programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.counted import FACILITIES, counted, english
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.left_out import some
from jaryq.report.counting import counting, others, what_they_are
from jaryq.report.shapes import Value
from jaryq.report.words import NOT_IN, name_of, number

NAMED = 3
"""So many names are told."""
VARIANTS = ("variant", "variants"), ("вариант", "варианта", "вариантов")
Row = Mapping[str, Value]


def reconciled(case: Case, rows: Sequence[Row]) -> tuple[Text, ...]:
    """Why the rows that are left out are more than the facilities that are: a variant that is not chosen of one that is
    done is left out too; and how many of them count. ``rows``: of the table ``facilities``."""
    status = {str(row.get("facility")): row.get("status") for row in rows}
    out = [key for key, said in status.items() if said == NOT_IN]
    whole = [asset for asset, variants in case.assets.items()
             if (known := [status[v] for v in variants if v in status]) and all(said == NOT_IN for said in known)]
    if not out:
        return ()
    without = sum(len(case.assets[asset]) for asset in whole)
    counts = len(set(whole) & set(counting(case)))
    others, of = counted(len(out) - without, *VARIANTS), counted(len(whole), *FACILITIES)
    all_, these, some, beside = map(number, (len(out), len(whole), counts, without))
    first = Text(f"{all_.en} in all", f"Всего {all_.ru}")
    if len(out) > without:
        left = Text(of.en, of.ru) if without == len(whole) else \
            Text(f"{of.en} ({beside.en} variants)", f"{of.ru} (вариантов {beside.ru})")
        none = (f", and {left.en} of which nothing is done", f", и {left.ru}, по которым не делается ничего") \
            if whole else ("", "")
        first = Text(f"{first.en}: {others.en} of facilities that are done in another way{none[0]}",
                     f"{first.ru}: {others.ru} объектов, которые выполняются иначе{none[1]}")
    if not whole:
        return (Text(f"{first.en}.", f"{first.ru}."),)
    are = what_they_are(case, whole)
    end = Text(f"None of these counts towards the programme ({are.en})",
               f"В программу не засчитывается ни один из них ({are.ru})")
    if counts:
        end = Text(f"{some.en} of these {these.en} count towards the programme",
                   f"Из этих {these.ru} в программу засчитывается {some.ru}")
    return (Text(f"{first.en}. {end.en}.", f"{first.ru}. {end.ru}."),)


def before(case: Case) -> tuple[Text, ...]:
    """How many facilities that count were finished before the planned years, where any were: so many fewer are
    finished in the plan than count."""
    names = [name_of(case.facilities[asset]) for asset in counting(case)
             if any(case.facilities[variant].done is not None for variant in case.assets[asset])]
    if not names:
        return ()
    first, n, them = case.settings.plan_from, counted(len(names), *FACILITIES), some(names, NAMED)
    are = english(len(names), "was", "were")
    return (Text(f"{n.en} of those that count {are} finished before {first} and not in the plan: {them.en}.",
                 f"До {first} года, не в плане, завершено {n.ru} из засчитываемых: {them.ru}."),)


def not_counting(case: Case) -> tuple[Text, ...]:
    """How many facilities do not count, where some do not."""
    rest = others(case)
    if not rest:
        return ()
    n, are = counted(len(rest), *FACILITIES), what_they_are(case, rest)
    return (Text(f"Not counted here: {n.en} ({are.en}), which are no part of the programme's number.",
                 f"Здесь не считаются {n.ru} ({are.ru}): в число объектов программы они не входят."),)
