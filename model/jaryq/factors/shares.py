"""The largest and the smallest share of a project that a source may pay (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jaryq.case.case import AssetType, Case, Project, Rule, Source
from jaryq.factors.eligibility import allowing, by_source, told_by

ByPair = dict[tuple[str, str], float]


def shares(case: Case, pays: Mapping[str, tuple[str, ...]]) -> tuple[ByPair, ByPair]:
    """Largest and smallest shares by source and project, where there is one; asked once for projects that differ in
    nothing that a share follows from. ``pays``: sources that may pay for each project."""
    rules = {s: [rule for rule in mine if (rule.max_share, rule.min_share) != (None, None)]
             for s, mine in by_source(case.rules).items()}
    told = {s: (*told_by(rules.get(s, ())), "asset_type") for s, source in case.sources.items()
            if rules.get(s) or (source.max_share, source.min_share, source.down_payment) != (None, None, None)}
    known: dict[tuple[object, ...], tuple[float | None, float]] = {}
    most: ByPair = {}
    least: ByPair = {}
    for p, sources in pays.items():
        project = case.project(p)
        for s in sources:
            if s not in told:
                continue
            alike = (s, *(getattr(project, name) for name in told[s]))
            if alike not in known:
                source, mine = case.sources[s], rules.get(s, ())
                known[alike] = share_most(case, source, project, mine), share_least(source, project, mine)
            largest, smallest = known[alike]
            if largest is not None:
                most[s, p] = largest
            if smallest > 0:
                least[s, p] = smallest
    return most, least


def share_most(case: Case, source: Source, project: Project, mine: Iterable[Rule]) -> float | None:
    """Largest share of all spending on a project, ``mine`` being the source's rows of eligibility: as stated, and
    for an export credit what the OECD rules leave of the contract and local costs."""
    stated = [share for share in (source.max_share, *(rule.max_share for rule in allowing(project, mine)))
              if share is not None]
    own = min(stated, default=None)
    if source.down_payment is None:
        return own
    share = credit_share(source, case.asset_types.get(project.asset_type or ""))
    return share if own is None else min(share, own)


def credit_share(source: Source, kind: AssetType | None) -> float:
    """What the OECD rules leave an export credit of a project of a kind: of the contract, and local costs."""
    contract = kind.content.get(source.partner, 0.0) if kind else 0.0
    credit = (1.0 - (source.down_payment or 0.0)) * contract
    return min(credit + source.local_cost * contract, credit + 1.0 - contract)


def share_least(source: Source, project: Project, mine: Iterable[Rule]) -> float:
    """Smallest share of all spending on a project of a source that pays for it at all; 0 where there is none."""
    return max((share for share in (source.min_share, *(rule.min_share for rule in allowing(project, mine)))
                if share is not None), default=0.0)
