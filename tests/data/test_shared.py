"""What scenarios of a case share is found once, and only where it is the same."""

import gc
from dataclasses import fields, replace
from types import SimpleNamespace
from weakref import ref

import pytest

from jaryq.api.accepted import accept
from jaryq.base.once import once, once_beside, once_for
from jaryq.case.build import build
from jaryq.case.case import Case
from jaryq.case.scope import projects_of
from jaryq.factors import money
from jaryq.factors.benefits import risks_of
from jaryq.factors.bounds import bounds_of
from jaryq.factors.derive import NOT_OF_BOUNDS, OF_RISK, RATES, derive
from jaryq.factors.money import OF_PRICES
from jaryq.factors.prices import Prices
from jaryq.factors.risk import Risk
from jaryq.factors.service import service
from jaryq.factors.works import OF_WORKS, works_of
from jaryq.tables.scenarios import changed
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.tables.typed_changes import command_change
from tests.rich import rich_tables, with_a_quantity


class Thing:
    pass


def test_once_asks_once_and_forgets():
    asked = []

    @once
    def found(thing):
        asked.append(1)
        return len(asked)

    one, other = Thing(), Thing()
    assert [found(one), found(one), found(other)] == [1, 1, 2]
    gone = ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_once_beside_keeps_the_first_and_the_last_and_forgets():
    asked = []

    @once_beside
    def found(thing, beside):
        asked.append(beside)
        return len(asked)

    one, other = Thing(), Thing()
    assert [found(one, (1,)), found(one, (1,)), found(other, (1,)), found(one, (2,)), found(one, (2,)),
            found(one, (1,))] == [1, 1, 2, 3, 3, 1]
    assert [found(one, (3,)), found(one, (2,)), found(one, (1,)), found(one, (2,))] == [4, 5, 1, 5]
    gone = ref(one)
    del one
    gc.collect()
    assert gone() is None


CHANGES = (
    "sources; ; status; set closed", "facilities; F1; cost; multiply 2", "facilities; F1; must_do; set yes",
    "networks; ; unit_cost; multiply 1.1",
    "asset_types; ; procurement_months; add 3", "settings; last_year; value; add 1", "regions; ; works_from; set May",
    "quantities; ; value; multiply 2",
)


def test_a_case_built_beside_another_is_that_of_its_own_tables():
    """Each change alone, all beside the same tables: what is shared with the unchanged case is what tables that share
    nothing give."""
    tables, _ = typed(rich_tables())
    build(tables)
    told = set()
    for text in CHANGES:
        change, _ = command_change(text)
        altered, made, _ = changed(tables, [change])
        apart = Tables(altered.name, {name: replace(table) for name, table in altered.sheets.items()})
        assert build(altered) == build(apart), text
        told |= {item.sheet for item in made}
    assert len(told) >= 5, told


def test_cases_that_share_their_projects_share_what_follows_from_them():
    """A scenario of sources leaves the projects the same, and so their keys; one of costs does not."""
    tables, _ = typed(rich_tables())
    case = build(tables)
    scopes = [build(changed(tables, [command_change(text)[0]])[0]).scope for text in CHANGES[:2]]
    assert scopes[0] is case.scope
    assert scopes[1] is not case.scope
    assert [project.id for project in scopes[1].projects.values()] == [*case.projects]


def test_works_follow_from_the_fields_named():
    """A case that holds nothing else has the same works; a field that is read and not named is an AttributeError."""
    case = build(rich_tables())
    some = SimpleNamespace(**{name: getattr(case, name) for name in OF_WORKS},
                           **{name: getattr(case, name) for name in ("assets", "crews_in", "keys_by", "links",
                           "meets")})
    assert vars(works_of(some)) == vars(works_of(case))


