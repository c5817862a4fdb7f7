"""Futures of a small workbook: the plan as it stands, batches that are kept, workers, scenarios as futures, pages."""

import json
import multiprocessing
import os
import signal
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from jaryq.api.accepted import accept, accept_changes
from jaryq.api.asked import asked
from jaryq.api.question import program_of, question
from jaryq.api.uncertain import batches, hands, run
from jaryq.api.uncertain.batches import here, order_of, processes, worked_off
from jaryq.api.uncertain.fronts import NoAxis, alternatives, frontier_of
from jaryq.api.uncertain.futures import Unasked, futures, weights_of
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.hands import WorkersGone
from jaryq.api.uncertain.judge import Judge, keys_of, opened
from jaryq.api.uncertain.stress import stressed
from jaryq.api.uncertain.written import write_told
from jaryq.base.errors import InputRejected
from jaryq.base.text import Text
from jaryq.case.stages import valued
from jaryq.case.uncertain import changes_of_draw, uncertain_of
from jaryq.commands.uncertain import Progressing
from jaryq.commands.uncertain import _kept as kept
from jaryq.factors.going_on import going_on
from jaryq.solve.highs import Solver
from jaryq.solve.run import solve
from jaryq.solve.stages import linear_stages
from jaryq.tables.tables import Table, Tables
from jaryq.uncertainty.draws import draws
from jaryq.uncertainty.ensemble import spread
from jaryq.uncertainty.two_stage import regrets, two_stage


def hand_tables(**changes):
    """A facility of 10 bn KZT whose works take 2027 and 2028, half of the money each; 10 bn KZT in 2027, 5 in 2028; one
    facility is asked for. No discounting, no benefits. Prices of 2028 are 1.6 times as high in ``dear``, 0.6 times in
    ``cheap``."""
    rows = {
        "settings": [{"setting": name, "value": value} for name, value in {
            "first_year": 2026, "last_year": 2028, "plan_from": 2027, "discount_rate": 0.0, "discount_basis": "nominal",
            "facilities": "divisible", "prices": 0,
            "explain": "off", "price_shortfall_1": 10.0, "price_unfunded": 3.0, "decide_by": 2028}.items()],
        "facilities": [{"facility": "F", "name": "Boiler house", "name_ru": "Котельная", "cost": 10.0,
                        "works_months": 24.0, "earliest": 2027, "latest": 2028,
                        "asset_type": "boiler", "data_status": "estimate"}],
        "asset_types": [{"asset_type": "boiler", "sector": "heat", "cost_class": "works"}],
        "price_indices": [{"index": "works", "2026": 1.0, "2027": 1.0, "2028": 1.0, "long_run": 0.0}],
        "sources": [{"source_id": "S", "name": "Budget", "kind": "budget"}],
        "source_years": [{"source_id": "S", "2027": 10.0, "2028": 5.0}],
        "targets": [{"target": "T", "measure": "facilities", "sense": ">=", "unit": "facilities", "years": "2028",
                     "value": 1.0, "priority": "1"}],
        "scenarios": [{"scenario": "cheap", "name": "Cheap", "probability": 50.0},
                      {"scenario": "dear", "name": "Dear", "probability": 50.0}],
        "scenario_changes": [{"scenario": name, "sheet": "price_indices", "years": "2028", "operation": "multiply",
                              "value": str(by)}
                             for name, by in (("cheap", 0.6), ("dear", 1.6))],
        "uncertainty": [{"uncertain": "price", "name": "Prices of 2028", "name_ru": "Цены 2028",
                         "sheet": "price_indices", "years": "2028", "operation": "multiply",
                         "distribution": "uniform", "low": 0.6, "high": 1.6},
                        {"uncertain": "money", "name": "Money of 2028", "name_ru": "Деньги 2028",
                         "sheet": "source_years", "years": "2028", "operation": "multiply",
                         "distribution": "discrete", "values": "0.8:0.5; 1.2:0.5"}],
        **changes}
    return Tables("hand", {name: Table.of(name, found) for name, found in rows.items()})


@pytest.fixture(scope="module")
def accepted():
    try:
        return accept(hand_tables(), [])
    except InputRejected as rejected:
        raise AssertionError([issue.say("en") for issue in rejected.issues]) from rejected


