"""Why money is left unused: the rule, or the limit of the source that binds, or its price."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package, Source
from jaryq.case.ramps import ramps_of
from jaryq.factors.gains import AIMS
from jaryq.factors.lenders import SMALL
from jaryq.factors.pace import pace_to, paced
from jaryq.factors.ramps import amount, last
from jaryq.report.amounts import Amounts
from jaryq.report.held import SAID, group_left, holds
from jaryq.report.lenders import cumulative
from jaryq.report.projects import planned
from jaryq.report.room import CLOSE, Left, Place, Room, most_signed
from jaryq.report.words import joined, name_of, number, told, why_closed

NOTHING_ELIGIBLE = Text("may pay for no project of the programme", "не может платить ни за один проект программы")
NOTHING_LEFT = Text("all it may pay for is paid or finished", "всё, за что он может платить, оплачено или завершено")
LEFT_TO_OTHERS = Text("all it may pay for is paid or finished, {amount} bn KZT of it by other money",
                      "всё, за что он может платить, оплачено или завершено, из этого другими деньгами {amount} млрд "
                      "тенге")
NO_SPENDING = Text("nothing it may pay for is built in these years",
                   "в эти годы не строится ничего, за что он может платить")
OTHER_LIMITS = Text("no limit of its own holds it: what it may still pay for is not worth its cost, or works and years "
                    "bind",
                    "своего предела нет: то, за что он ещё может платить, не окупается либо держат ресурсы работ и "
                    "годы")
DEARER = Text("it is dearer than all money it could replace, by {by} tenge of today on each tenge",
              "он дороже всех денег, которые мог бы заменить, на {by} сегодняшнего тенге за каждый тенге")
PARTLY = Text("of {all} bn KZT that it could replace it is dearer than {part}, by {by} tenge of today on each tenge; "
              "the other {rest} cost as much or more, and {why}",
              "из {all} млрд тенге, которые он мог бы заменить, он дороже {part} на {by} сегодняшнего тенге за каждый "
              "тенге; остальные {rest} стоят столько же или больше, и {why}")
NOT_DEARER = Text("it is not dearer than the {rest} bn KZT that it could replace, but {why}",
                  "он не дороже тех {rest} млрд тенге, которые мог бы заменить, но {why}")
FALLS = Text("payers of {amount} of them may fall no further from year to year ({names})",
             "источникам {amount} из них нельзя снижаться от года к году дальше ({names})")
HELD = Text("other rules of the plan hold them", "их держат другие правила плана")
REST_HELD = Text("{falls}, other rules of the plan hold the rest", "{falls}, прочие держат другие правила плана")
UNPRICED = Text("what money costs is not in the objective", "стоимость денег не входит в цель оптимизации")
OUTSIDE = Text("works outside the plan that it may pay for are not worth their cost with it, or works and years bind",
               "работы вне плана, за которые он может платить, с ним не окупаются либо держат ресурсы работ и годы")
RAMP = Text("its ramp lets it rise no more in {years}, when others pay {amount} bn KZT that it may pay for",
            "темп роста не даёт ему вырасти больше: {years} (другие платят там {amount} млрд тенге, которые мог бы "
            "платить он)")
FULL_YEARS = Text("its money of {years} is used up, when others pay {amount} bn KZT that it may pay for; in other "
                  "years there is less to pay for than is left",
                  "его деньги за {years} использованы (другие платят там {amount} млрд тенге, которые мог бы платить "
                  "он), а в другие годы платить есть за меньшее, чем осталось")
LESS = Text("what it may still pay for is less than what is left: {replaced} bn KZT that others pay, {added} outside "
            "the plan",
            "платить ему осталось за меньшее, чем осталось денег: {replaced} млрд тенге платят другие, {added} вне "
            "плана")
LAPSES = Text("in years in which it lapses there is less to pay for",
              "в годы, когда он сгорает, платить есть за меньшее")


def why_unused(found: Amounts, source: Source, mine: Sequence[Facility | Package], room: Room, left: Left) -> Text:
    """The reasons that hold of an open source, the firmest first; ``mine``: projects it may pay for. Its price holds it
    only where there is others' money that it could replace, each tenge of it compared with each that is drawn there in
    that year."""
    if source.draws_to:
        fund = name_of(found.case.sources[source.draws_to])
        return Text(f"drawn into {fund.en}, which needs no more", f"поступает в «{fund.ru}», которому больше не нужно")
    if not mine:
        return NOTHING_ELIGIBLE
    group = _of_group(found, source)
    limits = [*_of_pace(found, source), *_of_ticket(found, source, mine), *_of_terms(found, source), *group]
    if left.barred > CLOSE and not _of_pace(found, source):
        limits += _of_years(found, source, room) or [_paid(found, source, room, left)]
    price = [_price(found, source, room)] if room.replaced() > CLOSE and not group else []
    outside = [OUTSIDE] if room.added() > CLOSE and not group else []
    return joined([*limits, *price, *outside]) or OTHER_LIMITS


def why_shut(source: Source) -> Text:
    """Why a source is closed."""
    return why_closed(source) or Text("closed", "закрыт")


def _paid(found: Amounts, source: Source, room: Room, left: Left) -> Text:
    """That there is less to pay for than is left of it, or nothing."""
    replaced, added = room.replaced(), room.added()
    if replaced + added >= (left.usable + left.barred) * (1.0 - CLOSE):
        return LAPSES
    if added > CLOSE:
        return LESS.fill(replaced=number(replaced, 2), added=number(added, 2))
    if replaced > CLOSE:
        return LEFT_TO_OTHERS.fill(amount=number(replaced, 2))
    mine = found.factors.bounds.drawn_by.get(source.id, ())
    built = any(found.spent.get(p, 0.0) > CLOSE for p in mine)
    return NO_SPENDING if not built and any(_unfinished(found, found.case.projects[p]) for p in mine) else NOTHING_LEFT


def _of_pace(found: Amounts, source: Source) -> list[Text]:
    """That all that its pace lets be drawn by its last year is drawn."""
    most, last_year = most_signed(found, source), max(found.factors.bounds.years[source.id], default=None)
    if not paced(source) or most is None or last_year is None:
        return []
    share = pace_to(source, last_year)
    if share >= 1.0 or cumulative(found, source, last_year) < share * most * (1.0 - CLOSE) - CLOSE:
        return []
    part = number(100.0 * share, 0 if math.isclose(100.0 * share, round(100.0 * share), abs_tol=1e-9) else 1)
    return [Text(f"its pace binds: by the end of {last_year} at most {part.en} % of what is signed may be drawn",
                 f"держит темп выборки: к концу {last_year} года можно выбрать не более {part.ru} % подписанного")]


def _of_ticket(found: Amounts, source: Source, mine: Sequence[Facility | Package]) -> list[Text]:
    """That what it might still pay for is smaller than its ticket."""
    closed = found.factors.bounds.payees.closed
    small = sum(s == source.id and why.en.startswith(SMALL.en.partition(" (")[0])
                and _unfinished(found, found.case.projects[p]) for (s, p), why in closed.items())
    if source.ticket is None or not small or any(_unfinished(found, p) and (source.id, p.id) not in closed
                                                 for p in mine):
        return []
    return [Text(f"its ticket binds: all {small} projects that it might still pay for are smaller",
                 f"держит наименьшая сумма на проект: все оставшиеся проекты ({small}) меньше её")]


def _unfinished(found: Amounts, project: Facility | Package) -> bool:
    """Whether anything of a project is left outside the plan."""
    if isinstance(project, Facility):
        return project.done is None and not planned(found, project.id)
    return project.km - project.km_done - found.renewed.get(project.id, 0.0) > CLOSE


def _others(found: Amounts, source: Source) -> list[Place]:
    """What others pay for what a source may pay for, in all years in which it may be drawn."""
    bounds = found.factors.bounds
    return [Place(p, y, r, paid) for p in bounds.drawn_by.get(source.id, ()) for r, y, paid in found.draws_of.get(p, ())
            if r != source.id and paid > CLOSE and bounds.has_draw(source.id, p, y)]


def _of_terms(found: Amounts, source: Source) -> list[Text]:
    """Terms of the source that hold it in every project where others pay too."""
    terms = [holds(found, source, found.case.projects[p])
             for p in dict.fromkeys(place.project for place in _others(found, source))]
    texts = [said for name, said in SAID.items() if terms and all(held[name] for held in terms)]
    if not texts and terms and all(any(held.values()) for held in terms):
        texts = [Text("its share, tied content or counterpart money binds in each project",
                      "в каждом проекте держит доля, связанность или средства заёмщика")]
    return texts


def _of_group(found: Amounts, source: Source) -> list[Text]:
    """That nothing is left of the envelope of its group."""
    return [Text("the envelope of its group is used up", "лимит группы исчерпан")] \
        if group_left(found, source) <= CLOSE else []


def _of_years(found: Amounts, source: Source, room: Room) -> list[Text]:
    """That its ramp, or its ceilings, hold it in years in which others pay for what it may pay for."""
    others = [place for place in _others(found, source)
              if not any(holds(found, source, found.case.projects[place.project]).values())]
    texts = []
    for ramp, said in ((True, RAMP), (False, FULL_YEARS)):
        there = [place for place in others if room.full.get(place.year) is ramp]
        if there:
            years = ", ".join(str(y) for y in sorted({place.year for place in there}))
            texts.append(said.fill(years=years, amount=number(math.fsum(place.paid for place in there), 2)))
    return texts


def _price(found: Amounts, source: Source, room: Room) -> Text:
    """How it compares with the money whose place it could take."""
    if "draws" not in AIMS[found.case.settings.objective]:
        return UNPRICED
    more = [(_dearer_by(found, source, place), place) for place in room.places]
    dear, cheap = [by for by, _ in more if by > CLOSE], [place for by, place in more if by <= CLOSE]
    if not cheap:
        return DEARER.fill(by=_range(dear))
    whole, rest = (math.fsum(place.paid for place in places) for places in (room.places, cheap))
    why = _why_cheap(found, cheap)
    if not dear:
        return NOT_DEARER.fill(rest=told(rest), why=why)
    return PARTLY.fill(all=told(whole), part=told(whole - rest), by=_range(dear), rest=told(rest), why=why)


def _range(values: Sequence[float]) -> Text:
    """``0.01 to 0.2``; one figure where they read alike."""
    low, high = _figure(min(values)), _figure(max(values))
    return low if low == high else Text(f"{low.en} to {high.en}", f"{low.ru}–{high.ru}")


def _figure(value: float) -> Text:
    """Parts of a tenge: hundredths, below a tenth the first digit, however small."""
    return number(value, 2 if value >= 0.1 else -int(f"{value:.0e}".partition("e")[2]))


def _dearer_by(found: Amounts, source: Source, place: Place) -> float:
    """By how much all payments on one tenge of a source are more than those on one that the payer draws there, tenge of
    today; what less is signed of the payer counts too."""
    money, payer = found.factors.money, found.case.sources[place.payer]
    fees = money.signs.get(payer.id, 0.0) / money.exchange[payer.id, place.year]
    return money.cost[source.id, place.year] - money.cost[payer.id, place.year] - fees


def _why_cheap(found: Amounts, cheap: Sequence[Place]) -> Text:
    """What keeps money in its place that is not cheaper: a ramp by which its payers may draw no less that year."""
    fallen = {(ramped.id, y) for ramped in ramps_of(found.case).values() if ramped.of == "source"
              and ramped.ramp.down is not None for y in ramped.falling
              if amount(found.factors, ramped, y).on(found.plan)
              <= (1.0 - ramped.ramp.down) * last(found.factors, ramped, y).on(found.plan) * (1.0 + CLOSE) + CLOSE}
    held = [place for place in cheap if (place.payer, place.year) in fallen]
    names = joined([name_of(found.case.sources[s]) for s in dict.fromkeys(place.payer for place in held)], ", ")
    if names is None:
        return HELD
    falls = FALLS.fill(names=names, amount=told(math.fsum(place.paid for place in held)))
    return falls if len(held) == len(cheap) else REST_HELD.fill(falls=falls)