def test_works_are_taken_over_only_where_they_are_the_same():
    case = build(rich_tables())
    like = derive(case)
    assert derive(replace(case, sources=dict(list(case.sources.items())[:1])), like).works is like.works
    for name in OF_WORKS:
        other = getattr(case, name)
        if name == "settings":
            altered = replace(case, settings=replace(other, last_year=other.last_year - 1))
        elif isinstance(other, tuple) and other:
            altered = replace(case, **{name: other[:-1]})
        else:
            continue
        assert derive(altered, like).works is not like.works, name


def test_every_field_of_works_is_one_of_the_case():
    assert set(OF_WORKS) <= {field.name for field in fields(Case)}


def test_a_target_on_a_region_speaks_of_the_projects_there():
    """By reading each project in turn."""
    case = build(rich_tables())
    for region in case.regions:
        for measure, kind in (("spend", None), ("km", "network"), ("facilities", "facility")):
            target = replace(case.targets[0], measure=measure, filter={"region": region})
            assert [p.id for p in projects_of(case, target)] == [
                key for key, project in case.projects.items() if project.region == region
                and kind in (None, project.kind)]


def test_a_pattern_and_a_variant_are_found():
    """``project=F1*`` finds each key that begins so; a count of facilities finds the variants of a facility by its own
    key."""
    case = build(rich_tables())
    case = replace(case, facilities={**case.facilities, "F2": replace(case.facilities["F2"], option_of="F1")})
    asset = "F1"
    target = replace(case.targets[0], measure="facilities", filter={"project": asset})
    assert {p.id for p in projects_of(case, target)} == {"F1", "F2"}
    stem = asset[:1]
    spend = replace(target, measure="spend", filter={"project": f"{stem}*"})
    assert {p.id for p in projects_of(case, spend)} == {key for key in case.projects if key.startswith(stem)}


def test_what_follows_from_a_part_is_found_once_for_all_that_share_it():
    asked = []

    @once_for(lambda whole: whole.part)
    def found(whole):
        asked.append(whole)
        return len(asked)

    part, other = Thing(), Thing()
    assert [found(SimpleNamespace(part=each)) for each in (part, part, other)] == [1, 1, 2]


def derived(part):
    """Its fields but what derives others later."""
    return {name: value for name, value in vars(part).items() if name != "later"}


def test_a_check_derives_nothing_that_no_rule_asks_for(monkeypatch):
    """What money costs, and risk: whether an input is accepted never depends on them, and they take a quarter of
    deriving."""
    asked = []
    monkeypatch.setattr(money, "dues_of", lambda *given: asked.append(given))
    accepted = accept(*typed(with_a_quantity()))
    assert accepted.case.sources
    assert asked == []
    with pytest.raises(AttributeError):
        _ = accepted.factors.money.cost  # it is derived when it is asked for
    assert len(asked) == 1


def test_what_is_taken_over_is_what_would_be_derived():
    """Prices, terms of a loan, works changed one at a time: factors derived beside those of the case as it was are
    those derived alone, to the last bit."""
    case = build(with_a_quantity())
    like = derive(case)
    loan = next(s for s, source in case.sources.items() if source.kind == "loan")
    currency, index, kind, facility = (sorted(part)[0] for part in (case.currencies, case.indices, case.asset_types,
        case.facilities))
    row, levels = case.currencies[currency], case.indices[index].levels
    changes = (
        {"sources": {**case.sources, loan: replace(case.sources[loan], premium=case.sources[loan].premium + 0.01)}},
        {"currencies": {**case.currencies, currency: replace(row,
        rates={y: 1.3 * rate for y, rate in row.rates.items()})}},
        {"indices": {**case.indices, index: replace(case.indices[index],
                                                    levels={y: x + 0.1 * (y - min(levels))
                                                            for y, x in levels.items()})}},
        {"references": {key: replace(ref, rates={y: rate + 0.01 for y, rate in ref.rates.items()})
                        for key, ref in case.references.items()}},
        {"asset_types": {**case.asset_types, kind: replace(case.asset_types[kind],
                                                           import_share=0.5 * case.asset_types[kind].import_share
                                                           + 0.1)}},
        {"facilities": {**case.facilities, facility: replace(case.facilities[facility],
        cost=2.0 * case.facilities[facility].cost + 1.0)}},
        {"facilities": {**case.facilities, facility: replace(case.facilities[facility],
        earliest=case.settings.last_year)}},
        {"facilities": {**case.facilities, facility: replace(case.facilities[facility], savings=7.0, life=12.0)}},
        {"facilities": {**case.facilities, facility: replace(case.facilities[facility], quantities={})}},
        {"facilities": {**case.facilities, facility: replace(case.facilities[facility],
        done=case.settings.plan_from - 1)}},
        {"packages": {key: replace(package, savings=3.0, unit_cost=2.0 * package.unit_cost)
                      for key, package in case.packages.items()}},
        {"settings": replace(case.settings, discount_rate=case.settings.discount_rate + 0.02)},
        {"rules": case.rules[:-1]},
    )
    for change in changes:
        altered = replace(case, **change)
        beside, alone = derive(altered, like), derive(altered)
        for part in ("works", "money", "bounds"):
            assert derived(getattr(beside, part)) == derived(getattr(alone, part)), (part, *change)
        assert beside.money.later() == alone.money.later(), change
        for part in ("benefit", "savings", "quantities", "avoided", "residual"):
            assert getattr(beside.risk, part) == getattr(alone.risk, part), (part, *change)