@pytest.fixture(scope="module")
def plan(accepted):
    program = program_of(accepted.factors)
    return solve(question(accepted.factors, program), program).plan


def test_two_stages_of_scenarios(accepted):
    """A share s of the facility costs 5 s in 2027 and 3 s (cheap) or 8 s (dear) in 2028, of which 5 are there; what is
    unfunded counts 3 times, what is missed 10, 20, 30 .. by tenths. Known: cheap s = 1 costs 8; dear s = 0.8 (the next
    tenth would cost 2.9, and save 2): 4 + 5 + 3 x 1.4 + 3 = 16.2. Together s = 0.9 (0.8 to 0.9 costs 0.8 + 2.9 and
    saves 2 x 2): 8.2 and 17.1, mean 12.65 against 12.1 if known."""
    found = futures(accepted)
    assert [branch.weight for branch in found.branches] == [0.5, 0.5]
    made = two_stage(found.branches, found.early, 10.0, mean=found.mean)
    assert [one.cost.high for one in made.known] == pytest.approx([8, 16.2])
    assert made.together.cost.high == pytest.approx(12.65)
    assert made.together.early[("start", ("F", "2027"))] == pytest.approx(0.9)
    assert made.of_information.high == pytest.approx(0.55)


def test_regret_of_scenarios(accepted):
    """Cheap's own s = 1 costs 19 in dear, 2.8 above the best; dear's 0.8 costs 9.4 in cheap, 1.4 above; at 0.8 + d they
    regret 1.4 - 12 d and 9 d: 0.6 at d = 1.4 / 21."""
    found = futures(accepted)
    made = two_stage(found.branches, found.early, 10.0)
    table = regrets(found.branches, found.early, made.known, [made.together], 10.0)
    assert [[round(one.high, 6) for one in row] for row in table.of] == [[0, 2.8], [1.4, 0], [0.2, 0.9], [0.6, 0.6]]
    assert table.bound == pytest.approx(0.6)


def test_where_money_is_missing_is_said(accepted):
    """Of the hand case above: in dear 2028 asks for 8 s and has 5. Together s = 0.9: 7.2, 2.2 missing; known s = 0.8:
    1.4; cheap's own s = 1: 3; of the least regret s = 0.8 + 1.4 / 21: 6.9333, 1.9333 missing. In cheap 3 s are paid by
    the 5."""
    found = futures(accepted)
    made = two_stage(found.branches, found.early, 10.0)
    page = run.told_of_stages(accepted, found, made, None)
    price = " The figures count it at price_unfunded of the sheet settings."
    assert page.sentences[2].en == (
        "Decided for all, money is missing in 1 of 2 futures: “Dear” 2.2 bn KZT (Boiler house 2.2)." + price)
    assert page.sentences[3].en == (
        "Even if the future were known, money is missing in 1 of 2 futures: “Dear” 1.4 bn KZT (Boiler house 1.4)."
        + price)
    assert page.sentences[2].ru.startswith("Решено для всех: денег не хватает в 1 из 2 вариантов: «Dear» 2,2 млрд "
                                           "тенге (Котельная 2,2).")
    table = regrets(found.branches, found.early, made.known, [made.together], 10.0)
    assert [sum(plan.unpaid[0].values()) for plan in table.plans] == pytest.approx([0, 0, 0, 0], abs=1e-6)
    assert [plan.unpaid[1].get("F", 0.0) for plan in table.plans] == pytest.approx([3, 1.4, 2.2,
        8 * (0.8 + 1.4 / 21) - 5], abs=1e-5)
    said = [one.en for one in run.told_of_regret(found, table).sentences]
    assert any("With the early decisions of least regret, money is missing in 1 of 2 futures: “Dear” 1.9" in one
               for one in said)


