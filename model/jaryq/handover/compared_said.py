"""Sentences on a scenario against the base, each made from numbers by one rule (docs/numbers.md: Scenarios side by
side)."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.handover.said import told
from jaryq.report.compare.facts import Facts
from jaryq.report.compare.moves import KINDS_OF_MOVE, KM_SHOWN
from jaryq.report.compare.story import Story
from jaryq.report.words import SMALL, country, joined

POINTS = 0.05
"""Percent points from which a change of shortfalls is told."""
BETTER, WORSE = Text("better", "лучше"), Text("worse", "хуже")
MORE, FEWER, LESS = Text("more", "больше"), Text("fewer", "меньше"), Text("less", "меньше")
ALL_SAME = Text("Nothing differs from the base.", "Ничем не отличается от базового.")
EITHER = Text("{n}, which may be either", "{n}, среди них могут быть и те, и другие")
NO_MOVE = Text("No project moves.", "Ни один проект не меняется.")


def alone(here: Facts) -> list[Text]:
    """A plan by itself: what it builds, what it spends, what it misses."""
    found = [Text("{f} {what} and {k} km by the end; spending {s} bn KZT, nominal.",
                  "объектов {f}, км {k} к концу; затраты {s} млрд тенге, номинально.").fill(
                      f=told(here.facilities), what=_of(here.facilities), k=told(here.km), s=told(here.spend))]
    return [*found, _missed(here, here)]


def against(base: Story, here: Story) -> list[Text]:
    """What a scenario does otherwise than the base, and what comes of it; nothing where one of them has no plan."""
    if base.facts is None or here.facts is None or here.worth is None:
        return []
    one, other, moved = base.facts, here.facts, sum(here.standings.values())
    if not moved and all(abs(b - a) < SMALL for a, b in _pairs(one, other)):
        return [ALL_SAME]
    return [built(one, other), money(one, other), value(one, other), *unpaid(one, other), *shortfalls(one, other),
            moves(here)]


def _pairs(one: Facts, other: Facts) -> list[tuple[float, float]]:
    both = [(float(one.last), float(other.last)), *zip(one.built, other.built, strict=True)]
    both += [(getattr(one, name), getattr(other, name))
            for name in ("facilities", "km", "spend", "cost", "benefits", "value", "missed")]
    return both + [(one.shortfalls.get(p, 0.0), other.shortfalls.get(p, 0.0))
                   for p in {*one.shortfalls, *other.shortfalls}]


def built(one: Facts, other: Facts) -> Text:
    """Facilities and km in service at the end, against the base's."""
    if other.reached is not None:
        return _by_the_same_year(one, other)
    return _completes(one.built, other.built)


def _by_the_same_year(one: Facts, other: Facts) -> Text:
    """Of a scenario that ends in another year: what stands by the end of the base's, and by the end of its own."""
    said = _completes(one.built, other.built)
    own = Text("By the end of {own}, its own last year: {f} {what} and {k} km; sums and aims are of all its years.",
               "К концу {own} года, своего последнего: объектов {f}, км {k}; суммы и цели за все его годы.").fill(
        own=str(other.last), f=told(other.facilities), what=_of(other.facilities), k=told(other.km))
    return Text("By the end of {year} {said} {own}", "К концу {year} года {said} {own}").fill(
        year=str(one.last), said=Text(said.en[0].lower() + said.en[1:], said.ru[0].lower() + said.ru[1:]), own=own)


def _completes(one: tuple[float, float], other: tuple[float, float]) -> Text:
    """Facilities and km of a plan against another's."""
    f, k = told(other[0]), told(other[1])
    more, km = other[0] - one[0], other[1] - one[1]
    if abs(more) < SMALL and abs(km) < KM_SHOWN:
        return Text("It completes as much as the base: {f} {what}, {k} km.",
                    "Завершает столько же, сколько базовый: объектов {f}, км {k}.").fill(
                        f=f, what=_of(other[0]), k=k)
    facilities = Text("as many facilities, {f}", "объектов столько же, {f}").fill(f=f) if abs(more) < SMALL else \
        Text("{n} {what} {way}, {f} in all", "объектов на {n} {way}, всего {f}").fill(
            n=told(abs(more)), what=_of(more), way=MORE if more > 0 else FEWER, f=f)
    lengths = Text("as many km, {k}", "км столько же, {k}").fill(k=k) if abs(km) < KM_SHOWN else \
        Text("{n} km {way}, {k} in all", "км на {n} {way}, всего {k}").fill(
            n=told(abs(km)), way=MORE if km > 0 else FEWER, k=k)
    return Text("It completes {a}; {b}.", "Завершает: {a}; {b}.").fill(a=facilities, b=lengths)


