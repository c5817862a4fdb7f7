"""What a front, and plans that are almost as good, say of the decision: what all of them take, what hangs on what is
wanted more."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.counted import FACILITIES, counted, english
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import told, told_apart, without_noise
from jaryq.handover.shapes import Verdict
from jaryq.handover.uncertain.facilities import dearest, decided, name, named
from jaryq.handover.uncertain.named import listed
from jaryq.report.words import number

MOST = 6
"""Facilities whose border the first page names."""


def along(case: Case, axis: Text, at: Sequence[float], taken: Sequence[frozenset[str]]) -> Verdict:
    """``at``: the second figure at each point of a front, called ``axis``; ``taken``: the facilities that are taken
    there."""
    every, some = frozenset.intersection(*taken), frozenset.union(*taken)
    which, loose = decided(case, every), dearest(case, some - every)
    at = without_noise(at, 1.0)
    plans, alike = number(len(at)), number(len(every))
    robust = Text(f"All {plans.en} plans of the front take at least half of the same "
                  f"{counted(len(every), *FACILITIES).en}{which[0]}.",
                  f"Все планы границы ({plans.ru}) берут хотя бы наполовину одни и те же объекты "
                  f"({alike.ru}){which[1]}.") if every else \
        Text("No facility is taken, at least half of it, by all plans of the front.",
             "Ни один объект не входит хотя бы наполовину во все планы границы.")
    if not loose:
        return Verdict((robust,), (), (Text(
            f"No facility comes in or goes out along the front, whatever {axis.en} is asked for.",
            f"Вдоль границы ни один объект не входит и не выходит, каким бы ни задать показатель «{axis.ru}»."),))
    names = named(case, loose)
    open_ = Text(f"At least half taken by some of the plans of the front only: {names.en}.",
                 f"Входят хотя бы наполовину лишь в некоторые планы границы: {names.ru}.")
    changes = [_where(name(case, key), axis, at, [key in one for one in taken]) for key in loose[:MOST]]
    if (more := len(loose) - MOST) > 0:
        changes.append(Text(f"And {more} more {english(more, 'facility comes in or goes', 'facilities come in or go')} "
                            f"out along the front.",
                            f"И ещё объектов, входящих или выходящих вдоль границы: {more}."))
    return Verdict((robust,), (open_,), tuple(changes))


def _where(of: Text, axis: Text, at: Sequence[float], taken: Sequence[bool]) -> Text:
    """At which values of the figure a facility is taken, and at which not."""
    said = told_apart(list(at)) if len(set(at)) == len(at) else [told(value) for value in at]
    runs: dict[bool, list[list[Text]]] = {True: [], False: []}
    for place, (one, is_in) in enumerate(zip(said, taken, strict=True)):
        if place == 0 or taken[place - 1] is not is_in:
            runs[is_in].append([])
        runs[is_in][-1].append(one)
    with_, without = (listed([_from_to(run) for run in runs[side]], len(at)) for side in (True, False))
    return Text(f"{of.en}: taken where {axis.en} is {with_.en}; not where it is {without.en}.",
                f"{of.ru}: выбран, где {axis.ru}: {with_.ru}; не выбран, где {without.ru}.")


def _from_to(run: Sequence[Text]) -> Text:
    """Values of points beside each other."""
    first, last = run[0], run[-1]
    return first if len(run) == 1 else Text(f"{first.en} to {last.en}", f"от {first.ru} до {last.ru}")


def almost(percent: float, shared: Sequence[Text], open_: Sequence[Text], plans: int) -> Verdict:
    """``shared``: facilities of which all of so many ``plans`` within so many ``percent`` take at least half;
    ``open_``: those of which one has nothing and another at least half."""
    share, firm, loose = told(percent), listed(shared), listed(open_)
    robust = Text(f"All {plans} plans found within {share.en} % of the best take at least half of {firm.en}.",
                  f"Все найденные планы в пределах {share.ru} % от лучшего ({plans}) содержат хотя бы наполовину: "
                  f"{firm.ru}.")
    some = Text(f"Within {share.en} % of the best one plan is found without, and another with at least half of: "
                f"{loose.en}.",
                f"В пределах {share.ru} % от лучшего один найденный план этого не содержит, а другой содержит хотя бы "
                f"наполовину: {loose.ru}.")
    change = Text(f"For {share.en} % of spending each of these by itself can be taken, at least half of it, or left "
                  f"out for other reasons: {loose.en}. Which region, sector and lender gets how much stands on the "
                  f"page.",
                  f"За {share.ru} % затрат каждый из них в отдельности можно взять (хотя бы наполовину) или не брать "
                  f"по другим причинам: {loose.ru}. Сколько при этом получают регионы, секторы и кредиторы, показано "
                  f"на странице.")
    return Verdict((robust,) if shared else (), (some,) if open_ else (), (change,) if open_ else ())
