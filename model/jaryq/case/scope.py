"""Which projects and sources a target speaks of. Shared by rules, algebra and reports; no algebra here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from jaryq.case.areas import Balance
from jaryq.case.case import Case, Facility, Package, Source, Target, Tariff
from jaryq.case.quantities import Quantity
from jaryq.sheets.measures import BY_ASSET, BY_SECTOR, KINDS_OF_MEASURE, MEASURES, SECTORS_OF
from jaryq.tables.selector import AREA_COLUMNS, MONEY_COLUMNS, OWNER_COLUMNS, alternatives, fits, matches, special


def projects_of(case: Case, target: Target) -> tuple[Facility | Package, ...]:
    """The projects that fall under a target (its filter on projects, and its measure), sorted by key."""
    wanted = tuple((column, value) for column, value in target.filter.items()
                   if column not in MONEY_COLUMNS and column not in AREA_COLUMNS)
    sectors = SECTORS_OF[target.unit] if target.measure in BY_SECTOR else ()
    key = (KINDS_OF_MEASURE[target.measure].only, target.measure in BY_ASSET, tuple(sectors), wanted)
    known = case.scope.chosen
    if key not in known:
        known[key] = _chosen(case, *key)
    return known[key]


def _chosen(case: Case, only: str | None, by_asset: bool, sectors: Collection[str],
            wanted: Iterable[tuple[str, str]]) -> tuple[Facility | Package, ...]:
    """Projects of one kind and of some sectors (where there are any) that fit what is wanted of each column."""
    found = [case.keys_by["kind"].get(only, frozenset())] if only is not None else []
    if sectors:
        found.append(_any_of(case.keys_by["sector"], sectors.__contains__))
    for column, value in wanted:
        keys = _fitting(case.keys_by[column], value)
        if column == "project" and by_asset:
            keys |= _fitting(case.keys_by["asset"], value)
        found.append(keys)
    if not found:
        return tuple(case.projects.values())
    return tuple(case.projects[key] for key in sorted(frozenset.intersection(*found)))


def _fitting(keys: Mapping[str, frozenset[str]], wanted: str) -> frozenset[str]:
    """Keys of the values that fit a selector's value; one without signs fits itself alone."""
    return _any_of(keys, partial(fits, wanted)) if special(wanted) else keys.get(wanted, frozenset())


def _any_of(keys: Mapping[str, frozenset[str]], wanted: Callable[[str], bool]) -> frozenset[str]:
    """Keys of the values that are wanted."""
    return frozenset().union(*(mine for value, mine in keys.items() if wanted(value)))


def in_unit(unit: str, sector: str | None) -> bool:
    """Whether a unit is that of what is lost or not supplied in a sector."""
    return sector in SECTORS_OF.get(unit, ())


def derives(quantity: Quantity, project: Facility | Package) -> bool:
    """Whether a derived quantity may follow from what is known of a project's condition."""
    if quantity.derived == "losses":
        return isinstance(project, Package) and project.losses is not None and in_unit(quantity.unit, project.sector)
    if quantity.derived == "failures":
        return isinstance(project, Facility) and project.condition is not None
    if quantity.derived == "bursts":
        return isinstance(project, Package) and project.bursts is not None
    if quantity.derived == "not_supplied":
        known = project.condition if isinstance(project, Facility) else project.bursts
        return known is not None and in_unit(quantity.unit, project.sector)
    return False


def carries(quantity: Quantity, project: Facility | Package) -> bool:
    """Whether works of a project may change a quantity: by a coefficient, or as its condition says."""
    return quantity.id in project.quantities or derives(quantity, project)


def is_ratio(target: Target) -> bool:
    """Whether a target measures one amount of money over another, so that it is missed by money."""
    return MEASURES[target.measure].ratio


def of_sources(target: Target) -> bool:
    """Whether a target measures money of sources."""
    return MEASURES[target.measure].sources


def asset_of(project: Facility | Package) -> str:
    """The facility that a variant is a variant of; itself otherwise."""
    return project.asset if isinstance(project, Facility) else project.id


def project_columns(project: Facility | Package) -> dict[str, object]:
    """Columns a selector may ask of a project."""
    return {
        "project": project.id, "kind": project.kind, "sector": project.sector, "type": project.asset_type,
        "region": project.region, "zone": project.zone,
    }


