"""What ifs by hand (docs/numbers.md, What if), and limits asked for by the names that people give them."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.again import Standing
from jaryq.api.curve import curve_of, next_units
from jaryq.api.question import program_of
from jaryq.api.whatifs import rank, what_ifs
from jaryq.commands.curve import Unknown, lines, told_curve
from jaryq.explain.dials import Ambiguous, NoSuchDial, dial
from jaryq.formulation.assemble import limits
from jaryq.report.limits import names_of
from jaryq.tables.tables import Table, Tables


def parts(*, sources=(), **sheets):
    """Money 12 in the one year; A of 10 is worth 20, B of 10 is worth 14, C of 5 is worth 6; no discounting, all in
    parts in the linear plan."""
    found = {
        "settings": [{"setting": name, "value": value}
                     for name, value in {"first_year": 2026, "last_year": 2026, "discount_rate": 0.0,
                                         "prices": 0.0}.items()],
        "facilities": [{"facility": key, "cost": cost, "works_months": 12.0, "benefit": worth}
                       for key, cost, worth in (("A", 10.0, 20.0), ("B", 10.0, 14.0), ("C", 5.0, 6.0))],
        "sources": [{"source_id": "M", "name": "Money of towns", "name_ru": "Деньги городов"}, *sources],
        "source_years": [{"source_id": "M", "2026": 12.0}], **sheets,
    }
    return accept(Tables("parts", {name: Table.of(name, rows) for name, rows in found.items()}), ())


def asked(accepted):
    return {(one.kind, one.subject): one for one in what_ifs(accepted, program_of(accepted.factors))}


def test_one_more_bn():
    """A is paid, 0.2 of B too: a bn more is a tenth of B, worth 1.4, for 1."""
    one = asked(parts())["more", "2026"]
    assert (one.of, one.amount, one.changes["objective"]) == ("ceiling[M,2026]", 1.0, pytest.approx(0.4))


def test_a_year_whose_ceilings_are_not_used_up():
    """Money 30 pays all three: one more brings nothing."""
    one = asked(parts(source_years=[{"source_id": "M", "2026": 30.0}]))["more", "2026"]
    assert (one.of, one.changes["objective"]) == ("", 0.0)


def test_a_partner_twice():
    """A grant of 4 from Japan beside 12: A and 0.6 of B. Of 8: B whole, 0.4 x 14 = 5.6 more for no money of our own."""
    one = asked(parts(sources=[{"source_id": "J", "kind": "grant", "partner": "JP", "envelope": 4.0}]))["double", "JP"]
    assert one.changes["objective"] == pytest.approx(5.6)


def test_what_can_be_reached_and_what_the_last_cost():
    """Three facilities asked: C (5) and 0.7 of A are 1.7 of them, alone and at best. Worth 0.7 x 10 + 1 = 8; for a
    tenth of three less, 1.4, A and 0.4 of C will do: 10.4."""
    found = asked(parts(targets=[{"target": "T", "measure": "facilities", "years": "2026", "value": 3.0,
                                  "unit": "facilities", "priority": "1"}]))
    assert found["alone", "T"].amount == pytest.approx(1.7)
    last = found["last", "T"]
    assert (last.amount, last.changes["objective"]) == (pytest.approx(0.3), pytest.approx(2.4))
    assert last.changes["priority_1"] == pytest.approx(0.0, abs=1e-7)


def called(accepted):
    case = accepted.case
    return lambda limit: names_of(case, limit.kind, limit.index, limit.name)


@pytest.mark.parametrize("what", ["ceiling[M,2026]", "Ceiling of a source: Money of towns, 2026",
                                  "Потолок источника: Деньги городов, 2026", "деньги городов 2026", "towns 2026"])
def test_a_limit_by_its_name(what):
    accepted = parts(sources=[{"source_id": "N", "name": "Money of villages", "name_ru": "Деньги сёл",
                               "envelope": 3.0}])
    assert [limit.name for limit in dial(limits(accepted.factors), accepted.factors, what,
                                         called(accepted)).limits] == ["ceiling[M,2026]"]


def test_a_name_of_several_lists_them(capsys):
    """"Money" begins the names of both sources; "xyz" no name."""
    accepted = parts(sources=[{"source_id": "N", "name": "Money of villages", "name_ru": "Деньги сёл",
                               "envelope": 3.0}])
    with pytest.raises(Ambiguous) as error:
        dial(limits(accepted.factors), accepted.factors, "money", called(accepted))
    assert set(error.value.keys) == {"M", "N"}
    with pytest.raises(Unknown) as told:
        told_curve(accepted, "деньги", -50.0, 100.0, 0, "ru")
    assert "Деньги городов (M)" in told.value.text.ru
    assert "Деньги сёл (N)" in told.value.text.ru
    with pytest.raises(NoSuchDial):
        dial(limits(accepted.factors), accepted.factors, "xyz", called(accepted))


def test_a_partner_by_its_name_moves_all_its_sources():
    rows = [{"source_id": key, "kind": "grant", "partner": "JP", "envelope": size}
            for key, size in (("J", 4.0), ("K", 1.0))]
    accepted = parts(sources=rows)
    for what in ("Japan", "Япония", "JP"):
        assert {limit.name for limit in dial(limits(accepted.factors), accepted.factors, what,
                                             called(accepted)).limits} == {"envelope[J]", "envelope[K]"}
    found = curve_of(Standing(accepted, program_of(accepted.factors)), "Japan")
    assert {round(point.value): round(point.stages["objective"], 6)
            for point in found.points}[100] == pytest.approx(20 + 0.7 * 14 - 12)


YEN = [{"currency": "JPY", "name": "yen", "2025": 0.5, "2026": 0.5}]


@pytest.mark.parametrize(("second", "money", "unit", "expected"), [
    ({"currency": "JPY"}, 5.0, ("bn JPY", "млрд JPY"), [(0.1, 0.07), (1.0, 0.7), (10.0, 7.0)]),
    ({}, 3.0, ("bn KZT", "млрд тенге"), [(0.1, 0.14), (1.0, 1.4), (10.0, 13.0)]),
])
def test_the_next_units_of_a_partner_are_money_of_its_own(second, money, unit, expected):
    """Grants of 4 bn JPY at 0.5 KZT and of 1 beside the 12. Both in yen: 5 bn JPY, 0.45 of B; 1 bn JPY more is 0.05 of
    it (14), 10 are half of it. The second in KZT: 2 + 1 bn KZT, half of B; 1 more is a tenth of it, 10 are the other
    half and C."""
    rows = [{"source_id": "J", "kind": "grant", "partner": "JP", "envelope": 4.0, "currency": "JPY"},
            {"source_id": "K", "kind": "grant", "partner": "JP", "envelope": 1.0, **second}]
    accepted = parts(sources=rows, currencies=YEN)
    there = Standing(accepted, program_of(accepted.factors))
    found = curve_of(there, "Japan")
    assert (found.dial.unit, found.dial.money) == ("%", pytest.approx(money))
    following = next_units(there, found)
    here = next(point for point in found.points if point.value == 100.0).stages["objective"]
    assert [(step, round(point.stages["objective"] - here, 6)) for step, point in following] == expected
    for lang, said, next_one in (("en", f"  100 % is {money:g} {unit[0]} in all.", f"  the next 1 {unit[0]}: "),
                                 ("ru", f"  100 % - это всего {money:g} {unit[1]}.", f"  ещё 1 {unit[1]}: ")):
        told = list(lines(accepted.case, found, following, lang))
        assert said in told
        assert sum(line.startswith(next_one) for line in told) == 1


def test_targets_of_groups_that_ask_the_same_move_in_their_own_unit():
    """Half a facility in each of two regions: the number is 0.5 facilities, not 100 %."""
    accepted = parts(regions=[{"region": "R"}, {"region": "S"}],
                     facilities=[{"facility": key, "region": region, "cost": 10.0, "works_months": 12.0,
                                  "benefit": 20.0} for key, region in (("A", "R"), ("B", "S"))],
                     targets=[{"target": "T", "measure": "facilities", "years": "2026", "value": 0.5,
                               "unit": "facilities", "priority": "1", "by": "region", "scale": 1.0}])
    found = dial(limits(accepted.factors), accepted.factors, "T", called(accepted))
    assert (len(found.limits), found.unit, found.now) == (2, "facilities", 0.5)


def test_a_start_a_year_later():
    """Money 10 in 2026, in 2027 and in 2028; A (20), B (14) and C (6): with works from 2026 on A, B and C are done,
    from 2027 on A and B: 1 less (C: 6 - 5)."""
    found = asked(parts(settings=[{"setting": name, "value": value}
                                  for name, value in {"first_year": 2026, "last_year": 2028, "discount_rate": 0.0,
                                            "prices": 0.0}.items()],
                        source_years=[{"source_id": "M", "2026": 10.0, "2027": 10.0, "2028": 10.0}]))
    assert found["later", "2026"].changes["objective"] == pytest.approx(-1.0)
    assert ("later", "2026") not in asked(parts()), "one year alone: there is no later"


def test_the_cheapest_way():
    """One facility: C, for 5, though A is worth more. Three: the 1.7 that can be reached take all 12."""
    for value, most, money in ((1.0, 1.0, 5.0), (3.0, 1.7, 12.0)):
        found = asked(parts(targets=[{"target": "T", "measure": "facilities", "years": "2026", "value": value,
                                      "unit": "facilities", "priority": "1"}]))
        assert (found["cheapest", "T"].amount, found["cheapest", "T"].also) == (pytest.approx(most),
            pytest.approx(money))


def test_the_last_of_a_target_that_others_reach_by_the_way():
    """C alone is in S. It is asked whole (U) and one facility of any kind (T): C and 0.7 of A, 1.7 in all, so that T's
    last tenth costs nothing. A tenth less of both: 0.9 of C and 0.75 of A are worth 5.4 + 15 in place of 6 + 14."""
    rows = [{"facility": key, "cost": cost, "works_months": 12.0, "benefit": worth, "region": region}
            for key, cost, worth, region in (("A", 10.0, 20.0, "R"), ("C", 5.0, 6.0, "S"))]
    asks = {"measure": "facilities", "years": "2026", "value": 1.0, "unit": "facilities", "priority": "1"}
    found = asked(parts(facilities=rows, regions=[{"region": "R"}, {"region": "S"}],
                        targets=[{"target": "T", **asks}, {"target": "U", **asks, "filter": "region=S"}]))
    assert (found["last", "T"].changes["objective"], found["last", "T"].also) == (pytest.approx(0.0, abs=1e-7),
        pytest.approx(1.7))
    assert found["together", "T"].changes["objective"] == pytest.approx(0.4)
    assert ("together", "U") not in found, "U's own last tenth costs something"


def test_what_a_solver_does_not_tell_apart_is_decided_by_the_next_stage():
    """Both miss 0.8 points but for noise; the budget loses 0.69 bn, the bank 0.79. A thousandth of a point more missed
    is dearer than all money."""
    found = {"Bank": {"priority_1": 0.8, "objective": 0.79}, "Budget": {"priority_1": 0.8 + 3e-10, "objective": 0.69},
             "Fund": {"priority_1": 0.801, "objective": 0.0}}
    assert sorted(found, key=lambda name: rank(("priority_1", "objective"), found[name])) == ["Budget", "Bank", "Fund"]
