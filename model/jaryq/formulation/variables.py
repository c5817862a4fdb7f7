"""The decisions: all >= 0, each with a finite bound derived from the data. Their order is that of the program; those of
``follows`` come after them."""

from __future__ import annotations

from typing import Any

from jaryq.base.home import BILLION
from jaryq.factors.derive import Factors
from jaryq.factors.pace import pace_to
from jaryq.formulation.algebra import Model
from jaryq.formulation.declare import VARIABLES, Variable, variable
from jaryq.formulation.indices import (
    last_plan,
    shared_trenches,
    smallest_shares,
    taken_sources,
    tied_over_product,
)

CURRENCY = "bn of the currency x e_0"


def add_variables(m: Model, f: Factors) -> None:
    """Every declared family of decisions."""
    for family in VARIABLES.values():
        _add(m, f, family)


def _add(m: Model, f: Factors, family: Variable) -> None:
    import pyomo.environ as pyo

    # A set of one-letter keys is given as plain keys: Pyomo unpacks tuples of one.
    keys = [index[0] if len(index) == 1 else index for index in family.where(f)]
    domain = pyo.Binary if family.whole and f.case.settings.whole else pyo.NonNegativeReals
    setattr(m, family.name, pyo.Var(keys, domain=domain, bounds=lambda _, *index: (0.0, family.most(f, *index))))


def _price_year(f: Factors, s: str, *_: Any) -> float:
    """Money of a source is counted at the price year's rate: bn KZT per bn of its currency."""
    return f.money.exchange0[s]


@variable(lambda f: ((p, start.period.label) for p in sorted(f.works.starts) for start in f.works.starts[p]), "share",
          "Starts", "Начала", bound="own", decided="period", whole=True)
def start(f: Factors, p: str, t: str) -> float:
    """Share of facility p whose project starts in period t; 0 or 1 where facilities are whole.

    At most: 1.
    """
    del f, p, t
    return 1.0


@variable(lambda f: ((n, t) for n in sorted(f.works.open) for t in f.works.open[n]), "km",
          "Km renewed", "Обновлённые км", bound="own", decided="period")
def renew(f: Factors, n: str, t: str) -> float:
    """Km of package n renewed in period t.

    At most: km in scope not yet done, and km a year at most.
    """
    return f.bounds.km[n, t]


@variable(lambda f: sorted(f.bounds.draw), f"{BILLION} of year y", "Draws", "Выборка", bound="rows", decided="year")
def draw(f: Factors, s: str, p: str, y: int) -> float:
    """Money of source s drawn for project p in year y.

    At most: what the source can give and the project cost that year.
    """
    return f.bounds.draw_most(s, p, y)


@variable(lambda f: ((s, y) for s in sorted(f.case.sources) if f.case.sources[s].carry_over == "one_year"
                     for y in f.bounds.years[s] if old(f, s, y) > 0),
          CURRENCY, "Old money", "Переходящие деньги", bound="rows", decided="follows", scale=_price_year)
def old(f: Factors, s: str, y: int) -> float:
    """Money of a one-year budget left from the year before and used in year y.

    At most: the kept share of that year.
    """
    source = f.case.sources[s]
    if not source.open or y - 1 < f.case.settings.plan_from or y - 1 not in f.bounds.years[s]:
        return 0.0
    return source.keep * (source.ceilings.get(y - 1, 0.0) + income_most(f, s, y - 1)) * f.money.exchange0[s]


@variable(lambda f: f.fund_years, CURRENCY, "Money left in funds", "Остаток фондов", bound="rows", decided="follows",
          scale=_price_year)
def idle(f: Factors, s: str, y: int) -> float:
    """Money that stays in a fund at the end of year y.

    At most: all that has come in by then.
    """
    source = f.case.sources[s]
    years = [u for u in f.case.settings.years if u <= y]
    lines = [sum(f.bounds.line.get((line, u), 0.0) for line, loan in f.case.sources.items()
                 if loan.draws_to == s) / f.money.exchange[s, u] for u in years]
    grown = (1.0 + source.interest) ** len(years)
    return grown * (sum(source.ceilings.get(u, 0.0) + income_most(f, s, u) for u in years)
                    + sum(lines)) * f.money.exchange0[s]


@variable(tied_over_product, BILLION, "Goods bought with a product", "Товары за счёт продукта",
          bound="rows", decided="follows")
def supplied(f: Factors, s: str, p: str) -> float:
    """Partner goods bought in project p with a product tied over all its projects.

    At most: the largest draws of the source there.
    """
    return sum(f.bounds.draw_most(s, p, y) for y in f.case.settings.years)