class Unread:
    """A case of which some fields may not be read."""

    def __init__(self, case, names):
        self.case, self.names = case, names

    def __getattr__(self, name):
        assert name not in self.names, name
        return getattr(self.case, name)


def test_bounds_do_not_follow_from_the_fields_named():
    """Of a case: they are not read, nor do works and prices follow from them. Of a source: whatever they are, the same
    bounds."""
    case = build(with_a_quantity())
    f = derive(case)
    assert not {*NOT_OF_BOUNDS} & {*OF_WORKS, *OF_PRICES}
    assert vars(bounds_of(Unread(case, NOT_OF_BOUNDS), f.prices, f.works, f.money)) == vars(f.bounds)
    for name in RATES:
        value = "LIBOR" if name == "rate_index" else 0.123
        other = replace(case, sources={s: replace(source, **{name: value}) for s, source in case.sources.items()})
        assert other.sources != case.sources
        assert vars(bounds_of(other, f.prices, f.works, f.money)) == vars(f.bounds), name


def test_bounds_are_taken_over_where_rates_alone_differ():
    case = build(with_a_quantity())
    f = derive(case)
    dearer = {s: replace(source, rate=source.rate + 0.01) for s, source in case.sources.items()}
    assert derive(replace(case, sources=dearer, targets=()), f).bounds is f.bounds
    assert derive(replace(case, sources={s: replace(source, envelope=0.5) for s, source in case.sources.items()}),
                  f).bounds is not f.bounds


def test_prices_follow_from_the_fields_named():
    """A case that holds nothing else has the same prices and service of loans."""
    case = build(rich_tables())
    some = SimpleNamespace(**{name: getattr(case, name) for name in OF_PRICES})
    for source in case.sources.values():
        if source.kind == "loan":
            assert service(source, case.settings.plan_from, Prices(some)) == service(source, case.settings.plan_from,
                Prices(case))
    for project in case.projects.values():
        assert Prices(some).cost_of(project, case.settings.last_year) == Prices(case).cost_of(project,
            case.settings.last_year)


def test_a_table_that_is_typed_stays_the_same_table():
    """What was found of a table holds on only while it is the same: typing, repairs and a scenario leave all others
    alone."""
    tables, _ = typed(with_a_quantity())
    assert "q_mw" in tables["facilities"].frame.columns
    again, issues = typed(tables)
    assert [name for name in tables.sheets if again[name] is not tables[name]] == []
    assert not [issue for issue in issues if issue.severity == "stop"]
    change, _ = command_change("facilities; F1; cost; multiply 2")
    other, made, _ = changed(tables, [change])
    assert {item.sheet for item in made} == {"facilities"}
    assert [name for name in tables.sheets if other[name] is not tables[name]] == ["facilities"]


