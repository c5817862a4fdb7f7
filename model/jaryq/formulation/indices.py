"""For what decisions exist that several families, or rows, speak of: each index set is said once, sorted."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.case.lots import lot_km, lots_of
from jaryq.factors.derive import Factors
from jaryq.factors.loans import new_loan
from jaryq.factors.soft_rows import by_priority


def tied_over_product(f: Factors) -> list[tuple[str, str]]:
    """Sources tied over all they pay for, and the projects that they may pay for."""
    sources = f.case.sources
    return sorted({(s, p) for s, p, _ in f.bounds.draw if sources[s].tied_share > 0
                   and sources[s].tied_over == "product"})


def content_of(f: Factors, partner: str, p: str) -> float:
    """Share of a project's cost that suppliers of a partner country can deliver."""
    kind = f.case.asset_types.get(f.case.project(p).asset_type or "")
    return kind.content.get(partner, 0.0) if kind else 0.0


def local_pairs(f: Factors) -> Iterator[tuple[str, str]]:
    """Tied export credits and the projects in which they may pay local costs."""
    for s, p in sorted({(s, p) for s, p, _ in f.bounds.draw}):
        source = f.case.sources[s]
        if (source.tied_share > 0 and source.down_payment is not None
            and source.local_cost * content_of(f, source.partner, p) > 0):
            yield s, p


def smallest_shares(f: Factors) -> list[tuple[str, str]]:
    """Sources with a smallest share, and the projects that they may pay for; in whole plans."""
    if not f.case.settings.whole:
        return []
    return sorted({(s, p) for s, p, _ in f.bounds.draw if (s, p) in f.bounds.share_least})


def smallest_amounts(f: Factors) -> list[tuple[str]]:
    """Sources with a smallest amount that may pay for something; in whole plans."""
    return sorted((s,) for s in f.bounds.users if f.case.settings.whole and f.case.sources[s].smallest)


def signed_before(f: Factors, group: str) -> list[str]:
    """Open sources of a group that are used whatever the plan does: loans signed before the planned years, and what
    has paid before."""
    return [s for s, source in f.case.sources.items() if source.group == group and source.open
            and (f.bounds.before.get(s, 0.0) > 0
                 or (source.kind == "loan" and not new_loan(source, f.case.settings.plan_from)))]


def counted_in_groups(f: Factors) -> dict[str, tuple[str, ...]]:
    """Groups of which only so many sources may be used, with those that the plan may use besides; in whole plans."""
    if not f.case.settings.whole:
        return {}
    found = {g: tuple(s for s, source in f.case.sources.items() if source.group == g and s in f.bounds.users
                      and s not in signed_before(f, g))
             for g, group in sorted(f.case.groups.items()) if group.signed_most is not None}
    return {g: mine for g, mine in found.items() if mine}


def taken_sources(f: Factors) -> list[tuple[str]]:
    """Sources of which it is decided whether they are used: those with a smallest amount, those of such groups."""
    return sorted({*smallest_amounts(f), *((s,) for mine in counted_in_groups(f).values() for s in mine)})


def lots_of_packages(f: Factors) -> list[tuple[str]]:
    """Lots that have packages only, so that it is decided whether they are taken."""
    return [(name,) for name, lot in lots_of(f.case).items() if not lot.facilities
            and any(lot_km(f.case.packages[n]) > 0 for n in lot.packages)]


def shared_trenches(f: Factors) -> list[tuple[str, str]]:
    """Shared trenches, and the periods in which both packages may be renewed."""
    return sorted((k.id, t) for k in f.case.trenches for t in f.works.open[k.package] if t in f.works.open[k.other])


def last_plan(f: Factors) -> list[tuple[str, str]]:
    """Projects and periods of the last plan; only where change has a price."""
    return sorted(f.works.last) if f.case.settings.stability > 0 else []


def spread_rows(f: Factors) -> dict[str, tuple[str, ...]]:
    """Rows of each priority that has several: what is missed is spread over them."""
    rows = {n: tuple(row.id for row in by_priority(f, n)) for n in ("1", "2", "3")}
    return {n: keys for n, keys in rows.items() if len(keys) > 1}