def test_amounts_of_money_that_stay_open():
    """Prices of 2027 at 1.2 in dear too: cheap's own start (all of it, 5 drawn in 2027) needs 6 there. Held, 1 is
    unfunded and counts 3; with the amounts open it is drawn from the 10 that are there and costs 1. The rest is the
    same: 5 in 2027, 5 in 2028 and 3 unfunded."""
    frame = hand_tables()["scenario_changes"].frame[["scenario", "sheet", "years", "operation", "value"]]
    changes = [*frame.to_dict("records"), {"scenario": "dear", "sheet": "price_indices", "years": "2027",
                                           "operation": "multiply", "value": "1.2"}]
    differing = accept(hand_tables(scenario_changes=changes), [])
    regret = {}
    for amounts in (True, False):
        found = futures(differing, amounts=amounts)
        made = two_stage(found.branches, found.early, 10.0)
        regret[amounts] = regrets(found.branches, found.early, made.known, [], 10.0).of[0][1].high
    assert regret[True] - regret[False] == pytest.approx(2.0)


def test_the_plan_as_it_stands(accepted, plan):
    """The plan has the whole facility. With prices of 1.6 it needs 8 in 2028: 3 unfunded; the best plan then does 5/8
    of it."""
    judge = Judge(accepted, plan)
    assert plan.start == {("F", "2027"): 1.0}
    made = judge.of(asked(["price_indices; ; 2028; multiply 1.6"]))
    assert made.stands.figures["unfunded"] == pytest.approx(3)
    assert made.stands.figures["facilities"] == pytest.approx(1)
    assert made.best.figures["facilities"] == pytest.approx(5 / 8)
    assert made.best.shares == {"F": pytest.approx(5 / 8)}
    assert (made.stands.missed, made.best.missed) == ((), ("T",))


def test_a_start_that_is_not_there_any_more_is_made_later(accepted, plan):
    """Works of a year that may begin in 2028 only: held there, where all 10 are due and 5 are there."""
    made = Judge(accepted, plan).of(asked(["facilities; ; earliest; set 2028", "facilities; ; works_months; set 12"]))
    assert made.stands.years == {"F": pytest.approx(2028)}
    assert made.stands.figures["unfunded"] == pytest.approx(5)


def test_works_that_end_after_the_last_year_go_on_and_are_paid(accepted, plan):
    """24 months become 36 from 2027 to 2029: a third of 10 is paid in 2027 and in 2028, nothing is finished by the end
    of 2028, so the target is missed; at 1.6 times the prices 16/3 are due in 2028 where 5 are there. With 60 months a
    fifth a year. The best plan has no such start and spends nothing."""
    judge = Judge(accepted, plan)
    late = judge.of(asked(["facilities; ; works_months; add 12"]))
    assert late.stands.figures["spending"] == pytest.approx(20 / 3)
    assert late.stands.figures["unfunded"] == pytest.approx(0, abs=1e-9)
    assert (late.stands.figures["facilities"], late.stands.missed) == (0.0, ("T",))
    assert late.stands.years == {"F": pytest.approx(2027)}
    assert (late.best.figures["spending"], late.best.shares) == (0.0, {})
    dear = judge.of(asked(["facilities; ; works_months; add 12", "price_indices; ; 2028; multiply 1.6"]))
    assert dear.stands.figures["unfunded"] == pytest.approx(1 / 3)
    assert judge.of(asked(["facilities; ; works_months; set 60"])).stands.figures["spending"] == pytest.approx(4)


def test_works_that_begin_later_are_paid_from_then_on(accepted, plan):
    """Works of 24 months that may begin in 2028 only: half of the money is due in 2028, nothing is finished."""
    made = Judge(accepted, plan).of(asked(["facilities; ; earliest; set 2028"]))
    assert made.stands.figures["spending"] == pytest.approx(5)
    assert made.stands.figures["facilities"] == 0.0
    assert made.stands.years == {"F": pytest.approx(2028)}


def test_works_past_their_latest_year_are_finished_when_they_end(accepted, plan):
    """Works that are to end by 2027 and take 2027 and 2028: paid and finished in 2028, as planned."""
    made = Judge(accepted, plan).of(asked(["facilities; ; latest; set 2027"]))
    assert made.stands.figures["facilities"] == pytest.approx(1)
    assert made.stands.figures["spending"] == pytest.approx(10)
    assert made.best.shares == {}


