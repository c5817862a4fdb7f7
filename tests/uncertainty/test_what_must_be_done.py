"""What must be done in futures in which it cannot be paid, manned or finished in time: money that is missing and late
works are results, no fault of a draw."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.asked import asked
from jaryq.api.question import program_of, question
from jaryq.api.uncertain import run
from jaryq.api.uncertain.batches import here
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.judge import Judge, keys_of
from jaryq.api.uncertain.kept import draws_in, keep
from jaryq.case.uncertain import uncertain_of
from jaryq.handover.tables_parquet import columns_of
from jaryq.solve.run import solve
from tests.uncertainty.test_futures import hand_tables


def one_facility(*, years=1, objective="least_cost", more=(), scenarios=(), progress=(), targets=(), sheets=None,
                 **cells):
    """A facility F of 10 bn KZT, works of 12 months, from 2026 on; 12 bn KZT each year; nothing discounted. Of 10 draws
    its cost is 10 in five, 12 in three, 20 in two."""
    last = 2025 + years
    settings = {"first_year": 2026, "last_year": last, "discount_rate": 0.0, "discount_basis": "nominal",
                "facilities": "divisible", "prices": 0, "explain": "off",
                "objective": objective}
    span = {str(year): 12.0 for year in range(2026, last + 1)}
    tables = hand_tables(
        settings=[{"setting": name, "value": value} for name, value in settings.items()],
        facilities=[{"facility": "F", "name": "F", "cost": 10.0, "works_months": 12.0, "asset_type": "boiler",
                     "data_status": "estimate", **cells}, *more],
        price_indices=[{"index": "works", **dict.fromkeys(span, 1.0), "long_run": 0.0}],
        source_years=[{"source_id": "S", **span}], targets=[*targets], **(sheets or {}),
        progress=[*progress], scenarios=[{"scenario": name, "name": name} for name, _ in scenarios],
        scenario_changes=[{"scenario": name, "sheet": "facilities", "selector": "facility=F", "column": "cost",
                           "operation": "multiply", "value": str(by)}
                          if not isinstance(by, dict) else {"scenario": name, "sheet": "facilities", **by}
                          for name, made in scenarios for by in (made if isinstance(made, list) else [made])],
        uncertainty=[{"uncertain": "cost", "name": "Cost", "name_ru": "Стоимость", "sheet": "facilities",
                      "selector": "facility=F", "column": "cost",
                      "operation": "multiply", "distribution": "discrete", "values": "1:0.5; 1.2:0.3; 2:0.2"}])
    return accept(tables, [])


def planned(accepted):
    program = program_of(accepted.factors)
    return solve(question(accepted.factors, program), program).plan


def told(outcome):
    return {name: pytest.approx(outcome.figures[name], abs=1e-7)
            for name in ("facilities", "spending", "unfunded", "objective")}


def figures(facilities, spending, unfunded, objective):
    return {"facilities": facilities, "spending": spending, "unfunded": unfunded, "objective": objective}


VARIANT = [{"facility": "V", "name": "V", "cost": 11.0, "works_months": 12.0, "asset_type": "boiler",
            "data_status": "estimate", "option_of": "F"}]


@pytest.mark.parametrize("more", [(), VARIANT], ids=["alone", "one of two variants"])
def test_a_must_that_money_cannot_pay_is_unfunded(more):
    """Cost 20 (of the variant 22) with 12 there: whoever plans must do it, so 8 is missing in both plans, and both cost
    20."""
    accepted = one_facility(must_do="yes", more=more)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; ; cost; multiply 2"]))
    assert made.impossible is None
    assert told(made.stands) == figures(1, 20, 8, 20)
    assert told(made.best) == figures(1, 20, 8, 20)


def test_works_going_on_that_money_cannot_pay_are_unfunded():
    """Begun in 2025 and 10 still to be spent: of 20 with 12 there 8 are missing, for nobody breaks off."""
    accepted = one_facility(progress=[{"project": "F", "year": 2025, "status": "started"}], works_months=24.0)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; ; cost; multiply 2"]))
    for outcome in (made.stands, made.best):
        assert told(outcome) == figures(1, 20, 8, 20)


def test_a_whole_plan_of_a_future_without_one(tmp_path):
    """Whole plans have no money that nobody pays: of a draw of 20 there is none, and it is said why."""
    accepted = one_facility(must_do="yes")
    ground = Ground(accepted, planned(accepted), uncertain_of(accepted.tables), "k")
    made = run.ensemble(ground, 10, 0, tmp_path, here, resume=False, whole=10)
    dear = [number for number, (value,) in enumerate(made.draws.values.tolist()) if value == 2]
    assert [number for number, one in made.whole.items() if one.figures is None] == dear
    assert "at most 12" in made.whole[dear[0]].why.en
    assert "10 futures were also planned with whole facilities; 2 of them have no plan." in [one.en
        for one in run.told_of_ensemble(ground, made)[0].sentences]


def test_what_nobody_pays_counts_in_the_cost_of_the_plan_as_it_stands():
    """Of free choice, worth 100: as it stands cost 20 - 100 with 8 missing; the best plan does 12/20 of it: 12 - 60."""
    accepted = one_facility(objective="purse", benefit=100.0)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; ; cost; multiply 2"]))
    assert told(made.stands) == figures(1, 20, 8, -80)
    assert told(made.best) == figures(0.6, 12, 0, -48)


def test_benefits_alone_are_no_money():
    """Where the objective counts no money, missing money is none of it: -100 for the benefit, as it stands."""
    accepted = one_facility(objective="most_benefit", benefit=100.0)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; ; cost; multiply 2"]))
    assert told(made.stands) == figures(1, 20, 8, -100)


def test_only_what_must_be_done_stays_unpaid_in_the_best_plan():
    """F is a must and costs 20, G costs 4 and is worth 100: with 12 there the best plan pays 12 of F, 8 is missing, and
    G, which nobody can pay, is not done. As it stands, planned at 10 and half of G, 22 are asked and 10 are missing; at
    least cost 22 - 50."""
    more = [{"facility": "G", "name": "G", "cost": 4.0, "works_months": 12.0, "asset_type": "boiler",
             "data_status": "estimate", "benefit": 100.0}]
    accepted = one_facility(objective="purse", must_do="yes", more=more)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; facility=F; cost; multiply 2"]))
    assert told(made.best) == figures(1, 20, 8, 20)
    assert made.best.shares == {"F": pytest.approx(1)}
    assert told(made.stands) == figures(1.5, 22, 10, 22 - 50)


def test_a_late_must_is_paid_and_not_counted():
    """Cost 12 of 2027, where it must begin and end; of 24 months half is due in 2027, nothing is finished. Both plans
    have begun it: nobody may choose not to."""
    accepted = one_facility(years=2, must_do="yes", cost=12.0, earliest=2027, latest=2027)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; ; works_months; add 12"]))
    assert made.impossible is None
    for outcome in (made.stands, made.best):
        assert told(outcome) == figures(0, 6, 0, 6)
        assert outcome.years == {"F": pytest.approx(2027)}


def test_a_must_that_is_late_and_dear():
    """24 months and three times the cost: 18 due in 2027 where 12 are there."""
    accepted = one_facility(years=2, must_do="yes", cost=12.0, earliest=2027, latest=2027)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; ; works_months; add 12",
                                                        "facilities; ; cost; multiply 3"]))
    for outcome in (made.stands, made.best):
        assert told(outcome) == figures(0, 18, 6, 18)


def test_a_late_must_takes_its_lot_along():
    """F is a must, G is in its lot: 24 months instead of 12 in 2027 to 2027; of 10 and 4 half is paid, neither is
    finished."""
    more = [{"facility": "G", "name": "G", "cost": 4.0, "works_months": 12.0, "asset_type": "boiler",
             "data_status": "estimate", "lot": "L", "earliest": 2027,
             "latest": 2027}]
    accepted = one_facility(years=2, must_do="yes", lot="L", earliest=2027, latest=2027, more=more, cost=8.0)
    made = Judge(accepted, planned(accepted)).of(asked(["facilities; ; works_months; add 12"]))
    for outcome in (made.stands, made.best):
        assert told(outcome) == figures(0, 6, 0, 6)


def test_the_whole_ensemble_says_how_often_and_how_much(tmp_path):
    """Of 10 draws two cost 20: 20 %, 8 missing in both; P90 of 0 x 8, 8, 8 by type 7: place 8.1 of 0..9, 8. Said first,
    on the page and on the first one."""
    accepted = one_facility(must_do="yes")
    ground = Ground(accepted, planned(accepted), uncertain_of(accepted.tables), "k")
    made = run.ensemble(ground, 10, 0, tmp_path, here, resume=False)
    assert made.impossible == 0
    assert made.unfunded == pytest.approx(0.2)
    assert made.spread("stands", "objective").high == pytest.approx(20)
    page = run.told_of_ensemble(ground, made)[0]
    assert page.sentences[0].en == (
        "The plan as it stands lacks money in 2 of 10 futures (20 %): 8 bn KZT in the middle of these; P90 of all "
        "futures is 8.")
    assert page.sentences[0].ru == ("Плану как есть не хватает денег в 2 из 10 вариантов (20 %): в середине этих "
                                    "вариантов 8 млрд тенге; "
                                    "P90 по всем вариантам 8.")
    assert "as if somebody paid it" in page.blocks[0].notes[0].en


def test_draws_that_cannot_be_are_told_with_number_and_reason(tmp_path):
    """A cost below 0 is no input: the draw is named, with the reason, and so it is when it was kept and taken over. Of
    the two draws that can be one costs 20 where 12 are there: 8 missing in 1 of 2, P90 of 0 and 8 by type 7 is 0.9 of
    the way, 7.2. The third draw is not counted, which the same sentence says. In the files draws are called 1, 2, 3, as
    in the sentences."""
    accepted = one_facility(must_do="yes")
    judge = Judge(accepted, planned(accepted))
    judged = [judge.of(asked([f"facilities; ; cost; multiply {by}"])) for by in (1, -1, 2)]
    assert [one.impossible is None for one in judged] == [True, False, True]
    assert "cost" in judged[1].impossible.en
    assert judged[1].impossible.ru != judged[1].impossible.en
    keys = keys_of(accepted)
    keep(tmp_path, (0, 1, 2), judged, "key", keys)
    assert draws_in(tmp_path, (0, 1, 2), "key", keys) == judged
    for name in ("figures", "works"):
        assert set(columns_of(tmp_path / f"{name}-000000.parquet")[0]["draw"]) == ({1, 2, 3} if name == "figures"
            else {1, 3})
    ground = Ground(accepted, judge.plan, uncertain_of(accepted.tables), "k")

    def given(order, waiting):
        yield waiting[0], judged

    made = run.ensemble(ground, 3, 0, tmp_path, given, resume=False)
    page = run.told_of_ensemble(ground, made)[0]
    assert page.sentences[0].en == ("The plan as it stands lacks money in 1 of 2 futures that can be (50 %): 8 bn KZT "
                                    "in the middle of these; P90 of all futures "
                                    "is 7.2; 1 of 3 draws cannot be and is not counted.")
    assert page.sentences[0].ru.endswith("; из 3 розыгрышей невозможны и не считаются: 1.")
    assert [fact.note.en for fact in page.figures[:2]] == ["of 3 drawn; 1 cannot be",
                                                           "of the 2 futures that can be, with the plan as it stands"]
    assert "1 draw cannot be, the input would be rejected (draw 2: " in page.sentences[1].en
    assert "1 розыгрыш невозможен, данные были бы отклонены (розыгрыш 2: " in page.sentences[1].ru
    reasons = next(block for block in page.blocks if "why" in block.head.en)
    assert [row[0].en for row in reasons.rows] == ["2"]
    assert reasons.rows[0][1] == judged[1].impossible


def test_a_scenario_in_which_a_must_cannot_be_paid_has_its_price():
    """Of a must of 10 and 12 in money a scenario asks 20: 12 are paid, 8 are missing at 3 each (the price unless
    stated): 36. Nothing else can be decided, so knowing is worth nothing and nobody regrets anything."""
    accepted = one_facility(must_do="yes", scenarios=[("dear", 2)])
    found, made = run.stages(accepted, ("base", "dear"), 2026, None, 5.0, lambda _: None)
    assert [one.cost.high for one in made.known] == pytest.approx([10, 36])
    assert made.decided.high == pytest.approx(23)
    assert made.of_information.high == pytest.approx(0, abs=1e-6)
    table = run.regret(found, made, 5.0, lambda _: None)
    assert table.largest(0) == pytest.approx(0, abs=1e-6)
