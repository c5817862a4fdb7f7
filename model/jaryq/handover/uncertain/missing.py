"""Where money is missing in plans for several futures: how much, in which future, of which project."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.counted import OF_FUTURES, counted
from jaryq.base.text import Text
from jaryq.handover.said import told
from jaryq.report.words import number
from jaryq.uncertainty.late import AFTER, HANGS, IN_TIME, NEVER
from jaryq.uncertainty.outcomes import OF_ORDER

SOME = 1e-6
"""Less is what is left of sums, bn KZT."""

MOST = 3
"""Projects that are named of a future."""

Missing = Sequence[Mapping[str, float]]
"""Money that nobody pays, nominal bn KZT by project, of each future."""


def missing_money(who: Text, missing: Missing, titles: Sequence[Text], projects: Mapping[str, Text]) -> Text:
    """In how many futures the plans of ``who`` (the beginning of the sentence) lack money, and which ones."""
    lacking = [(title, of) for title, of in zip(titles, missing, strict=True) if math.fsum(of.values()) > SOME]
    if not lacking:
        return Text(f"{who.en}, money is missing in no future.", f"{who.ru}: денег хватает в каждом варианте.")
    of, short = counted(len(titles), *OF_FUTURES), number(len(lacking))
    each = [_of_future(title, of, projects) for title, of in lacking]
    return Text(f"{who.en}, money is missing in {short.en} of {of.en}: "
                f"{'; '.join(one.en for one in each)}. The figures count it at price_unfunded of the sheet settings.",
                f"{who.ru}: денег не хватает в {short.ru} из {of.ru}: "
                f"{'; '.join(one.ru for one in each)}. Показатели учитывают нехватку по цене price_unfunded листа "
                f"settings.")


def passed_limits(who: Text, passed: Sequence[Mapping[tuple[str, str], float]], titles: Sequence[Text],
                  projects: Mapping[str, Text]) -> tuple[Text, ...]:
    """In which futures works of the plans of ``who`` begin before those that they wait for, and which; in which crews
    or outages go beyond their limits. A sentence each, none where all limits are kept."""
    of = counted(len(titles), *OF_FUTURES)
    early, manned = [], []
    for title, one in zip(titles, passed, strict=True):
        works = sorted({key for (family, key), by in one.items() if by > SOME and family in OF_ORDER})
        if works:
            some = _some(works, projects)
            early.append(Text(f"“{title.en}” ({some.en})", f"«{title.ru}» ({some.ru})"))
        if any(by > SOME and family not in OF_ORDER for (family, _), by in one.items()):
            manned.append(Text(f"“{title.en}”", f"«{title.ru}»"))
    price = Text("The figures count it at price_beyond of the sheet settings.",
                 "Показатели учитывают это по цене price_beyond листа settings.")
    kinds = ((early, Text("works begin before those that they wait for", "работы начинаются раньше тех, которых должны "
                          "ждать,")),
             (manned, Text("crews or outages go beyond their limits", "бригады или остановы выходят за пределы")))
    return tuple(Text(f"{who.en}, {what.en} in {n.en} of {of.en}: {'; '.join(one.en for one in some)}. {price.en}",
                      f"{who.ru}: {what.ru} в {n.ru} из {of.ru}: {'; '.join(one.ru for one in some)}. {price.ru}")
                 for some, what in kinds if some for n in (number(len(some)),))


WHAT_THEN = {
    IN_TIME: Text("it ends within the planned years, is paid and counted",
                  "завершается в плановые годы, оплачено и засчитано"),
    HANGS: Text("it is paid as far as the planned years go, and counted where it begins early enough to end within "
                "them", "оплачено в пределах плановых лет, засчитано, если начато достаточно рано, чтобы завершиться "
                "в них"),
    AFTER: Text("it is paid as far as the planned years go and not counted",
                "оплачено в пределах плановых лет и не засчитано"),
    NEVER: Text("it cannot begin in the planned years any more, is neither paid nor counted",
                "в плановые годы начаться уже не может, не оплачено и не засчитано"),
}
"""What becomes of works that are not finished in time, by when they end."""


def late_works(late: Sequence[Mapping[str, str]], titles: Sequence[Text],
               projects: Mapping[str, Text]) -> tuple[Text, ...]:
    """In which futures what must be done is not finished in time, which works, and what becomes of them, by when they
    end: a sentence each."""
    return tuple(
        Text(f"In “{title.en}” what must be done is not finished in time: "
             f"{(some := _some(keys, projects)).en}; {then.en}.",
             f"В варианте «{title.ru}» обязательное не завершено в срок: {some.ru}; {then.ru}.")
        for title, ends in zip(titles, late, strict=True) for kind, then in WHAT_THEN.items()
        if (keys := [key for key, one in ends.items() if one == kind]))


def _some(keys: Sequence[str], projects: Mapping[str, Text]) -> Text:
    """The first of some projects by name, and how many more."""
    named = [projects.get(key, Text(key, key)) for key in sorted(keys)]
    rest = len(named) - MOST
    more = (f" and {rest} more", f" и ещё {rest}") if rest > 0 else ("", "")
    return Text(f"{', '.join(one.en for one in named[:MOST])}{more[0]}",
                f"{', '.join(one.ru for one in named[:MOST])}{more[1]}")


def _of_future(title: Text, of: Mapping[str, float], projects: Mapping[str, Text]) -> Text:
    dear = sorted((key for key, amount in of.items() if amount > SOME), key=lambda key: (-of[key], key))
    named = [(projects.get(key, Text(key, key)), told(of[key])) for key in dear[:MOST]]
    rest = len(dear) - len(named)
    amount = told(math.fsum(of.values()))
    more = (f" and {rest} more", f" и ещё {rest}") if rest else ("", "")
    return Text(f"“{title.en}” {amount.en} bn KZT ("
                f"{', '.join(f'{name.en} {value.en}' for name, value in named)}{more[0]})",
                f"«{title.ru}» {amount.ru} млрд тенге ("
                f"{', '.join(f'{name.ru} {value.ru}' for name, value in named)}{more[1]})")