def test_a_column_with_the_same_values_leaves_the_table_alone():
    table = Table.of("regions", [{"region": "A", "name": "one"}, {"region": "B", "name": None}])
    assert table.with_column("name", ["one", None]) is table
    other = table.with_column("name", ["one", "two"])
    assert other.frame["name"].tolist() == ["one", "two"]
    assert table.frame["name"].tolist() == ["one", None]


def test_risk_follows_from_the_fields_named():
    """A case that holds nothing else has the same benefits; a field that is read and not named is an AttributeError."""
    case = build(rich_tables())
    f = derive(case)
    some = SimpleNamespace(**{name: getattr(case, name) for name in OF_RISK},
                           **{name: getattr(case, name) for name in ("assets", "project", "projects")})
    prices = Prices(some)
    found = risks_of(some, prices, f.works, f.money, Risk(some, prices, f.works.starts, f.works.open))
    assert found.benefit == f.risk.benefit
    assert found.quantities == f.risk.quantities
    assert any(found.benefit.values())


def test_risk_is_taken_over_only_where_it_is_the_same():
    case = build(rich_tables())
    like = derive(case)
    assert derive(replace(case, targets=case.targets[:-1]), like).risk is like.risk
    facility, index = sorted(case.facilities)[0], sorted(case.indices)[0]
    row = case.facilities[facility]
    levels = {y: x + 0.1 * (y - min(case.indices[index].levels)) for y, x in case.indices[index].levels.items()}
    for change in (
        {"facilities": {**case.facilities, facility: replace(row, savings=row.savings + 1.0)}},
        {"settings": replace(case.settings, discount_rate=case.settings.discount_rate + 0.02)},
        {"indices": {**case.indices, index: replace(case.indices[index], levels=levels)}},
        {"quantities": {key: replace(one, value=1.0 + (one.value or 0.0)) for key, one in case.quantities.items()}},
    ):
        if change == {"quantities": {}}:
            continue
        altered = replace(case, **change)
        beside, alone = derive(altered, like), derive(altered)
        assert beside.risk is not like.risk, (*change,)
        assert beside.risk.benefit == alone.risk.benefit, (*change,)


@pytest.mark.parametrize("text", ["facilities; F1; cost; multiply 2", "facilities; F1; works_months; add 12",
                                  "facilities; F1; must_do; set yes", "facilities; F1; latest; set 2027",
                                  "asset_types; ; procurement_months; add 3", "crews; ; 2027; multiply 0.5",
                                  "regions; ; works_from; set May",
                                  "networks; ; unit_cost; multiply 1.1", "settings; last_year; value; add 1",
                                  "sources; ; status; set closed"])
def test_starts_taken_over_are_those_that_would_be_derived(text):
    """Works beside those of another case are works of their own, to the last start and crew."""
    tables, _ = typed(rich_tables())
    case = build(tables)
    like = case, works_of(case)
    altered = build(changed(tables, [command_change(text)[0]])[0])
    assert vars(works_of(altered, like)) == vars(works_of(altered))


def test_starts_of_what_nothing_has_changed_are_taken_over():
    """F1 alone is dearer: its starts are new, those of all others (in no lot with it, no variant of it) are the same
    things; a started variant and a lot are not taken over from a case without."""
    tables, _ = typed(rich_tables())
    case = build(tables)
    works = works_of(case)
    altered = build(changed(tables, [command_change("facilities; F1; cost; multiply 2")[0]])[0])
    found = works_of(altered, (case, works))
    same = {key for key in case.facilities if found.starts[key] is works.starts[key] and found.starts[key]}
    assert "F1" not in same
    assert len(same) >= 2
    lotted = replace(case, facilities={key: replace(one, lot="L", goes_on=None) if key in sorted(same)[:2] else one
                                       for key, one in case.facilities.items()})
    assert vars(works_of(lotted, (case, works))) == vars(works_of(lotted))
    assert vars(works_of(case, (lotted, works_of(lotted)))) == vars(works)
