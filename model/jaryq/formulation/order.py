"""Order and choice: what waits for what, what is done only together, how many of a group are done."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import row


def begun(m: Model, f: Factors, p: str) -> Sum:
    """The share of a facility that is done."""
    return sum(m.start[p, s.period.label] for s in f.works.starts[p])


def any_begun(m: Model, f: Factors, q: str) -> Sum:
    """The share that is done of the facilities that meet a name."""
    return sum(begun(m, f, v) for v in f.case.meets(q))


def _begun_by(m: Model, f: Factors, p: str, t: str) -> Sum:
    """The share of a facility that is started up to a period."""
    last = f.works.position[t]
    return sum(m.start[p, s.period.label] for s in f.works.starts[p] if s.period.position <= last)


def _early_enough(m: Model, f: Factors, p: str, q: str, v: str, t: str) -> Sum:
    """The share of a facility, or of its variants, of which works are early enough for those of another."""
    wait, mine = f.works.waits[p, q, v], f.works.start_at[p, t]
    return sum(m.start[other, s.period.label] for other in f.case.meets(q)
               for s in f.works.starts[other] if wait.meets(s, mine))


def _waits(f: Factors) -> Iterator[tuple[str, str, str]]:
    return ((p, q, s.period.label) for p, q, v in f.works.waits if not v for s in f.works.starts[p])


def _waits_through(f: Factors) -> Iterator[tuple[str, str, str, str]]:
    return ((p, q, v, s.period.label) for p, q, v in f.works.waits if v for s in f.works.starts[p])


@row(_waits, "share", "Works wait for another", "Работы ждут другого объекта",
     "facilities that wait for another one that is not done, themselves or through others, in each period in which "
     "they may start; where shorter chains do not say it already")
def works_after(m: Model, f: Factors, p: str, q: str, t: str) -> Relation:
    r"""Works of a facility begin only so long after those of another, or of a variant of it, as the links between them
    say; within their periods the first come as early and the second as late as they can.

    .. math:: \sum_{t' \le t} start_{p,t'} \le \sum_{q' \in q} \sum_{t''\ \text{fits}\ t} start_{q',t''}

    Unit: share. Dual: what not waiting would be worth, bn KZT.
    """
    return _begun_by(m, f, p, t) - _early_enough(m, f, p, q, "", t) <= 0


@row(_waits_through, "share", "Works wait, by way of a variant", "Работы ждут через вариант",
     "chains through facilities of several variants, where one of these takes longer than the others")
def works_after_through(m: Model, f: Factors, p: str, q: str, v: str, t: str) -> Relation:
    r"""The same where the variants ``v`` in between are the ones that are done.

    .. math:: \sum_{t' \le t} start_{p,t'} + \sum_{m \in v} (\sum_{t'} start_{m,t'} - 1)
        \le \sum_{q' \in q} \sum_{t''\ \text{fits}\ t} start_{q',t''}

    Unit: share. Dual: what not waiting would be worth, bn KZT.
    """
    rows = f.works.waits[p, q, v].via
    through = sum(begun(m, f, key) for key in rows)
    return _begun_by(m, f, p, t) + through - _early_enough(m, f, p, q, v, t) <= len(rows)


def _in_service(f: Factors, q: str) -> bool:
    return any(f.case.facilities[v].done is not None for v in f.case.meets(q))


def _together(f: Factors) -> Iterator[tuple[str, str]]:
    for p, project in f.case.projects.items():
        if f.works.starts.get(p) or f.works.open.get(p):
            yield from ((p, q) for q in project.only_with if not _in_service(f, q))


@row(_together, "share", "Only together", "Только вместе",
     "facilities and packages that are done only together with a facility that is not done yet")
def only_with(m: Model, f: Factors, p: str, q: str) -> Relation:
    r"""A project is done only if another facility, or a variant of it, is done too, whenever.

    .. math:: \sum_t start_{p,t} \le \sum_{q' \in q} \sum_t start_{q',t}; \quad
        \sum_t renew_{n,t} \le left_n \sum_{q' \in q} \sum_t start_{q',t}

    Unit: share (packages: km). Dual: what doing it alone would be worth, bn KZT (packages: per km).
    """
    if p in f.works.starts:
        return begun(m, f, p) - any_begun(m, f, q) <= 0
    package = f.case.packages[p]
    left = max(package.km - package.km_done, 0.0)
    return sum(m.renew[p, t] for t in f.works.open[p]) - left * any_begun(m, f, q) <= 0


def members(f: Factors, c: str) -> list[str]:
    """Facilities of a group of choice."""
    return [key for key, facility in f.case.facilities.items() if c in facility.choices]


def _done(f: Factors, c: str) -> int:
    return sum(f.case.facilities[key].done is not None for key in members(f, c))


def _may_be_chosen(f: Factors, c: str) -> bool:
    return any(f.works.starts[key] for key in members(f, c))


def _least(f: Factors) -> Iterator[tuple[str]]:
    return ((c,) for c, group in f.case.choices.items() if group.at_least is not None and _may_be_chosen(f, c))


def _most(f: Factors) -> Iterator[tuple[str]]:
    return ((c,) for c, group in f.case.choices.items() if group.at_most is not None and _may_be_chosen(f, c))


@row(_least, "number", "At least so many", "Не меньше стольких",
     "groups of choice with a smallest number and a member that may start")
def choice_least(m: Model, f: Factors, c: str) -> Relation:
    r"""Of a group of facilities at least so many are done, those done already counted.

    .. math:: \sum_{p \in c} \sum_t start_{p,t} \ge at\_least_c - done_c

    Unit: number. Dual: what one fewer would be worth, bn KZT (with another sign: what one more costs).
    """
    return sum(begun(m, f, p) for p in members(f, c)) >= (f.case.choices[c].at_least or 0) - _done(f, c)


@row(_most, "number", "At most so many", "Не больше стольких",
     "groups of choice with a largest number and a member that may start")
def choice_most(m: Model, f: Factors, c: str) -> Relation:
    r"""Of a group of facilities at most so many are done, those done already counted.

    .. math:: \sum_{p \in c} \sum_t start_{p,t} \le at\_most_c - done_c

    Unit: number. Dual: value of one more, bn KZT.
    """
    return sum(begun(m, f, p) for p in members(f, c)) <= (f.case.choices[c].at_most or 0) - _done(f, c)