def draws_on(target: Target, source: Source) -> bool:
    """Whether a source falls under the target (measures of money of sources) by its own columns; by who owes what it
    pays: :func:`owed`."""
    wanted = {column: value for column, value in target.filter.items()
              if column in MONEY_COLUMNS and column not in OWNER_COLUMNS}
    return matches(wanted, source_columns(source))


def owner(source: Source, project: Facility | Package | None) -> str | None:
    """Who owes what a loan pays for a project: the loan's borrower; else, where utility or consumers repay, the
    project's; else nobody (None). Without a project: lines and signed amounts."""
    if source.kind != "loan":
        return None
    if source.borrower is not None or project is None or source.who_repays == "budget":
        return source.borrower
    return project.borrower


def by_owner(target: Target) -> bool:
    """Whether the target asks who owes."""
    return any(column in target.filter for column in OWNER_COLUMNS)


def owed(case: Case, target: Target, source: Source, project: Facility | Package | None) -> bool:
    """Whether who owes what a source pays for a project (None: lines and signed amounts) is whom the target means."""
    wanted = {column: value for column, value in target.filter.items() if column in OWNER_COLUMNS}
    return not wanted or matches(wanted, owner_columns(case, owner(source, project)))


def owner_columns(case: Case, borrower: str | None) -> dict[str, object]:
    """Columns a selector may ask of a borrower; nothing of nobody."""
    return {} if borrower is None else {"borrower": borrower, "level": case.borrowers[borrower].level}


def owners_of(case: Case, target: Target) -> tuple[str, ...]:
    """Borrowers that owe something the target speaks of, sorted."""
    signed = MEASURES[target.measure].of == "signed"
    by_borrower = {} if signed else {project.borrower: project for project in projects_of(case, target)}
    found = set()
    for source in case.sources.values():
        if draws_on(target, source):
            for project in (None, *by_borrower.values()):
                if (who := owner(source, project)) is not None and owed(case, target, source, project):
                    found.add(who)
    return tuple(sorted(found))


def balances_of(case: Case, target: Target) -> tuple[Balance, ...]:
    """The balances that fall under a target on deficits: of its unit, by its filter."""
    return tuple(balance for balance in case.balances
                 if balance.unit == target.unit and matches(target.filter, {"area": balance.area}))


def priced_at_peak(case: Case, project: Facility | Package) -> tuple[Balance, ...]:
    """The balances to which a project adds and whose deficit has a price: what it adds is valued there, and nowhere
    else."""
    place = project.place if isinstance(project, Facility) else None
    return tuple(balance for balance in case.balances if balance.price is not None
                 and project.quantities.get(balance.quantity or "") and balance.has(project.region, place))


def bills_of(case: Case, target: Target) -> tuple[Tariff, ...]:
    """The bills of consumers that fall under a target on the burden."""
    return tuple(row for row in case.tariffs
                 if matches(target.filter, {"region": row.region, "sector": row.sector}))


def heard(case: Case, targets: Sequence[Target]) -> bool:
    """Whether a row, of which these are the targets, speaks of something, and so does each of the values that ``|``
    stands between in its filter."""
    pairs = {(column, one) for target in targets for column, value in target.filter.items()
             for one in alternatives(value)}
    return any(speaks(case, target) for target in targets) and all(
        any(speaks(case, replace(target, filter={**target.filter, column: one})) for target in targets
            if one in alternatives(target.filter.get(column, ""))) for column, one in pairs)


def speaks(case: Case, target: Target) -> bool:
    """Whether there is anything that the target speaks of."""
    kind = KINDS_OF_MEASURE[target.measure]
    if kind.of == "areas":
        return any(target.year in balance.years for balance in balances_of(case, target))
    if kind.of == "bills":
        return bool(bills_of(case, target))
    if kind.of != "signed" and not projects_of(case, target):
        return False
    if not kind.sources:
        return True
    if by_owner(target):
        return bool(owners_of(case, target))
    return any(draws_on(target, source) for source in case.sources.values())


def source_columns(source: Source) -> dict[str, object]:
    """Columns a selector may ask of a source."""
    return {"source": source.id, "partner": source.partner, "currency": source.currency, "group": source.group,
            "payer": source.who_repays}


def weight_of(project: Facility | Package) -> float:
    """Overnight cost in scope, bn KZT of the price year: the weight of a project in ``share_done``."""
    return project.overnight if isinstance(project, Facility) else project.unit_cost * project.km
