"""Sentences on a scenario against the base, each made from numbers by one rule (docs/numbers.md: Scenarios side by
side)."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.handover.said import told
from jaryq.report.compare.facts import PARTS, Facts, Worth
from jaryq.report.compare.moves import KINDS_OF_MOVE, KM_SHOWN
from jaryq.report.compare.story import Story
from jaryq.report.words import SMALL, country, joined

WORTH_SAYING = 0.05
"""Parts of a change are told from this share of all parts on."""
POINTS = 0.05
"""Percent points from which a change of shortfalls is told."""
AFTER = 1.0
"""Percent points from which it is told that payments move behind the planned years."""
NAMED = 3
"""Loans that are named."""

BETTER, WORSE = Text("better", "лучше"), Text("worse", "хуже")
MORE, FEWER, LESS = Text("more", "больше"), Text("fewer", "меньше"), Text("less", "меньше")
ALL_SAME = Text("Nothing differs from the base.", "Ничем не отличается от базового.")
NO_MOVE = Text("No project moves.", "Ни один проект не меняется.")


def alone(here: Facts) -> list[Text]:
    """A plan by itself: what it builds, what it spends, what it misses."""
    found = [Text("{f} facilities and {k} km by the end; spending {s} bn KZT, nominal.",
                  "объектов {f}, км {k} к концу; затраты {s} млрд тенге, номинально.").fill(
                      f=told(here.facilities), k=told(here.km), s=told(here.spend))]
    return [*found, _missed(here, here)]


def against(base: Story, here: Story) -> list[Text]:
    """What a scenario does otherwise than the base, and what comes of it; nothing where one of them has no plan."""
    if base.facts is None or here.facts is None or here.worth is None:
        return []
    one, other, moved = base.facts, here.facts, sum(here.standings.values())
    if not moved and all(abs(b - a) < SMALL for a, b in _pairs(one, other)):
        return [ALL_SAME]
    return [built(one, other), money(one, other), value(one, other), *shortfalls(one, other), moves(here)]


def _pairs(one: Facts, other: Facts) -> list[tuple[float, float]]:
    both = [(getattr(one, name), getattr(other, name))
            for name in ("facilities", "km", "spend", "cost", "benefits", "value", "missed")]
    return both + [(one.shortfalls.get(p, 0.0), other.shortfalls.get(p, 0.0))
                   for p in {*one.shortfalls, *other.shortfalls}]


def built(one: Facts, other: Facts) -> Text:
    """Facilities and km in service at the end, against the base's."""
    f, k = told(other.facilities), told(other.km)
    more, km = other.facilities - one.facilities, other.km - one.km
    if abs(more) < SMALL and abs(km) < KM_SHOWN:
        return Text("It builds as much as the base: {f} facilities, {k} km.",
                    "Строит столько же, сколько базовый: объектов {f}, км {k}.").fill(f=f, k=k)
    facilities = Text("as many facilities ({f})", "объектов столько же ({f})").fill(f=f) if abs(more) < SMALL else \
        Text("{n} facilities {way} ({f})", "объектов на {n} {way} ({f})").fill(
            n=told(abs(more)), way=MORE if more > 0 else FEWER, f=f)
    lengths = Text("as many km ({k})", "км столько же ({k})").fill(k=k) if abs(km) < KM_SHOWN else \
        Text("{n} km {way} ({k})", "км на {n} {way} ({k})").fill(n=told(abs(km)), way=MORE if km > 0 else FEWER, k=k)
    return Text("It builds {a}, {b}.", "Строит: {a}, {b}.").fill(a=facilities, b=lengths)


