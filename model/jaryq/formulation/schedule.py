"""Schedule: what may be started and renewed when."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import row
from jaryq.formulation.indices import shared_trenches


def _alone(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key, variants in f.case.assets.items() if len(variants) == 1 and f.works.starts[key]
            and not f.case.facilities[key].must)


def _required(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key in sorted(f.works.starts) if f.works.starts[key] and f.case.facilities[key].must)


def _with_variants(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key, variants in f.case.assets.items() if len(variants) > 1
            and any(f.works.starts[v] for v in variants) and not _one_required(f, key))


def _one_required(f: Factors, asset: str) -> bool:
    """Whether one of several variants, whichever, must be done, and none is done or bound to itself."""
    return bool(f.case.any_of(asset))


def _required_assets(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key, variants in f.case.assets.items() if _one_required(f, key)
            and any(f.works.starts[v] for v in variants))


def _packages(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key in sorted(f.works.open) if f.works.open[key])


def _package_years(f: Factors) -> Iterator[tuple[str, int]]:
    # With yearly periods the bound of renew says the same.
    if f.case.settings.periods_per_year > 1:
        for key in sorted(f.works.open):
            if f.works.open[key] and f.case.packages[key].km_per_year is not None:
                yield from ((key, y) for y in sorted({f.works.period_year[t] for t in f.works.open[key]}))


@row(_alone, "share", "Done at most once", "Выполняется не более одного раза",
     "facilities without variants that may start in some period and are not bound to")
def start_once(m: Model, f: Factors, p: str) -> Relation:
    r"""A facility is done at most once.

    .. math:: \sum_t start_{p,t} \le 1

    Unit: share. Dual: what a second facility of the same kind would be worth, bn KZT.
    """
    return sum(m.start[p, s.period.label] for s in f.works.starts[p]) <= 1


@row(_required, "share", "Must be done", "Обязателен",
     "committed facilities, and those that must be done and have no variants or must be this very one")
def start_required(m: Model, f: Factors, p: str) -> Relation:
    r"""A committed facility is done once, within its window.

    .. math:: \sum_t start_{p,t} = 1

    Unit: share. Dual: what the commitment is worth (negative: costs), bn KZT.
    """
    return sum(m.start[p, s.period.label] for s in f.works.starts[p]) == 1


@row(_required_assets, "share", "One variant must be done", "Один из вариантов обязателен",
     "facilities with variants of which one, whichever, must be done")
def variant_required(m: Model, f: Factors, a: str) -> Relation:
    r"""Of a facility that must be done, one variant is done, whichever.

    .. math:: \sum_{p \in a} \sum_t start_{p,t} = 1

    Unit: share. Dual: what the commitment is worth (negative: costs), bn KZT.
    """
    return sum(m.start[p, s.period.label] for p in f.case.assets[a] for s in f.works.starts[p]) == 1


@row(_with_variants, "share", "One variant at most", "Не более одного варианта",
     "other facilities with variants, where one of them may start")
def one_variant(m: Model, f: Factors, a: str) -> Relation:
    r"""Of a facility and its variants at most one is done.

    .. math:: \sum_{p \in a} \sum_t start_{p,t} \le 1

    Unit: share. Dual: what doing a second variant would be worth, bn KZT.
    """
    return sum(m.start[p, s.period.label] for p in f.case.assets[a] for s in f.works.starts[p]) <= 1


@row(_packages, "km", "Length in scope", "Длина в программе",
     "packages with an open period")
def scope_km(m: Model, f: Factors, n: str) -> Relation:
    r"""No more km are renewed than are in scope and not yet done.

    .. math:: \sum_t renew_{n,t} \le km_n - done_n

    Unit: km. Dual: value of one more km in scope, bn KZT per km.
    """
    package = f.case.packages[n]
    return sum(m.renew[n, t] for t in f.works.open[n]) <= max(package.km - package.km_done, 0.0)


@row(_package_years, "km/year", "Km a year", "Км в год",
     "packages with a largest length a year; only if a year has several periods (else it is the bound of renew)")
def yearly_km(m: Model, f: Factors, n: str, y: int) -> Relation:
    r"""The periods of a year together renew no more than the package allows in a year.

    .. math:: \sum_{t \in y} renew_{n,t} \le km\_per\_year_n

    Unit: km a year. Dual: value of one more km a year, bn KZT per km.
    """
    most = f.case.packages[n].km_per_year or 0.0
    return sum(m.renew[n, t] for t in f.works.open[n] if f.works.period_year[t] == y) <= most


@row(shared_trenches, "km", "Trench with the package", "Траншея с пакетом",
     "shared trenches, in periods in which both packages may be renewed")
def trench_of_package(m: Model, f: Factors, k: str, t: str) -> Relation:
    r"""Km renewed in a shared trench are km of the package that becomes cheaper.

    .. math:: joint_{k,t} \le renew_{package(k),t}

    Unit: km. Dual: saving per km that the package holds back, bn KZT per km.
    """
    return m.joint[k, t] - m.renew[f.works.trenches[k].package, t] <= 0


@row(shared_trenches, "km", "Trench with the other", "Траншея с другим пакетом",
     "as trench_of_package")
def trench_of_other(m: Model, f: Factors, k: str, t: str) -> Relation:
    r"""Km renewed in a shared trench are km of the other package too, in the same period.

    .. math:: joint_{k,t} \le renew_{other(k),t}

    Unit: km. Dual: saving per km that the other package holds back, bn KZT per km.
    """
    return m.joint[k, t] - m.renew[f.works.trenches[k].other, t] <= 0


@row(lambda f: ((k.id,) for k in f.case.trenches if any(t in f.works.open[k.other] for t in f.works.open[k.package])),
     "km",
     "Km of a shared trench", "Км общей траншеи",
     "shared trenches whose packages have an open period in common")
def trench_km(m: Model, f: Factors, k: str) -> Relation:
    r"""No more km are saved on than the two packages share.

    .. math:: \sum_t joint_{k,t} \le km_k

    Unit: km. Dual: value of one more km shared, bn KZT per km.
    """
    trench = f.works.trenches[k]
    return sum(m.joint[k, t] for t in f.works.open[trench.package] if t in f.works.open[trench.other]) <= trench.km