def money(one: Facts, other: Facts) -> Text:
    """Spending and what the money costs the purse."""
    spend, cost = other.spend - one.spend, other.cost - one.cost
    spent = Text("Spending is the same ({s} bn KZT, nominal)",
                 "Затраты те же ({s} млрд тенге, номинально)").fill(s=told(other.spend)) if abs(spend) < SMALL else \
        Text("Spending is {n} bn KZT {way}, {s} in all, nominal",
             "Затраты на {n} млрд тенге {way}, всего {s}, номинально").fill(
            n=told(abs(spend)), way=MORE if spend > 0 else LESS, s=told(other.spend))
    costs = Text("the money costs the purse as much", "деньги обходятся кошельку во столько же") \
        if abs(cost) < SMALL else \
        Text("the money costs the purse {n} bn KZT {way} in present value, {c} in all",
             "деньги обходятся кошельку на {n} млрд тенге {way} приведённой стоимости, всего {c}").fill(
            n=told(abs(cost)), way=MORE if cost > 0 else LESS, c=told(other.cost))
    return Text("{a}; {b}.", "{a}; {b}.").fill(a=spent, b=costs)


def shown(one: Facts, other: Facts) -> bool | None:
    """Whether the difference of the net values is more than what the worse of the two plans could still gain; None
    where that is not stated."""
    change = other.value - one.value
    still = one.distance if change > 0 else other.distance
    return None if still is None else abs(change) > max(still, SMALL)


def value(one: Facts, other: Facts) -> Text:
    """The net value for the purse, and whether the difference is shown."""
    change, sure = other.value - one.value, shown(one, other)
    if abs(change) < SMALL:
        return Text("Net value for the purse: the same ({v} bn KZT).",
                    "Чистая выгода для кошелька та же ({v} млрд тенге).").fill(v=level(other.value))
    said = Text("Net value for the purse: {n} bn KZT {way}, {v} in all",
                "Чистая выгода для кошелька на {n} млрд тенге {way}, всего {v}").fill(
        n=told(abs(change)), way=BETTER if change > 0 else WORSE, v=level(other.value))
    if sure is None:
        return Text("{a}.", "{a}.").fill(a=said)
    still = told(one.distance if change > 0 else other.distance or 0.0)  # type: ignore[arg-type]
    who = Text("the base's plan", "базовый план") if change > 0 else Text("this plan", "этот план")
    proof = Text("the difference is more than {who} could still gain, {g}",
                 "разница больше, чем ещё мог бы выиграть {who}, {g}") if sure else \
        Text("the difference is no more than {who} could still gain, {g}, so none is shown",
             "разница не больше, чем ещё мог бы выиграть {who}, {g}, поэтому различие не показано")
    return Text("{a}; {b}.", "{a}; {b}.").fill(a=said, b=proof.fill(who=who, g=still))


UNPAID = Text("In neither value is what is still to pay after the plan for works that end later: {n} bn KZT, nominal, "
              "here, {b} in the base; so a better value may be no gain.",
              "Ни в одну из этих выгод не входит то, что останется заплатить после плана за работы, которые кончаются "
              "позже: здесь {n} млрд тенге (номинально), в базовом {b}; поэтому лучшее значение может не быть "
              "выигрышем.")


def unpaid(one: Facts, other: Facts) -> list[Text]:
    """That later payments are in no value, beside it, where the two plans leave different amounts of them."""
    if abs(other.unpaid - one.unpaid) < SMALL:
        return []
    return [UNPAID.fill(n=told(other.unpaid), b=told(one.unpaid))]


def worse_at(one: Facts, other: Facts) -> tuple[str, int] | None:
    """The first priority whose shortfalls differ, with 1 where the scenario misses more and -1 where it misses less;
    None where they are alike in all."""
    for priority in sorted({*one.shortfalls, *other.shortfalls}):
        change = other.shortfalls.get(priority, 0.0) - one.shortfalls.get(priority, 0.0)
        if abs(change) >= POINTS:
            return priority, 1 if change > 0 else -1
    return None


def shortfalls(one: Facts, other: Facts) -> list[Text]:
    """Shortfalls of the priorities that differ, in their order; else how many rows are missed."""
    changes = {p: change for p in sorted({*one.shortfalls, *other.shortfalls})
               if abs(change := other.shortfalls.get(p, 0.0) - one.shortfalls.get(p, 0.0)) >= POINTS}
    parts = [Text("priority {p}: {a} → {b}", "приоритет {p}: {a} → {b}").fill(p=p, a=told(one.shortfalls.get(p, 0.0)),
                                                                            b=told(other.shortfalls.get(p, 0.0)))
             for p in changes]
    if len({change > 0 for change in changes.values()}) > 1:  # some better, some worse: each is told
        parts = [Text("{said} ({way})", "{said} ({way})").fill(said=part, way=WORSE if change > 0 else BETTER)
                 for part, change in zip(parts, changes.values(), strict=True)]
    said, first = joined(parts, ", "), worse_at(one, other)
    if said is None or first is None:
        return [_missed(one, other)]
    asked = [_missed(one, other)] if one.asked != other.asked or other.moved else []
    order = Text("In the order of priorities it is {way} than the base: shortfalls (percent of what is asked, added "
                 "up) of {parts}.",
                 "По порядку приоритетов {way} базового: недовыполнение (проценты от требуемого, сумма), {parts}.")
    return [order.fill(way=WORSE if first[1] > 0 else BETTER, parts=said), *asked]