def money(one: Facts, other: Facts) -> Text:
    """Spending and what the money costs the purse."""
    spend, cost = other.spend - one.spend, other.cost - one.cost
    spent = Text("Spending is the same ({s} bn KZT, nominal)",
                 "Затраты те же ({s} млрд тенге, номинально)").fill(s=told(other.spend)) if abs(spend) < SMALL else \
        Text("Spending is {n} bn KZT {way} ({s}, nominal)", "Затраты на {n} млрд тенге {way} ({s}, номинально)").fill(
            n=told(abs(spend)), way=MORE if spend > 0 else LESS, s=told(other.spend))
    costs = Text("the money costs the purse as much", "деньги обходятся кошельку во столько же") \
        if abs(cost) < SMALL else \
        Text("the money costs the purse {n} bn KZT {way} in present value ({c})",
             "деньги обходятся кошельку на {n} млрд тенге {way} приведённой стоимости ({c})").fill(
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
                    "Чистая выгода для кошелька та же ({v} млрд тенге).").fill(v=told(other.value))
    said = Text("Net value for the purse: {n} bn KZT {way} ({v})",
                "Чистая выгода для кошелька на {n} млрд тенге {way} ({v})").fill(
        n=told(abs(change)), way=BETTER if change > 0 else WORSE, v=told(other.value))
    if sure is None:
        return Text("{a}.", "{a}.").fill(a=said)
    still = told(one.distance if change > 0 else other.distance or 0.0)  # type: ignore[arg-type]
    who = Text("the base's plan", "базовый план") if change > 0 else Text("this plan", "этот план")
    proof = Text("more than {who} could still gain ({g})", "больше, чем ещё мог бы выиграть {who} ({g})") if sure else \
        Text("no more than {who} could still gain ({g}), so no difference is shown",
             "не больше, чем ещё мог бы выиграть {who} ({g}), поэтому различие не показано")
    return Text("{a}, {b}.", "{a}, {b}.").fill(a=said, b=proof.fill(who=who, g=still))


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
    parts = [Text("priority {p}: {a} → {b}", "приоритет {p}: {a} → {b}").fill(p=p, a=told(one.shortfalls.get(p, 0.0)),
                                                                            b=told(other.shortfalls.get(p, 0.0)))
             for p in sorted({*one.shortfalls, *other.shortfalls})
             if abs(other.shortfalls.get(p, 0.0) - one.shortfalls.get(p, 0.0)) >= POINTS]
    said, first = joined(parts, ", "), worse_at(one, other)
    if said is None or first is None:
        return [_missed(one, other)]
    order = Text("In the order of priorities it is {way} than the base: shortfalls (percent of what is asked, added "
                 "up) of {parts}.",
                 "По порядку приоритетов {way} базового: недовыполнение (проценты от требуемого, сумма), {parts}.")
    return [order.fill(way=WORSE if first[1] > 0 else BETTER, parts=said)]


def _missed(one: Facts, other: Facts) -> Text:
    if not one.missed and not other.missed:
        return Text("All target rows are met.", "Все строки целей выполнены.")
    if one is other:
        return Text("Target rows missed: {m}.", "Строк целей не выполнено: {m}.").fill(m=other.missed)
    return Text("Target rows missed: {m}, in the base {n}.", "Строк целей не выполнено: {m}, в базовом {n}.").fill(
        m=other.missed, n=one.missed)


def moves(here: Story) -> Text:
    """How many projects move, and how many of them really."""
    stand = here.standings
    count = sum(stand.values())
    if not count:
        return NO_MOVE
    kinds = joined([Text(f"{word.en} {{n}}", f"{word.ru} {{n}}").fill(n=n) for kind, word in KINDS_OF_MOVE.items()
                    if (n := here.real.get(kind, 0))], ", ")
    real = Text("{r} really ({kinds})", "по-настоящему {r} ({kinds})").fill(r=stand["real"], kinds=kinds) if kinds \
        else Text("none really", "по-настоящему ни одного")
    return Text("{n} projects move: {real}, {t} are ties, {u} not examined.",
                "Меняется проектов: {n}; {real}, равноценно {t}, не проверено {u}.").fill(
        n=count, real=real, t=stand["tie"], u=stand["open"])


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
    with_it, without = (base, here) if drawn[0] > 0 else (here, base)
    one, other = without.facts, with_it.facts
    assert one is not None and other is not None  # said above
    facilities, km, saves = other.facilities - one.facilities, other.km - one.km, one.cost - other.cost
    adds = Text("no facility and no km", "ни одного объекта и ни одного км") if abs(facilities) < SMALL and \
        abs(km) < KM_SHOWN else Text("{f} facilities and {k} km", "объектов {f} и км {k}").fill(
            f=_signed(facilities), k=_signed(km))
    what = Text("saves {n} bn KZT of present value", "сберегает {n} млрд тенге приведённой стоимости") if saves >= 0 \
        else Text("costs {n} bn KZT of present value more", "обходится на {n} млрд тенге приведённой стоимости дороже")
    return [Text("Money of this partner ({who}, {d} bn KZT, nominal) adds {adds}; it {what}.",
                 "Деньги партнёра ({who}, {d} млрд тенге, номинально) добавляют: {adds}; это {what}.").fill(
        who=country(partner), d=told(max(drawn)), adds=adds, what=what.fill(n=told(abs(saves))))]


