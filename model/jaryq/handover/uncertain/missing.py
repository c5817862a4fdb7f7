"""Where money is missing in plans for several futures: how much, in which future, of which project."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from jaryq.base.counted import OF_FUTURES, counted
from jaryq.base.text import Text
from jaryq.handover.said import told

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
    of = counted(len(titles), *OF_FUTURES)
    each = [_of_future(title, of, projects) for title, of in lacking]
    return Text(f"{who.en}, money is missing in {len(lacking)} of {of.en}: "
                f"{'; '.join(one.en for one in each)}. The figures count it at price_unfunded of the sheet settings.",
                f"{who.ru}: денег не хватает в {len(lacking)} из {of.ru}: "
                f"{'; '.join(one.ru for one in each)}. Показатели учитывают нехватку по цене price_unfunded листа "
                f"settings.")


def late_works(late: Sequence[Collection[str]], titles: Sequence[Text],
               projects: Mapping[str, Text]) -> tuple[Text, ...]:
    """In which futures what must be done is not finished in time, and which works."""
    found = []
    for title, keys in zip(titles, late, strict=True):
        named = [projects.get(key, Text(key, key)) for key in sorted(keys)]
        rest = len(named) - MOST
        more = (f" and {rest} more", f" и ещё {rest}") if rest > 0 else ("", "")
        if named:
            found.append(Text(
                f"In “{title.en}” what must be done is not finished in time: "
                f"{', '.join(one.en for one in named[:MOST])}{more[0]}; it is paid as far as the planned years go and "
                f"not counted.",
                f"В варианте «{title.ru}» обязательное не завершено в срок: "
                f"{', '.join(one.ru for one in named[:MOST])}{more[1]}; оплачено в пределах плановых лет и не "
                f"засчитано."))
    return tuple(found)


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