def test_late_works_of_a_lot_go_on_together(plan):
    """Two facilities of one lot, 10 and 4, 24 months each; the first takes 36 in a future: the second, which could end
    in time, begins with it: 10/3 and 2 in each of two years, the second is finished."""
    both = [{"facility": key, "name": key, "cost": cost, "works_months": 24.0, "earliest": 2027, "latest": 2028,
             "asset_type": "boiler", "data_status": "estimate",
             "lot": "L"} for key, cost in (("F", 10.0), ("G", 4.0))]
    made = accept(hand_tables(facilities=both), [])
    own = replace(plan, start={("F", "2027"): 1.0, ("G", "2027"): 1.0})
    found = Judge(made, own).of(asked(["facilities; F; works_months; add 12"]))
    assert found.stands.figures["spending"] == pytest.approx(2 * (10 / 3 + 2))
    assert found.stands.figures["facilities"] == pytest.approx(1)
    assert set(found.stands.years) == {"F", "G"}


def test_every_draw_is_that_of_a_rebuild():
    """Works of 12 months, late by none to 24: with other starts, years and payments than the base has, each draw is
    what the modelling language and stages from nothing say of the same future."""
    rows = hand_tables()["facilities"].frame.to_dict("records")
    late = {"uncertain": "late", "name": "Late", "sheet": "facilities", "column": "works_months", "operation": "add",
            "distribution": "delay", "low": 0.0,
            "likely": 6.0, "high": 24.0}
    tables = hand_tables(facilities=[{**row, "works_months": 12.0} for row in rows],
                         uncertainty=[*hand_tables()["uncertainty"].frame.to_dict("records"), late])
    made = accept(tables, [])
    program = program_of(made.factors)
    plan = solve(question(made.factors, program), program).plan
    judge = Judge(made, plan)
    uncertain = uncertain_of(made.tables)
    seen = set()
    for values in draws(uncertain, 12, 5).values.tolist():
        changes = changes_of_draw(uncertain, values)
        found = judge.of(changes)
        f = accept_changes(made, changes).factors
        best = program_of(f)
        stays = going_on(f, plan)
        held = judge.held(opened(program_of(stays), stays))
        for outcome, program in ((found.stands, held), (found.best, best)):
            own = linear_stages(program, valued(program.objectives), Solver(program)).values
            assert {name: outcome.figures[name] for name in own} == pytest.approx(own, abs=1e-9)
        seen.add(len(held.columns))
    assert len(seen) > 1


def test_what_cannot_be_is_told(accepted, plan):
    made = Judge(accepted, plan).of(asked(["facilities; ; cost; multiply -1"]))
    assert made.impossible
    assert made.stands.figures is None
    assert made.stands.why == made.impossible


def values_of(accepted, count=25):
    rows = uncertain_of(accepted.tables)
    return rows, draws(rows, count, 3).values.tolist()


def test_batches_are_kept_and_not_computed_twice(accepted, plan, tmp_path):
    rows, values = values_of(accepted)
    order, keys = order_of(accepted, plan, rows, values), keys_of(accepted)
    told = []
    first = worked_off(order, tmp_path, here, keys, resume=False, going=lambda done, of: told.append((done, of)))
    assert told == [(0, 25), (10, 25), (20, 25), (25, 25)]
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "figures-000010.parquet").write_bytes(b"half")

    def only_the_second(order, waiting):
        assert list(waiting) == [tuple(range(10, 20))]
        yield from here(order, waiting)

    again = worked_off(order, tmp_path, only_the_second, keys, resume=True)
    assert again == first
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept
    other = order_of(accepted, plan, rows, [*values[:-1], values[0]])
    assert other.key != order.key
    with pytest.raises(AssertionError):  # nothing is taken over from another order
        worked_off(other, tmp_path, only_the_second, keys, resume=True)


@pytest.mark.exhaustive
def test_any_number_of_workers_gives_the_same_bits(accepted, plan, tmp_path):
    rows, values = values_of(accepted)
    order, keys = order_of(accepted, plan, rows, values), keys_of(accepted)
    found = []
    for count in (0, 2, 5):
        folder = tmp_path / str(count)
        folder.mkdir()
        found.append(worked_off(order, folder, processes(count) if count else here, keys, resume=False))
    assert found[0] == found[1] == found[2]


