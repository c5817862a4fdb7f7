"""What a plan gains and costs, each part as one linear form in the decisions: present values, gains positive, bn KZT of
the price year (docs/numbers.md: Objective)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.case.plan import Plan
from jaryq.factors.adequacy import weights
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear, total
from jaryq.factors.resources import premiums_of_crews

UNIT = BILLION
Gain = Callable[[Factors], Linear]
GAINS: dict[str, Gain] = {}
"""Parts of objectives: gains of the purse, prices that are no money (stability, targets), time."""
AIMS: Mapping[str, tuple[str, ...]] = {
    "purse": ("draws", "lines", "fees", "premiums", "savings", "quantities", "avoided", "residual", "above",
              "income", "interest", "targets", "stability", "deficits"),
    "least_cost": ("stability", "draws", "lines", "fees", "premiums", "income", "interest", "targets",
                   "deficits"),
    "most_benefit": ("targets", "stability", "savings", "quantities", "avoided", "residual", "above",
                     "deficits"),
    "earliest_finish": ("finish", "targets", "stability", "deficits"),
}
"""Parts of each objective; all are gains where positive, so that least_cost and earliest_finish are their sums turned
round. Their order is that in which the program meets its families of decisions."""


def gain(term: Gain) -> Gain:
    """Declare a part, called as its function is. Raises ValueError if there is one of that name."""
    if term.__name__ in GAINS:
        raise ValueError(f"two parts are called {term.__name__}")
    GAINS[term.__name__] = once(term)
    return GAINS[term.__name__]


def gained(f: Factors, name: str) -> Linear:
    """A part of an objective, derived once. Raises KeyError if none is called so."""
    return GAINS[name](f)


def objective(f: Factors) -> Linear:
    """The chosen objective, turned so that less is better: bn KZT, or years after 1 January of plan_from."""
    parts = [gained(f, name) for name in AIMS[f.case.settings.objective]]
    return total(parts).times(-1.0)


# Benefits


def _works(f: Factors, amounts: Mapping[tuple[str, str], float]) -> Linear:
    """A present value by start of a facility, and by km of a package in a period."""
    return Linear({("start" if p in f.works.starts else "renew", (p, t)): amount
                   for (p, t), amount in amounts.items() if amount}, 0.0, UNIT)


@gain
def savings(f: Factors) -> Linear:
    r"""Savings, and stated benefits: :math:`\sum savings_{p,t}\, start_{p,t} + \sum savings_{n,t}\, renew_{n,t}`."""
    return _works(f, f.risk.savings)


@gain
def quantities(f: Factors) -> Linear:
    r"""Quantities with a value: :math:`\sum_q (\sum worth_{q,p,t}\, start_{p,t} + \sum worth_{q,n,t}\,
    renew_{n,t})`."""
    return total((quantity_worth(f, q) for q in f.case.quantities), UNIT)


def quantity_worth(f: Factors, quantity: str) -> Linear:
    """What one quantity is worth, without what late starts are credited."""
    return _works(f, f.risk.quantities[quantity])


@gain
def avoided(f: Factors) -> Linear:
    r"""Avoided risk: :math:`\sum avoided_{p,t}\, start_{p,t} + \sum avoided_{n,t}\, renew_{n,t}`."""
    return _works(f, f.risk.avoided)


@gain
def residual(f: Factors) -> Linear:
    r"""What late starts are credited after the common end: :math:`\sum residual_{p,t}\, start_{p,t} + \sum
    residual_{n,t}\, renew_{n,t}`."""
    return _works(f, f.risk.residual)


@gain
def above(f: Factors) -> Linear:
    r"""What the stretches chosen bring above the mean of their packages: :math:`\sum above_{n,t}`."""
    register = f.case.stretches
    return Linear({("above", (n, t)): 1.0 for n in (register.packages if register else ()) for t in f.works.open[n]},
                  0.0, UNIT)


# Money


@gain
def income(f: Factors) -> Linear:
    r"""Income of projects, negative stated spending: :math:`\sum w_y\, income_{p,t,y}\, start_{p,t}`."""
    return total((linear.times(f.money.weight[y]) for (_, y), linear in f.earning.items()), UNIT)


@gain
def interest(f: Factors) -> Linear:
    r"""Interest that funds earn: :math:`\sum w_y\, i_s\, keep_s\, e_y\, idle_{s,y-1}`."""
    return total((linear.times(f.money.weight[y]) for (_, y), linear in f.interest.items()), UNIT)


def _drawn(f: Factors, worth: Callable[[str, int], float], sources: Iterable[str]) -> Linear:
    """A value per KZT drawn of each source for projects, by year."""
    by = {(s, y): worth(s, y) for s in sources for y in f.bounds.years[s] if f.case.sources[s].open}
    of: dict[Decision, float] = {("draw", (s, p, y)): by[s, y] for s, p, y in f.bounds.draw if by.get((s, y))}
    return Linear(of, 0.0, UNIT)


def _abroad(f: Factors, *kinds: str) -> list[str]:
    return [s for s, source in f.case.sources.items() if source.foreign and source.kind in kinds]


@gain
def draws(f: Factors) -> Linear:
    r"""What draws cost the purse, own money when it is drawn, loans by their service: :math:`-\sum cost_{s,y}\,
    draw_{s,p,y}`."""
    return _drawn(f, lambda s, y: -f.money.cost[s, y], f.case.sources)


def outlays(f: Factors) -> Linear:
    """All spending, when its money is drawn."""
    return _drawn(f, lambda s, y: -f.money.worth[s, y], f.case.sources)


def gifts(f: Factors) -> Linear:
    """What foreign loans and grants leave in the country: their money less what it costs."""
    return _drawn(f, lambda s, y: f.money.worth[s, y] - f.money.cost[s, y], _abroad(f, "loan", "grant"))


def _lines(f: Factors, sources: Iterable[str]) -> Linear:
    money = f.money
    return Linear({("line", (s, y)): money.worth[s, y] - money.cost[s, y] for s, y in sorted(f.bounds.line)
                   if s in sources}, 0.0, UNIT)


@gain
def lines(f: Factors) -> Linear:
    r"""Money drawn into funds less what it costs, its service and fees: :math:`\sum (worth_{s,y} - cost_{s,y})\,
    line_{s,y}`."""
    return _lines(f, f.case.sources)


def lines_abroad(f: Factors) -> Linear:
    """The same of foreign loans."""
    return _lines(f, _abroad(f, "loan"))


def fees_of(f: Factors, s: str) -> Linear:
    """Front-end and commitment fees on the signed amount of a loan, before what draws save: a cost, positive."""
    of: dict[Decision, float] = {("signed", (s,)): f.money.signs[s]} if s in f.signing and s in f.money.signs else {}
    return Linear(of, f.money.signed_before.get(s, 0.0), UNIT)


@gain
def fees(f: Factors) -> Linear:
    r"""Fees on signed amounts, front-end and commitment: :math:`-\sum fees_s\, signed_s`."""
    return total((fees_of(f, s) for s in f.case.sources), UNIT).times(-1.0)


def fees_abroad(f: Factors) -> Linear:
    """Fees on the signed amounts of foreign loans."""
    return total((fees_of(f, s) for s in _abroad(f, "loan")), UNIT).times(-1.0)


@gain
def premiums(f: Factors) -> Linear:
    r"""Premiums of crews added, and of those borrowed from other regions: :math:`-\sum extra\ cost_{w,y}\, extra_{w,t}
    - \sum lend\ cost_{w,y}\, borrowed_{w,t}`."""
    real = {p.label: f.money.weight[p.year] * f.prices.inflation(p.year) for p in f.case.periods}
    return total((linear.times(-real[t]) for (_, t), linear in premiums_of_crews(f).items()), UNIT)


@gain
def deficits(f: Factors) -> Linear:
    r"""What deficits of capacity with a price cost: :math:`-\sum price_b \sum_y D(y)\, deficit_{b,y}`; the last row of
    a balance speaks for all later years that are charged."""
    return Linear({("deficit", key): -weight for key, weight in weights(f).items()}, 0.0, UNIT)


# Prices that are no money


@gain
def targets(f: Factors) -> Linear:
    r"""Shortfalls of the targets with a price instead of a priority, at that price: :math:`-\sum price_g \sum_k
    (short_{g,k} + excess_{g,k})`."""
    priced = [target for target in f.case.targets if target.priority == "price"]
    of: dict[Decision, float] = {("short", (target.id,)): -target.price for target in priced}
    of |= {("excess", (target.id,)): -target.price for target in priced if target.sense == "="}
    return Linear(of, 0.0, UNIT)


@gain
def stability(f: Factors) -> Linear:
    r"""The price of change against the last plan: :math:`-\sigma \sum_p cost_p\, (last_p + now_p - 2\, kept_p)`."""
    price = f.case.settings.stability
    found = total(changes(f).values() if price > 0 else (), UNIT).times(-price)
    return Linear(dict(sorted(found.of.items(), key=lambda term: term[0][0] == "kept")), found.constant, UNIT)


def changes(f: Factors) -> dict[str, Linear]:
    """How far each project is from the last plan, bn KZT of the price year: its cost times (last + now - 2 x kept).
    Empty without a last plan; what is started or done is left out.

    What moves from one period to another counts twice: it is taken out of one and put into another."""
    was: dict[str, list[float]] = {}
    of: dict[str, dict[Decision, float]] = {}
    for p, labels in _free(f) if f.works.last else ():
        family = "start" if p in f.works.starts else "renew"
        of[p] = {(family, (p, t)): cost_of(f, p) for t in labels}
    for (p, slot), amount in sorted(f.works.last.items()):
        was.setdefault(p, []).append(cost_of(f, p) * amount)
        of.setdefault(p, {})["kept", (p, slot)] = -2.0 * cost_of(f, p)
    return {p: Linear(terms, sum(was.get(p, ())), UNIT) for p, terms in of.items()}


def _free(f: Factors) -> Iterable[tuple[str, list[str]]]:
    """Projects whose works may change, with the periods in which they may."""
    for p in sorted(f.works.starts):
        if f.case.facilities[p].started is None:
            yield p, [start.period.label for start in f.works.starts[p]]
    yield from ((n, list(f.works.open[n])) for n in sorted(f.works.open))


def cost_of(f: Factors, p: str) -> float:
    """What a whole facility, or a km, costs: bn KZT of the price year."""
    return f.case.facilities[p].overnight if p in f.case.facilities else f.case.packages[p].unit_cost


def kept(f: Factors, plan: Plan) -> dict[str, Mapping[tuple[str, str], float]]:
    """What a plan keeps of the last one, as a family of decisions beside its own."""
    made: dict[tuple[str, str], list[float]] = {}
    for (p, t), amount in (*plan.start.items(), *plan.renew.items()):
        for slot in {t, t[:4]}:
            made.setdefault((p, slot), []).append(amount)
    return {"kept": {key: min(amount, sum(made.get(key, ()))) for key, amount in f.works.last.items()}}


# Time


@gain
def finish(f: Factors) -> Linear:
    """Mean time of finish, weighted by overnight cost, years after 1 January of plan_from; a loss, so negative. What is
    not done counts one period past the end; a facility with variants counts once, with its own cost."""
    case, k = f.case, f.case.settings.periods_per_year
    never = (len(case.periods) + 1) / k
    left = {n: max(package.km - package.km_done, 0.0) for n, package in case.packages.items()}
    waiting = [variants for variants in case.assets.values() if all(case.facilities[p].done is None for p in variants)]
    weights = {p: case.facilities[variants[0]].overnight for variants in waiting for p in variants}
    whole = sum(weights[variants[0]] for variants in waiting) + sum(cost_of(f, n) * km for n, km in left.items())
    if whole <= 0:
        return Linear({}, 0.0, "years")
    position = {period.label: period.position for period in case.periods}
    of: dict[Decision, float] = {
        ("start", (p, s.period.label)): weights[p] / whole * (never - (s.finish.position + 1) / k)
        for p in sorted(f.works.starts) for s in f.works.starts[p] if weights.get(p) and not s.late}
    of |= {("renew", (n, t)): cost_of(f, n) / whole * (never - (position[t] + 1) / k)
           for n in sorted(f.works.open) for t in f.works.open[n]}
    return Linear(of, -never, "years")


COUNTRY: Mapping[str, Gain] = {
    **{name: GAINS[name] for name in ("savings", "quantities", "avoided", "residual", "above", "income",
                                      "interest", "premiums", "deficits")},
    "outlays": outlays, "draws": gifts, "fees": fees_abroad, "lines": lines_abroad,
}
"""Parts of the value for the whole country: spending is weighed when its money is drawn, and what foreign money leaves
comes on top."""