@variable(lambda f: ((s,) for s in f.signing), CURRENCY,
          "Signed amounts", "Подписанные суммы", bound="limits", decided="signing", scale=_price_year)
def signed(f: Factors, s: str) -> float:
    """Amount of a new loan that is signed, where fees are due on it, a pace is a share of it or all must be drawn.

    At most: the envelope, or all that can be drawn, at its pace.
    """
    source = f.case.sources[s]
    if source.envelope is not None:
        return source.envelope * f.money.exchange0[s]
    drawn = {(p, y): f.bounds.draw_most(s, p, y) for p in f.bounds.drawn_by[s] for y in f.bounds.years[s]}
    lines = sum(f.bounds.line.get((s, y), 0.0) * f.money.exchange0[s] / f.money.exchange[s, y]
                for y in f.bounds.years[s])
    most = sum(most * f.money.exchange0[s] / f.money.exchange[s, y] for (_, y), most in drawn.items()) + lines
    # Where half of it may be drawn in a year, twice what can be drawn then may be worth signing.
    return most / min((pace_to(source, y) for y in f.bounds.years[s]), default=1.0)


@variable(lambda f: sorted(f.bounds.line), f"{BILLION} of year y", "Drawn into funds", "Выборка в фонды",
          bound="rows", decided="year")
def line(f: Factors, s: str, y: int) -> float:
    """Money of loan s drawn into a fund in year y.

    At most: what the loan can give that year.
    """
    return f.bounds.line.get((s, y), 0.0)


@variable(smallest_shares, "0 or 1", "Taking part in projects", "Участие в проектах",
          bound="own", decided="signing", whole=True)
def part(f: Factors, s: str, p: str) -> float:
    """Whether source s, which has a smallest share, pays for project p; whole plans only.

    At most: 1.
    """
    del f, s, p
    return 1.0


@variable(taken_sources, "0 or 1", "Sources used", "Используемые источники", bound="own", decided="signing", whole=True)
def taken(f: Factors, s: str) -> float:
    """Whether source s, which has a smallest amount or is one of a group of which only so many may be used, is used;
    whole plans only.

    At most: 1.
    """
    del f, s
    return 1.0


@variable(lambda f: sorted(f.works.rooms.extra), "crew-years", "Crews added", "Дополнительные бригады",
          bound="limits", decided="period")
def extra(f: Factors, w: str, t: str) -> float:
    """Crews added at a premium to resource row w in period t.

    At most: the share of its capacity that may be added.
    """
    return f.works.rooms.extra.get((w, t), 0.0)


@variable(lambda f: sorted(f.works.rooms.lent), "crew-years", "Crews lent", "Одолженные бригады",
          bound="limits", decided="period")
def lent(f: Factors, w: str, t: str) -> float:
    """Crews of a region's row w that work in other regions in period t.

    At most: the share of its capacity that may be lent.
    """
    return f.works.rooms.lent.get((w, t), 0.0)


@variable(lambda f: sorted(f.works.rooms.borrowed), "crew-years", "Crews borrowed", "Принятые бригады",
          bound="limits", decided="period")
def borrowed(f: Factors, w: str, t: str) -> float:
    """Crews from other regions that work in the region of row w in period t.

    At most: what the others may lend.
    """
    return f.works.rooms.borrowed.get((w, t), 0.0)


@variable(shared_trenches, "km", "Km in shared trenches", "Км в общих траншеях", bound="own", decided="period")
def joint(f: Factors, k: str, t: str) -> float:
    """Km renewed in shared trench k in period t.

    At most: the km shared, and what each package may renew.
    """
    trench = f.works.trenches[k]
    return min(trench.km, f.bounds.km[trench.package, t], f.bounds.km[trench.other, t])


@variable(last_plan, "share or km", "Kept of the last plan", "Сохранено от прошлого плана",
          bound="own", decided="follows")
def kept(f: Factors, p: str, t: str) -> float:
    """What stays as it was in the last plan; only where change has a price.

    At most: what the last plan did.
    """
    return f.works.last[p, t]


def income_most(f: Factors, s: str, y: int) -> float:
    """Largest income of projects into a source in a year, bn of its currency."""
    total = 0.0
    for key, facility in f.case.facilities.items():
        if facility.income_to == s:
            total += max((f.money.income[key, start.period.label].get(y, 0.0) for start in f.works.starts[key]),
                         default=0.0)
    return total / f.money.exchange[s, y]
