"""Sources together, and all or nothing (docs/numbers.md, Sources together): groups, counterpart, export credit,
smallest amounts."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.base.hair import hair
from jaryq.base.home import BILLION
from jaryq.case.case import AssetType, Case, Facility, Package, Rule, Source
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import Funding, paid_before, rules_of, share_limits, use_of
from jaryq.verify.works import kind_of


def verify_groups(funding: Funding, ledger: Ledger) -> None:
    """group_share, group_envelope: nominal bn KZT; lines count in the envelope."""
    case, spent = funding.case, funding.spent()
    by_project: dict[tuple[str, str], list[float]] = defaultdict(list)
    in_all: dict[str, list[float]] = defaultdict(list)
    for (s, p), amount in funding.by_source_project.items():
        by_project[case.sources[s].group or "", p].append(amount)
    for (s, _), amount in funding.used.items():
        in_all[case.sources[s].group or ""].append(amount)
    for (g, p), amounts in by_project.items():
        share = case.groups[g].max_share if g in case.groups else None
        if share is not None:
            ledger.note("group_share", f"draw[{g},{p}]", fsum(amounts), "<=", share * spent.get(p, 0.0), BILLION,
                        fsum(amounts))
    for g, group in case.groups.items():
        if group.envelope is not None:
            total = fsum(in_all[g])
            ledger.note("group_envelope", f"use[{g}]", total, "<=", group.envelope, BILLION, total)


def verify_counterpart(funding: Funding, ledger: Ledger) -> None:
    """Home budget and own money of a project against what its other sources ask per unit of theirs."""
    asked: dict[str, list[float]] = defaultdict(list)
    there: dict[str, list[float]] = defaultdict(list)
    for (s, p), amount in funding.by_source_project.items():
        source = funding.case.sources[s]
        if source.counterpart:
            asked[p].append(source.counterpart * amount)
        if source.kind in ("budget", "own") and not source.foreign:
            there[p].append(amount)
    for p, amounts in asked.items():
        needed, found = fsum(amounts), fsum(there[p])
        ledger.note("counterpart", f"counterpart[{p}]", found, ">=", needed, BILLION, found + needed)


def export_share(source: Source, kind: AssetType | None) -> float:
    """Largest share of a project that an export credit may pay: its part of the contract with the partner, and local
    costs up to ``local_cost`` of that contract or all that is not from the partner."""
    down = source.down_payment or 0.0
    content = kind.content.get(source.partner, 0.0) if kind is not None else 0.0
    return (1.0 - down) * content + min(source.local_cost * content, 1.0 - content)


def most_of(case: Case, source: Source, rules: list[Rule], project: Facility | Package) -> float:
    """Largest part of a project that a source may pay: the least of its shares (``share_limits``), of an export credit
    its own too, and all of it. ``rules`` are the source's rows of eligibility."""
    _, share = share_limits(case, source, rules, project)
    shares = [1.0] if share is None else [1.0, share]
    if source.down_payment is not None:
        shares.append(export_share(source, kind_of(case, project)))
    return min(shares)


def verify_shares(funding: Funding, ledger: Ledger) -> None:
    """export_share; in whole plans min_share and smallest. What a row may be broken by counts as nothing."""
    case, spent = funding.case, funding.spent()
    rules, whole = rules_of(case), case.settings.whole
    for (s, p), total in funding.by_source_project.items():
        source, place, outlay = case.sources[s], f"draw[{s},{p}]", spent.get(p, 0.0)
        if source.down_payment is not None:
            earlier, own = paid_before(case, p, s)
            most = export_share(source, kind_of(case, case.project(p))) * (outlay + earlier) - own
            ledger.note("export_share", place, total, "<=", max(most, 0.0), BILLION, total + own)
        least, _ = share_limits(case, source, rules[s], case.project(p))
        if whole and least is not None and total > hair(outlay):
            ledger.note("min_share", place, total, ">=", least * outlay, BILLION, outlay)
    for s, source in case.sources.items():
        if whole and source.smallest is not None:
            total = fsum(use_of(funding, source).values())
            if total > hair(source.smallest):
                ledger.note("smallest", f"use[{s}]", total, ">=", source.smallest, "bn currency", total)
