"""What scenarios of a case share is found once, and only where it is the same."""

import gc
from dataclasses import fields, replace
from types import SimpleNamespace
from weakref import ref

from jaryq.base.once import once
from jaryq.case.build import build
from jaryq.case.case import Case
from jaryq.case.scope import projects_of
from jaryq.factors.derive import derive
from jaryq.factors.works import OF_WORKS, works_of
from tests.rich import rich_tables


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


def test_works_follow_from_the_fields_named():
    """A case that holds nothing else has the same works; a field that is read and not named is an AttributeError."""
    case = build(rich_tables())
    some = SimpleNamespace(**{name: getattr(case, name) for name in OF_WORKS}, **{name: getattr(case, name) for name in ("assets", "keys_by", "links", "meets")})
    assert works_of(some) == works_of(case)


def test_works_are_taken_over_only_where_they_are_the_same():
    case = build(rich_tables())
    like = derive(case)
    assert derive(replace(case, sources=dict(list(case.sources.items())[:1])), like).works is like.works
    for name in OF_WORKS:
        other = getattr(case, name)
        if name == "settings":
            changed = replace(case, settings=replace(other, last_year=other.last_year - 1))
        elif isinstance(other, tuple) and other:
            changed = replace(case, **{name: other[:-1]})
        else:
            continue
        assert derive(changed, like).works is not like.works, name


def test_every_field_of_works_is_one_of_the_case():
    assert set(OF_WORKS) <= {field.name for field in fields(Case)}


def test_a_target_on_a_region_speaks_of_the_projects_there():
    """By reading each project in turn."""
    case = build(rich_tables())
    for region in case.regions:
        for measure, kind in (("spend", None), ("km", "network"), ("facilities", "facility")):
            target = replace(case.targets[0], measure=measure, filter={"region": region})
            assert [p.id for p in projects_of(case, target)] == [
                key for key, project in case.projects.items() if project.region == region and kind in (None, project.kind)]


def test_a_pattern_and_a_variant_are_found():
    """``project=F1*`` finds each key that begins so; a count of facilities finds the variants of a facility by its own key."""
    case = build(rich_tables())
    case = replace(case, facilities={**case.facilities, "F2": replace(case.facilities["F2"], option_of="F1")})
    asset = "F1"
    target = replace(case.targets[0], measure="facilities", filter={"project": asset})
    assert {p.id for p in projects_of(case, target)} == {"F1", "F2"}
    stem = asset[:1]
    spend = replace(target, measure="spend", filter={"project": f"{stem}*"})
    assert {p.id for p in projects_of(case, spend)} == {key for key in case.projects if key.startswith(stem)}