def _missed(one: Facts, other: Facts) -> Text:
    """How many aims are missed, and how many are asked of another year than in the base."""
    said = _how_many(one, other)
    if not other.moved:
        return said
    return Text("{said} Aims asked of another year than in the base: {m}.",
                "{said} Целей, которые требуются к другому году, чем в базовом: {m}.").fill(said=said, m=other.moved)


def _how_many(one: Facts, other: Facts) -> Text:
    if not one.missed and not other.missed:
        return Text("All aims are met.", "Все цели выполнены.")
    if one.asked != other.asked:
        return Text("Aims missed: {m} of {a}, in the base {n} of {b}.",
                    "Целей не выполнено: {m} из {a}, в базовом {n} из {b}.").fill(
            m=other.missed, a=other.asked, n=one.missed, b=one.asked)
    if one is other:
        return Text("Aims missed: {m}.", "Целей не выполнено: {m}.").fill(m=other.missed)
    if one.missed == other.missed:
        return Text("Aims missed: {m}, as in the base.", "Целей не выполнено: {m}, как в базовом.").fill(
            m=other.missed)
    return Text("Aims missed: {m}, in the base {n}.", "Целей не выполнено: {m}, в базовом {n}.").fill(
        m=other.missed, n=one.missed)


BESIDES = Text("{i}, of them {n} facilities that do not count towards the programme",
               "{i}, из них {n} не засчитываемых в число объектов программы")


def moves(here: Story) -> Text:
    """How many projects move, how many come in and go, and how many move really."""
    stand = here.standings
    count = sum(stand.values())
    if not count:
        return NO_MOVE
    real = Text("really {r} ({kinds})", "по-настоящему {r} ({kinds})").fill(r=stand["real"], kinds=_kinds(here.real)) \
        if stand["real"] else Text("of none is it shown that it moves really", "ни об одном не показано, что это "
                                   "по-настоящему") if stand["open"] else Text("really none", "по-настоящему ни один")
    come = BESIDES.fill(i=here.kinds["added"], n=here.besides) if here.besides else str(here.kinds["added"])
    return Text("Projects that move: {all} (in {i}, out {o}); {real}, ties {t}, not examined {u}.",
                "Меняется проектов: {all} (входит {i}, выходит {o}); {real}, равноценно {t}, не проверено {u}.").fill(
        all=count, i=come, o=here.kinds["dropped"], real=real, t=stand["tie"],
        u=EITHER.fill(n=stand["open"]) if stand["open"] else "0")


def _kinds(made: Mapping[str, int]) -> Text:
    return joined([Text(f"{word.en} {n}", f"{word.ru} {n}") for kind, word in KINDS_OF_MOVE.items()
                   if (n := made.get(kind, 0))], ", ") or Text("0", "0")


def partner_money(base: Story, here: Story) -> list[Text]:
    """What a partner's money brings, where a scenario differs from the base in that partner's sources only, and only
    one of the two plans draws from them."""
    if base.facts is None or here.facts is None or not here.changed:
        return []
    known = {**base.facts.partners, **here.facts.partners}
    touched = {known.get(str(item.key).partition(";")[0].strip()) if item.sheet in ("sources", "source_years") else None
               for item in here.changed}
    partner = next(iter(touched)) if len(touched) == 1 else None
    drawn = [one.drawn.get(partner or "", 0.0) for one in (base.facts, here.facts)]
    if partner is None or (drawn[0] > 0) == (drawn[1] > 0):
        return []
    other, one = (base.facts, here.facts) if drawn[0] > 0 else (here.facts, base.facts)  # with it, without it
    facilities, km, saves = other.built[0] - one.built[0], other.built[1] - one.built[1], one.cost - other.cost
    adds = Text("adds no facility and no km", "не добавляют ни одного объекта и ни одного км") \
        if abs(facilities) < SMALL and abs(km) < KM_SHOWN else \
        Text("adds {f} {what} and {k} km", "добавляют: объектов {f}, км {k}").fill(
            f=signed(facilities), what=_of(facilities), k=signed(km))
    what = Text("saves the purse {n} bn KZT of present value", "сберегают кошельку {n} млрд тенге приведённой "
                "стоимости") if saves >= 0 else \
        Text("costs the purse {n} bn KZT of present value more", "обходятся кошельку на {n} млрд тенге приведённой "
             "стоимости дороже")
    return [Text("Money from {who} ({d} bn KZT, nominal) {adds}; it {what}.",
                 "Деньги партнёра «{who}» ({d} млрд тенге, номинально) {adds}; они {what}.").fill(
        who=country(partner), d=told(max(drawn)), adds=adds, what=what.fill(n=told(abs(saves))))]


def signed(amount: float) -> Text:
    """With its sign; nothing as 0."""
    body = told(abs(amount))
    sign = "" if abs(amount) < SMALL else "+" if amount > 0 else "-"
    return Text(sign + body.en, sign + body.ru)


def _of(count: float) -> Text:
    """The English noun after a number; Russian sentences name it before."""
    return Text("facility" if abs(abs(count) - 1.0) < SMALL else "facilities", "объектов")


def level(amount: float) -> Text:
    """A figure with a minus where it is below zero."""
    return told(amount) if amount > -SMALL else signed(amount)