@pytest.mark.exhaustive
def test_a_killed_worker_loses_nothing(accepted, plan, tmp_path):
    """The first process of the pool is killed as soon as a batch has come in."""
    rows, values = values_of(accepted, 45)
    order, keys = order_of(accepted, plan, rows, values), keys_of(accepted)
    killed = []

    def going(done, of):
        if done and not killed and (children := multiprocessing.active_children()):
            os.kill(children[0].pid, signal.SIGKILL)
            killed.append(done)

    found = worked_off(order, tmp_path, processes(2), keys, resume=False, going=going)
    assert killed
    assert found == batches.work(order, range(45))


def test_one_that_dies_again_and_again_is_told(accepted, plan, tmp_path, monkeypatch):
    rows, values = values_of(accepted, 5)
    order = order_of(accepted, plan, rows, values)
    monkeypatch.setattr(hands, "ProcessPoolExecutor", Dying)
    with pytest.raises(WorkersGone, match="draws 1 to 5") as told:
        worked_off(order, tmp_path, processes(1), keys_of(accepted), resume=False)
    assert told.value.exit_code == 4


def test_the_time_that_is_left_is_told(monkeypatch):
    """By what the draws of this run have taken: 20 in 10 s, 80 to go: 40 s; what was kept before counts for nothing (30
    kept, 10 more in 5 s: 60 to go, 30 s)."""
    now, told = [100.0], []
    monkeypatch.setattr(batches.time, "monotonic", lambda: now[0])
    left = batches.Left(lambda *said: told.append(said))
    left(0, 100)
    now[0] = 110.0
    left(20, 100)
    again = batches.Left(lambda *said: told.append(said))
    again(30, 100)
    now[0] = 115.0
    again(40, 100)
    assert told == [(0, 100, None), (20, 100, pytest.approx(40)), (30, 100, None), (40, 100, pytest.approx(30))]


