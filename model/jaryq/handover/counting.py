"""Which facilities count towards the programme, by region and in all; what is left out, reconciled with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.counted import FACILITIES, NOUNS, counted
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.shapes import Value
from jaryq.report.words import NOT_IN

ROWS = NOUNS["rows"][:2]
Row = Mapping[str, Value]


def counting(case: Case, region: str | None = None) -> list[str]:
    """Facilities of which a variant counts towards the programme, in the order of the input; of a region, "" for those
    of none, or of all."""
    return [asset for asset, variants in case.assets.items()
            if any(case.facilities[v].counts for v in variants)
            and (region is None or (case.facilities[asset].region or "") == region)]


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
    all_, others, left = (counted(n, *ROWS) for n in (len(out), len(out) - without, without))
    of = counted(len(whole), *FACILITIES)
    first = Text(f"{all_.en} in all", f"Всего {all_.ru}")
    if len(out) > without:
        first = Text(f"{first.en}: {others.en} of other variants of facilities that are done, and {left.en} of {of.en} "
                     "of which nothing is done",
                     f"{first.ru}: {others.ru} с другими вариантами выполняемых объектов, {left.ru} по объектам "
                     f"({len(whole)}), по которым не делается ничего")
    if not whole:
        return (Text(f"{first.en}.", f"{first.ru}."),)
    end = Text("None of these counts towards the programme: they are alternatives and illustrations",
               "В программу не засчитывается ни один из них: это альтернативы и условные примеры")
    if counts:
        end = Text(f"{counts} of these {len(whole)} count towards the programme",
                   f"Из этих {len(whole)} в программу засчитывается {counts}")
    return (Text(f"{first.en}. {end.en}.", f"{first.ru}. {end.ru}."),)


def not_counting(case: Case) -> tuple[Text, ...]:
    """How many facilities do not count, where some do not."""
    rest = len(case.assets) - len(counting(case))
    if not rest:
        return ()
    n = counted(rest, *FACILITIES)
    return (Text(f"Not counted here: {n.en} that are alternatives or illustrations and no part of the programme's "
                 "number.",
                 f"Здесь не считаются {n.ru}: это альтернативы и условные примеры, в число объектов программы они не "
                 "входят."),)