def explained(base: Story, here: Story) -> list[Text]:
    """What a difference of the net value that is shown is made of; and where it is better although less is reached,
    why that is no better plan."""
    one, other, worth = base.facts, here.facts, here.worth
    if one is None or other is None or worth is None or abs(other.value - one.value) < SMALL:
        return []
    if shown(one, other) is False:
        return []
    found = [Text("The change of {n} bn KZT is made of: {parts}.", "Изменение {n} млрд тенге складывается так: "
                  "{parts}.").fill(n=_signed(other.value - one.value), parts=parts_told(worth))]
    if other.value > one.value:
        found += [*no_better(one, other, worth), *_later(one, other), *_not_drawn(one, other)]
    return found


def parts_told(worth: Worth) -> Text:
    """The parts worth saying, the largest first, and the rest in one, so that they add up."""
    size = sum(abs(v) for v in worth.parts.values())
    told_ = sorted((key for key, v in worth.parts.items() if abs(v) >= max(SMALL, WORTH_SAYING * size)),
                   key=lambda key: -abs(worth.parts[key]))
    parts = [Text("{what} {n}", "{what} {n}").fill(what=_small(PARTS[key]), n=_signed(worth.parts[key]))
             for key in told_]
    rest = sum(v for key, v in worth.parts.items() if key not in told_)
    if abs(rest) >= SMALL:
        parts.append(Text("the rest {n}", "прочее {n}").fill(n=_signed(rest)))
    return joined(parts, ", ") or Text("nothing", "ничего")


def no_better(one: Facts, other: Facts, worth: Worth) -> list[Text]:
    """Why a better net value is no better plan: an earlier priority is missed by more, less is built, or the same is
    only paid later. Nothing where none of these holds."""
    first = worse_at(one, other)
    if first is not None and first[1] > 0:
        return [Text("It looks better and is not: it misses more of priority {p}, which counts before the value.",
                     "Выглядит лучше, но это не так: больше не выполнено по приоритету {p}, а он важнее "
                     "выгоды.").fill(p=first[0])]
    if other.facilities < one.facilities - SMALL or other.km < one.km - KM_SHOWN:
        return [Text("It looks better because less is built: what is not done is not paid.",
                     "Выглядит лучше, потому что построено меньше: за несделанное не платят.")]
    if worth.parts["timing"] > 0 and worth.parts["timing"] >= max(worth.parts.values()):
        return [Text("It looks better because the works are paid later and discounted more; that is no gain of the "
                     "works.", "Выглядит лучше, потому что работы оплачены позже и сильнее дисконтированы; это не "
                     "выигрыш от самих работ.")]
    return []


def _later(one: Facts, other: Facts) -> list[Text]:
    if other.after - one.after < AFTER:
        return []
    return [Text("Payments move out of the planned years: {b} % of what the money costs is paid after them, in the "
                 "base {a} %.", "Платежи уходят за плановые годы: после них платят {b} % стоимости денег, в базовом "
                 "{a} %.").fill(a=told(one.after), b=told(other.after))]


def _not_drawn(one: Facts, other: Facts) -> list[Text]:
    gone = [name for key, name in one.loans.items() if key not in other.loans]
    said = joined(gone[:NAMED])
    if said is None:
        return []
    more = len(gone) - NAMED
    rest = Text(" and {n} more", " и ещё {n}").fill(n=more) if more > 0 else None
    return [Text("Loans of the base that it does not draw, nor pays for: {names}{rest}.",
                 "Займы базового, которые не выбирают и за которые не платят: {names}{rest}.").fill(
        names=said, rest=rest or "")]


def _signed(amount: float) -> Text:
    """With its sign; nothing as 0."""
    body = told(abs(amount))
    sign = "" if abs(amount) < SMALL else "+" if amount > 0 else "−"
    return Text(sign + body.en, sign + body.ru)


def _small(text: Text) -> Text:
    """Within a sentence."""
    return Text(text.en[0].lower() + text.en[1:], text.ru[0].lower() + text.ru[1:])