def test_a_run_that_is_stopped_keeps_what_is_finished(accepted, plan, tmp_path, capsys):
    """Stopped (Ctrl-C) in the second batch: the first stands there, it is said how to go on, and going on computes the
    other two alone."""
    rows, values = values_of(accepted)
    order, keys, going = order_of(accepted, plan, rows, values), keys_of(accepted), Progressing("en")

    def stopped(order, waiting):
        yield waiting[0], batches.work(order, waiting[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept(going, tmp_path, "en", lambda going: worked_off(order, tmp_path, stopped, keys, resume=False, going=going))
    said = capsys.readouterr().err
    assert "10 of 25 futures; about" in said
    assert "stopped; 10 of 25 futures are kept" in said
    asked_for = []

    def rest(order, waiting):
        asked_for.extend(waiting)
        yield from here(order, waiting)

    found = worked_off(order, tmp_path, rest, keys, resume=True)
    assert asked_for == [tuple(range(10, 20)), tuple(range(20, 25))]
    assert found == batches.work(order, range(25))


class Dying:
    """A pool whose process dies of every task."""

    def __init__(self, *_, **__): ...
    def __enter__(self): return self
    def __exit__(self, *_): return False

    def submit(self, *_):
        future = Future()
        future.set_exception(BrokenProcessPool())
        return future


def test_an_ensemble_by_hand(accepted, plan, tmp_path):
    """Of every draw (price p, money m x 5 in 2028) the plan as it stands lacks max(0, 5 p - 5 m): each figure and the
    probability agree with that."""
    made = run.ensemble(Ground(accepted, plan, uncertain_of(accepted.tables), "k"), 40, 1, tmp_path, here, resume=False)
    lacks = [max(0.0, 5 * p - 5 * m) for p, m in made.draws.values.tolist()]
    column = made.stands[:, made.keys.index("unfunded")]
    assert column == pytest.approx(lacks, abs=1e-7)
    assert made.unfunded == pytest.approx(np.mean([one > 1e-6 for one in lacks]))
    assert made.spread("stands", "unfunded").median == pytest.approx(np.percentile(lacks, 50), abs=1e-7)
    assert made.missed("stands", "T") == 0.0
    assert made.drivers("stands", "unfunded")[0] > 0.5 > 0 > made.drivers("stands", "unfunded")[1]
    assert made.chosen("F").often == 1.0
    pages = run.told_of_ensemble(Ground(accepted, plan, uncertain_of(accepted.tables), "k"), made)
    assert "take 1 in at least 90 %" in pages[-1].sentences[0].en


def test_percentiles():
    assert (spread(np.array([5.0, 1, 2, np.nan, 4, 3])).low,
            spread(np.array([1.0, 2, 3, 4, 5])).high) == pytest.approx((1.4, 4.6))
    assert spread(np.array([np.nan])) is None


def test_a_sweep_by_hand(accepted, plan, tmp_path):
    """P10 and P90 of the price: 0.7 and 1.5; money in the middle 0.8 (the first half). Unfunded as it stands: max(0, 5
    p - 4): middle p = 1.1: 1.5, at 0.7 nothing, at 1.5 3.5; money 0.8 or 1.2 at p = 1.1: 1.5 or nothing."""
    ground = Ground(accepted, plan, uncertain_of(accepted.tables), "k")
    page, *_ = run.sweep(ground, tmp_path, here, "unfunded", "stands", two=("price", "money"))
    rows = {row[0].en: row[1:] for row in page.blocks[0].rows}
    assert [one.en for one in (*rows["Prices of 2028"][:2], *rows["Money of 2028"][:2])] == ["0.7", "1.5", "0.8", "1.2"]
    assert rows["Prices of 2028"][2:] == pytest.approx((0.0, 3.5, 3.5), abs=1e-7)
    assert rows["Money of 2028"][2:] == pytest.approx((1.5, 0.0, 1.5), abs=1e-7)
    assert page.sentences[0].en.startswith("Money that nobody pays: moved most by “Prices of 2028”, 0 to 3.5 with 1.5 "
                                           "in the middle.")
    grid = page.blocks[1]
    assert [len(grid.rows), len(grid.fields)] == [5, 3]
    assert [grid.rows[0][0].en, grid.rows[-1][0].ru] == ["0.7", "1,5"]
    assert [*grid.rows[0][1:], *grid.rows[-1][1:]] == pytest.approx((0.0, 0.0, 3.5, 1.5), abs=1e-7)
    with pytest.raises(run.Unknown, match=r"did you mean .money"):
        run.sweep(ground, tmp_path, here, "unfunded", "stands", two=("price", "mony"))
    with pytest.raises(run.Unknown, match="facilities, km"):
        run.sweep(ground, tmp_path, here, "fun", "best")


def test_effects_of_a_linear_figure(accepted, plan, tmp_path):
    """Spending of the plan as it stands is 5 + 5 p less what is unfunded; with money enough it is linear in the price
    alone: 5 x (1.6 - 0.6) = 5 over its whole range, spread 0."""
    rich = accept(hand_tables(source_years=[{"source_id": "S", "2027": 10.0, "2028": 50.0}]), [])
    ground = Ground(rich, plan, uncertain_of(rich.tables), "k")
    page, *_ = run.sweep(ground, tmp_path, here, "spending", "stands", trajectories=4, seed=1)
    rows = {row[0].en: row[-2:] for row in page.blocks[0].rows}
    assert rows["Prices of 2028"] == pytest.approx((5.0, 0.0), abs=1e-6)
    assert rows["Money of 2028"] == pytest.approx((0.0, 0.0), abs=1e-6)


def test_futures_that_cannot_be_looked_at_together(accepted):
    with pytest.raises(Unasked, match=r"did you mean .dear"):
        futures(accepted, ["deer", "cheap"])
    with pytest.raises(Unasked, match="too few"):
        futures(accepted, ["dear"])
    assert weights_of(accepted, ["base", "dear"]) == {"base": 0.5, "dear": 0.5}  # base has no probability: all alike
    unpriced = accept(hand_tables(settings=[row for row in hand_tables()["settings"].frame[["setting",
        "value"]].to_dict("records")
                                            if row["setting"] != "price_shortfall_1"]), [])
    with pytest.raises(Unasked, match="price_shortfall_1"):
        futures(unpriced)
    odd = accept(hand_tables(scenarios=[{"scenario": "cheap", "probability": 50.0},
                                        {"scenario": "dear", "probability": 20.0}]), [])
    with pytest.raises(Unasked, match="70 %, not 100 %"):
        futures(odd)


def test_fronts_and_alternatives_by_hand(accepted):
    """One facility: shortfalls stay at their least, so nothing is left to give up; no other plan is as good."""
    made = frontier_of(accepted, ("objective", "spending"), 3)
    assert [(round(p.one, 6), round(p.other, 6)) for p in made.points] == [(-10, 10)]
    near = alternatives(accepted, 5.0)
    assert near.shared == ("F",)
    assert near.groups["source"]["S"].low == near.groups["source"]["S"].high == pytest.approx(10)
    with pytest.raises(NoAxis, match="worst_region"):
        frontier_of(accepted, ("objective", "joy"), 3)


def test_pages_of_commands_stand_together(accepted, plan, tmp_path):
    """Those of the same plan are kept, those of another go; a file that is no record of ours is not read."""
    ground = Ground(accepted, plan, uncertain_of(accepted.tables), "k")
    title = Text("Hand", "Ручной")
    write_told(tmp_path, "stress", [run.told_of_stress(ground)], "k", title, "en")
    found = futures(accepted)
    made = two_stage(found.branches, found.early, 10.0, mean=found.mean)
    write_told(tmp_path, "stages", [run.told_of_stages(accepted, found, made, None)], "k", title, "ru")
    assert sorted(json.loads((tmp_path / "uncertainty.json").read_text())["pages"]) == ["stages", "stress"]
    book = openpyxl.load_workbook(tmp_path / "uncertainty.xlsx")
    assert book.sheetnames[1:] == ["Решать, не зная", "Долг под нагрузкой"]
    (tmp_path / "uncertainty.json").write_text('{"key": "k", "pages": {"stages": [{"is": "Evil"}]}}')
    write_told(tmp_path, "stress", [run.told_of_stress(ground)], "k", title, "en")
    assert sorted(json.loads((tmp_path / "uncertainty.json").read_text())["pages"]) == ["stress"]


@pytest.mark.parametrize("ends", [{}, {"end_2026": 510.0, "end_2027": 520.0, "end_2028": 530.0}],
                         ids=["", "ends of years"])
def test_the_debt_of_a_plan_under_stress(ends):
    """10 bn KZT drawn in 2027 of a dollar loan at 5 %, bullet in two years' time: everything owed is 1/0.8 of it when
    the currency falls by 20 %, also where the stock is told at rates of their own."""
    tables = hand_tables(
        sources=[{"source_id": "S", "name": "Loan", "kind": "loan", "currency": "USD", "rate": 5.0, "tenor": 10.0,
                  "grace": 2.0}],
        source_years=[{"source_id": "S", "2027": 0.1, "2028": 0.1}],
        currencies=[{"currency": "USD", "2026": 500.0, "2027": 500.0, "2028": 500.0, **ends}], scenarios=[],
        scenario_changes=[], uncertainty=[])
    try:
        accepted = accept(tables, [])
    except InputRejected as rejected:
        raise AssertionError([issue.say("en") for issue in rejected.issues]) from rejected
    program = program_of(accepted.factors)
    plan = solve(question(accepted.factors, program), program).plan
    made = {one.name.en: one for one in stressed(accepted, plan)}
    base, fallen = made["as planned"], made["the national currency falls by 20 %"]
    assert base.stock[2028] > 9
    assert fallen.stock == {year: pytest.approx(amount / 0.8) for year, amount in base.stock.items()}
    assert fallen.service == {year: pytest.approx(amount / 0.8) for year, amount in base.service.items()}


@pytest.mark.exhaustive
def test_a_cluster_with_a_worker_killed(accepted, plan, tmp_path):
    """A real cluster of two workers of this machine, one of which is killed in the middle: the same as here."""
    distributed = pytest.importorskip("distributed")
    rows, values = values_of(accepted, 60)
    order, keys = order_of(accepted, plan, rows, values), keys_of(accepted)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        killed = []

        def going(done, of):
            if done and not killed:
                os.kill(next(iter(cluster.workers.values())).process.process.pid, signal.SIGKILL)
                killed.append(done)

        found = worked_off(order, tmp_path, batches.cluster(cluster.scheduler_address), keys, resume=False, going=going)
    assert killed
    assert found == batches.work(order, range(60))
