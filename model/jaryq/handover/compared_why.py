"""Why a scenario differs from the base in sentences: what the change of its net value is made of, and where it looks
better although it is no better plan, what makes it look so."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.handover.compared_said import POINTS, shown, signed, worse_at
from jaryq.handover.said import told
from jaryq.report.adding_up import apportioned
from jaryq.report.compare.facts import PARTS, Facts, Worth
from jaryq.report.compare.moves import KM_SHOWN
from jaryq.report.compare.story import Story
from jaryq.report.words import SMALL, joined, number

WORTH_SAYING = 0.05
"""Parts of a change are told from this share of all parts on."""
AFTER = 1.0
"""Percent points from which it is told that payments move behind the planned years."""
NAMED = 3
"""Loans that are named."""
REST = Text("The rest", "Прочее")


def explained(base: Story, here: Story) -> list[Text]:
    """What a difference of the net value that is shown is made of, and what makes a scenario look better that is
    not."""
    one, other, worth = base.facts, here.facts, here.worth
    if one is None or other is None or worth is None:
        return []
    return [*made_of(one, other, worth), *looks_better(one, other, worth)]


def made_of(one: Facts, other: Facts, worth: Worth) -> list[Text]:
    """The parts of a change of the net value."""
    change = other.value - one.value
    if abs(change) < SMALL or shown(one, other) is False:
        return []
    return [Text("Its net value changes by {n} bn KZT: {parts}.",
                 "Чистая выгода меняется на {n} млрд тенге: {parts}.").fill(n=signed(change), parts=parts_told(worth))]


def parts_told(worth: Worth) -> Text:
    """The parts worth saying, the largest first, and the rest in one, with the decimals of the change, so that they add
    up as they are read."""
    size = sum(abs(v) for v in worth.parts.values())
    large = sorted((key for key, v in worth.parts.items() if abs(v) >= max(SMALL, WORTH_SAYING * size)),
                   key=lambda key: -abs(worth.parts[key]))
    values = [*(worth.parts[key] for key in large), sum(v for key, v in worth.parts.items() if key not in large)]
    change = abs(sum(values))
    places = 0 if change >= 99.95 else 1 if change >= 0.995 else 2
    units = apportioned([v * 10**places for v in values], round(sum(values) * 10**places))
    whole = all(unit % 10**places == 0 for unit in units)
    said = [(_sign(unit), number(abs(unit) / 10**places, 0 if whole else places)) for unit in units]
    parts = [Text(f"{_small(what).en} {sign}{by.en}", f"{_small(what).ru} {sign}{by.ru}")
             for what, (sign, by) in zip((*(PARTS[key] for key in large), REST), said, strict=True) if sign]
    return joined(parts, ", ") or Text("nothing", "ничего")


def _sign(units: int) -> str:
    """Of an amount in units of its last digit; nothing of what is nothing."""
    return "+" if units > 0 else "-" if units < 0 else ""


def better_in(one: Facts, other: Facts) -> list[Text]:
    """In what a scenario looks better: the net value, the cost of the money, shortfalls of a priority after one that is
    missed by more."""
    found = []
    if other.value - one.value >= SMALL and shown(one, other) is not False:
        found.append(Text("net value", "чистая выгода"))
    if one.cost - other.cost >= SMALL:
        found.append(Text("cost of the money", "стоимость денег"))
    first = worse_at(one, other)
    if first is not None and first[1] > 0:
        found += [Text("priority {p}", "приоритет {p}").fill(p=p) for p in sorted(other.shortfalls)
                  if p > first[0] and one.shortfalls.get(p, 0.0) - other.shortfalls[p] >= POINTS]
    return found


def looks_better(one: Facts, other: Facts, worth: Worth) -> list[Text]:
    """Where a scenario looks better in something and reaches less, or only pays later: what is behind it."""
    what, reason = joined(better_in(one, other), ", "), _reason(one, other, worth)
    if what is None or reason is None:
        return []
    return [Text("It looks better ({what}), but {reason}.",
                 "Выглядит лучше ({what}), но {reason}.").fill(what=what, reason=reason),
            *_later(one, other), *_not_drawn(one, other)]


def _reason(one: Facts, other: Facts, worth: Worth) -> Text | None:
    """Why what looks better is no better plan; None where nothing speaks against it. An earlier priority comes first,
    then what is built, then benefits lost, then payments that are only later."""
    first = worse_at(one, other)
    if first is not None and first[1] > 0:
        return Text("it misses more of priority {p}, which counts before: what is missed costs nothing",
                    "больше не выполнено по приоритету {p}, а он важнее: за невыполненное не платят").fill(p=first[0])
    if other.built[0] < one.built[0] - SMALL or other.built[1] < one.built[1] - KM_SHOWN:
        if other.facilities < one.facilities - SMALL or other.km < one.km - KM_SHOWN:
            return Text("less is built: what is not done is not paid", "построено меньше: за несделанное не платят")
        return Text("less is built by the end of {year}: the rest is built, paid and discounted later",
                    "к концу {year} года построено меньше: остальное строится, оплачивается и дисконтируется "
                    "позже").fill(year=str(one.last))
    if one.value - other.value >= SMALL:
        return Text("its net value is worse: what is spared on money is lost elsewhere",
                    "чистая выгода хуже: сбережённое на деньгах теряется в другом")
    if worth.parts["timing"] > 0 and worth.parts["timing"] >= max(worth.parts.values()):
        return Text("the works are only paid later and discounted more: no gain of the works themselves",
                    "работы лишь оплачены позже и сильнее дисконтированы: сами работы ничего не выиграли")
    return None


def _later(one: Facts, other: Facts) -> list[Text]:
    if other.after - one.after < AFTER:
        return []
    return [Text("Payments move beyond {year}: {b} % of what the money costs is paid after it, in the base {a} %.",
                 "Платежи уходят за {year} год: после него платят {b} % стоимости денег, в базовом {a} %.").fill(
        a=told(one.after), b=told(other.after), year=str(one.last))]


def _not_drawn(one: Facts, other: Facts) -> list[Text]:
    gone = [name for key, name in one.loans.items() if key not in other.loans]
    said, more = joined(gone[:NAMED]), len(gone) - NAMED
    if said is None:
        return []
    rest = Text(" and {n} more", " и ещё {n}").fill(n=more) if more > 0 else ""
    return [Text("It neither draws nor pays for these loans of the base: {names}{rest}.",
                 "Не выбирает эти займы базового и не платит за них: {names}{rest}.").fill(names=said, rest=rest)]


def _small(text: Text) -> Text:
    """Within a sentence."""
    return Text(text.en[0].lower() + text.en[1:], text.ru[0].lower() + text.ru[1:])
