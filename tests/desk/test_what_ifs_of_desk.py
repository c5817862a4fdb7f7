"""What-ifs of the page: levers that a case declares, each ordinary changes; the divisible plan moved, refused and
proved."""

import gc
import json
import queue
import signal
import threading
import time

import pytest

from jaryq.api.accepted import accept
from jaryq.api.again_decision import Moved, Passed, moved, proved, standing_of
from jaryq.api.opened import read as opened
from jaryq.api.planned import plan
from jaryq.base.errors import InputRejected
from jaryq.base.text import Text
from jaryq.desk import warm
from jaryq.desk.kept_warm import KeptWarm
from jaryq.desk.levers import Lever, changes_at, levers, stated_in
from jaryq.desk.prepared import Prepared, in_turn, places_of
from jaryq.desk.warmed import MOST_GIVEN, Warmed
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed_changes import typed_changes
from tests.make import with_settings
from tests.rich import rich_tables
from tests.sampled import exhaustive_beside
from tests.workbooks import minimal_tables, plain_workbook

FENCE = 600.0
"""Seconds after which a process is taken for dead: nothing here is about how long an answer takes."""


def figures(one):
    return {figure["key"]: figure.get("value") for figure in one.shown["scenario"]["pages"][0]["figures"]}


@pytest.fixture
def rich(tmp_path):
    plain_workbook(rich_tables(), tmp_path / "rich.xlsx")
    return tmp_path / "rich.xlsx"


def stopping(tables, changes):
    try:
        accept(tables, (), extra=changes)
    except InputRejected as rejected:
        return {issue.code for issue in rejected.issues if issue.severity == "stop"}
    return set()


def test_levers_are_what_the_case_declares():
    tables = rich_tables()
    found = {lever.key: lever for lever in levers(tables)}
    assert all(lever.low <= lever.now <= lever.high and lever.step > 0 for lever in found.values())
    assert changes_at(tuple(found.values()), {}) == ()
    assert changes_at(tuple(found.values()), {key: lever.now for key, lever in found.items()}) == ()


def test_every_lever_of_a_case_is_a_change_that_is_one():
    """Whatever stands in the workbook, what a lever asks for is read as changes, and none of them stops for its
    form."""
    tables = rich_tables()
    for lever in levers(tables):
        for value in (lever.low, lever.high):
            changes, issues = typed_changes(lever.changes(value), "what if")
            assert not issues, lever.key
            assert "change_unfit" not in stopping(tables, changes), lever.key


def test_a_partner_with_two_sources_is_one_lever():
    sources = [{"source_id": "J1", "kind": "loan", "partner": "JP", "envelope": 4.0},
               {"source_id": "J2", "kind": "grant", "partner": "JP"}, {"source_id": "M"}]
    tables = Tables("case", {"sources": Table.of("sources", sources),
                             "source_years": Table.of("source_years", [{"source_id": "J2", "2026": 1.0}])})
    money = next(lever for lever in levers(tables) if lever.key == "money-JP")
    assert money.changes(0.0) == ("sources; source_id=J1|J2; envelope; multiply 0",
                                  "source_years; source_id=J2; ; multiply 0")
    assert money.changes(50.0)[0].endswith("multiply 0.5")
    assert money.changes(100.0) == ()


@pytest.mark.parametrize("key", ["a;b", "a,b", "a=b", "a*", "a|b"])
def test_a_key_that_would_mean_something_in_a_selector_is_no_lever(key):
    tables = Tables("case", {"sources": Table.of("sources", [{"source_id": key, "partner": "JP", "envelope": 4.0}]),
                             "targets": Table.of("targets", [{"target": key, "value": 3.0, "sense": ">="}]),
                             "currencies": Table.of("currencies", [{"currency": key}])})
    assert [lever.key for lever in levers(tables) if lever.key != "later"] == []


def test_a_what_if_is_the_divisible_plan_of_the_changed_case(rich):
    """The figures of the decision page are those of a plan of the same case with the same changes, from nothing;
    proved, the distance is there."""
    plain_workbook(with_settings(rich_tables(), facilities="divisible", prices=0.0), rich.with_name("divisible.xlsx"))
    standing = standing_of(rich, "base")
    source = next(iter(standing.accepted.case.sources))
    changes = ("facilities; ; cost; multiply 1.1",)
    one = moved(standing, changes)
    # Nothing is proved yet, and nothing says so.
    assert one.shown["texts"][figures(one)["distance"][0]][0] == "not proved yet"
    assert not any("proved;" in said[0] or "which is proved" in said[0] for said in one.shown["texts"])
    done = proved(one)
    assert done.proved
    assert any("which is proved" in said[0] for said in done.shown["texts"])
    from_nothing = plan(opened(rich.with_name("divisible.xlsx"), changes=list(changes)))
    report = from_nothing._report
    for key in ("spending", "facilities", "km"):
        if key in figures(done):
            assert figures(done)[key] == pytest.approx(report.fact(key).value, rel=1e-6), (key, source)
    assert figures(done)["distance"] == pytest.approx(0.0, abs=1e-6)


def test_what_nobody_waits_for_any_more_is_not_finished(rich):
    standing = standing_of(rich, "base")
    asked = []

    def wanted():
        asked.append(None)
        return len(asked) < 2

    with pytest.raises(Passed):
        moved(standing, ("facilities; ; cost; multiply 1.1",), wanted)
    assert len(asked) == 2


def test_levers_of_a_scenario_begin_where_it_stands():
    """The scenario doubles the target of 3, so that the lever stands at 6; the scenario itself is no switch of its
    own."""
    tables = Tables("case", {"targets": Table.of("targets", [{"target": "T", "value": 3.0, "sense": ">="}]),
                             "scenarios": Table.of("scenarios", [{"scenario": "more"}, {"scenario": "other"}]),
                             "scenario_changes": Table.of("scenario_changes",
                                                          [{"scenario": name, "sheet": "targets",
                                                            "selector": "target=T", "column": "value",
                                                                                "operation": "multiply", "value": by}
                                                                                for name, by in (("more", 2.0),
                                                                                ("other", 3.0))])})
    found = {lever.key: lever for lever in levers(stated_in(tables, "more"), "more")}
    assert found["target-T"].now == 6.0
    assert "scenario-other" in found
    assert "scenario-more" not in found
    assert {lever.key: lever.now for lever in levers(stated_in(tables, "base"))}["target-T"] == 3.0


def test_a_process_answers_the_last_question_then_proves_it(tmp_path):
    """Three questions at once: the last is answered; a change that is none is refused in words, and the process goes
    on."""
    from tests.test_cli import BASE

    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    warmed = Warmed(tmp_path / "case.xlsx", "base")
    try:
        until(lambda: warmed.answers.ready)
        for factor in (1.1, 1.2, 1.3):
            warmed.ask((f"facilities; ; benefit; multiply {factor}",))
        assert until(lambda: warmed.answers.proved and warmed.answers.proved["number"] == 3
                     and warmed.answers.proved)["changes"] == ["facilities; ; benefit; multiply 1.3"]
        assert warmed.answers.moved["number"] == 3
        warmed.ask(("facilities; ; no_such; multiply 2",))
        refused = until(lambda: warmed.answers.refused)
        assert "no_such" in refused["said"][0][0]
        assert len(refused["said"][0]) == 4
        assert not warmed.waits
        assert warmed.fresh
        (tmp_path / "case.xlsx").write_bytes(b"another")
        assert not warmed.fresh
    finally:
        warmed.close()
    assert until(lambda: warmed.answers.ended)


def until(found, seconds=FENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("nothing came")


@exhaustive_beside("test_a_process_answers_the_last_question_then_proves_it",
                   "test_the_newest_question_goes_first_and_no_visitor_is_forgotten")
def test_two_visitors_have_each_his_own_answer(tmp_path):
    """Both ask at once: both are answered and proved, each for his own changes; the case as it stands stays what it
    was, and who moves on does not undo the other."""
    from tests.test_cli import BASE

    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    first, second, third = ((f"facilities; ; cost; multiply {factor}",) for factor in (1.1, 1.2, 1.3))
    warmed = Warmed(tmp_path / "case.xlsx", "base")
    try:
        until(lambda: warmed.answers.ready)
        stated = figures_of(warmed.given(()).moved)
        warmed.ask(first, by="A")
        warmed.ask(second, by="B")
        assert warmed.waits
        for changes in (first, second):
            assert until(lambda changes=changes: warmed.given(changes).proved)["changes"] == list(changes)
        assert figures_of(warmed.given(first).moved) != figures_of(warmed.given(second).moved)
        assert figures_of(warmed.given(()).moved) == stated
        assert warmed.given(third).moved is None
        warmed.ask(third, by="A")
        assert warmed.given(second).proved is not None
    finally:
        warmed.close()


class Program:
    """In place of the warm program: what was asked of it, in turn; ``during`` happens while it computes."""

    def __init__(self, monkeypatch):
        self.calls, self.said, self.during = [], [], {}
        self.asked = queue.Queue()
        monkeypatch.setattr(warm, "moved", lambda standing, changes, wanted: self.do("moved", changes, wanted))
        monkeypatch.setattr(warm, "proved", lambda one, wanted: self.do("proved", one.changes, wanted))
        monkeypatch.setattr(warm, "QUIET", 0.01)
        self.turns = warm.Turns(None, self.one((), proved=False), self.asked, self.said.append)

    def one(self, changes, *, proved):
        return Moved(changes, {}, None, 0.0, proved, None, None)

    def do(self, what, changes, wanted):
        self.calls.append((what, *changes))
        for question in self.during.pop((what, *changes), ()):
            self.asked.put(question)
        if not wanted():
            raise Passed
        return self.one(changes, proved=what == "proved")

    def go(self, *questions):
        """All of it, until nothing is left to do."""
        for question in questions:
            self.asked.put(question)
        turns = self.turns
        while turns.waiting or turns.unproved or not self.asked.empty():
            turns.turn()
        return self.calls


def question(number, by, change):
    return {"number": number, "by": by, "changes": [change] if change else None}


def test_the_newest_question_goes_first_and_no_visitor_is_forgotten(monkeypatch):
    """B asks while A's is computed: B's is answered, then A's; A's second question takes the place of his first."""
    program = Program(monkeypatch)
    program.during["moved", "a"] = [question(2, "B", "b")]
    assert program.go(question(1, "A", "a"))[:3] == [("moved", "a"), ("moved", "b"), ("moved", "a")]
    program = Program(monkeypatch)
    program.during["moved", "a"] = [question(2, "A", "c")]
    assert ("proved", "a") not in program.go(question(1, "A", "a"))
    assert [said["changes"] for said in program.said if said["kind"] == "moved"] == [["c"]]


def test_an_answer_is_out_before_the_collector_looks_through_what_was_made(monkeypatch):
    program, collecting = Program(monkeypatch), []
    program.turns.answer = lambda said: collecting.append(gc.isenabled())
    program.go(question(1, "A", "a"))
    assert collecting == [False, False, False]  # moved, proved, ready
    assert gc.isenabled()


def test_a_proof_is_put_off_by_whoever_asks_and_comes_then(monkeypatch):
    program = Program(monkeypatch)
    program.during["proved", "a"] = [question(2, "B", "b")]
    calls = program.go(question(1, "A", "a"))
    assert calls[:3] == [("moved", "a"), ("proved", "a"), ("moved", "b")]
    assert [(said["kind"], said["changes"]) for said in program.said] == [("moved", ["a"]), ("moved", ["b"]),
        ("proved", ["b"]), ("proved", ["a"]), ("ready", [])]
    # What was put off was not moved again for it.
    assert calls.count(("moved", "a")) == 1


@pytest.mark.skipif(warm.WAKES is None, reason="no such signal here")
def test_a_proof_is_left_at_once_wherever_it_is(monkeypatch):
    """In the midst of a step, which asks nobody whether it may go on; it is proved once nobody asks any more."""
    program, steps = Program(monkeypatch), []

    def step(one, wanted):
        steps.append(one.changes)
        if len(steps) == 1:
            threading.Thread(target=lambda: (program.asked.put(question(2, "B", "b")), warm.wake())).start()
            end = time.monotonic() + 30.0
            while time.monotonic() < end:
                pass
        return program.one(one.changes, proved=True)

    monkeypatch.setattr(warm, "proved", step)
    before = signal.signal(warm.WAKES, program.turns.give_way)
    try:
        begun = time.monotonic()
        program.go(question(1, "A", "a"))
        warm.wake()  # where nothing is being proved it does nothing
    finally:
        signal.signal(warm.WAKES, before)
    assert time.monotonic() - begun < 20.0
    assert steps == [("a",), ("b",), ("a",), ()]
    assert [(said["kind"], said["changes"]) for said in program.said] == [
        ("moved", ["a"]), ("moved", ["b"]), ("proved", ["b"]), ("proved", ["a"]), ("ready", [])]


def test_a_proof_is_asked_between_its_stages_whether_it_may_go_on(rich):
    """Wherever it is put off, it ends there."""
    one, asked = moved(standing_of(rich, "base"), ("facilities; ; cost; multiply 1.1",)), []
    assert proved(one, lambda: not asked.append(None)).proved
    assert len(asked) >= 6
    for last in (1, len(asked) // 2, len(asked)):
        seen = []

        def wanted(seen=seen, last=last):
            seen.append(None)
            return len(seen) < last

        with pytest.raises(Passed):
            proved(one, wanted)
        assert len(seen) == last


@exhaustive_beside("test_answers_are_there_before_they_are_asked_for")
def test_what_was_answered_once_costs_nothing_again(tmp_path, monkeypatch):
    """There and back and there: the third question is answered at once, and the process is told that nothing is to be
    done."""
    from tests.test_cli import BASE

    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    changes = ("facilities; ; cost; multiply 1.1",)
    warmed = Warmed(tmp_path / "case.xlsx", "base")
    try:
        until(lambda: warmed.answers.ready)
        warmed.ask(changes)
        until(lambda: warmed.given(changes).proved)
        until(lambda: warmed.given(()).proved)
        sent = []
        monkeypatch.setattr(warmed._process.stdin, "write", sent.append)
        warmed.ask(())
        warmed.ask(changes)
        assert not warmed.waits
        assert warmed.given(changes).proved["changes"] == list(changes)
        assert [json.loads(line)["changes"] for line in sent] == [None, None]
        # What is remembered has an end; what stands on a page, and the case as it stands, are kept.
        for number in range(2 * MOST_GIVEN):
            warmed._take({"kind": "moved", "number": 0, "changes": [str(number)], "proved": False})
        assert len(warmed._given) <= MOST_GIVEN + 2
        assert warmed.given(changes).proved is not None
        assert warmed.given(()).proved is not None
        assert warmed.given(("0",)).moved is None
    finally:
        warmed.close()


def test_who_is_put_away_by_another_scenario_can_tell_for_what(tmp_path):
    from tests.test_cli import BASE

    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    kept = KeptWarm()
    try:
        mine = kept.of(tmp_path / "case.xlsx", "base")
        assert kept.of(tmp_path / "case.xlsx", "base") is mine
        assert kept.put_away(mine) is None
        other = kept.of(tmp_path / "case.xlsx", "another")
        assert until(lambda: mine.answers.ended)
        assert kept.put_away(mine) is other
        assert kept.put_away(other) is None
    finally:
        kept.close()


def test_answers_are_there_before_they_are_asked_for(tmp_path):
    """Each position alone, the nearest first; asked for, it stands at once, equal to what the process then answers
    itself, and is proved."""
    from tests.test_cli import BASE

    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    lever = Lever("costs", Text("Costs", "Затраты"), Text("%", "%"), 80.0, 120.0, 10.0, 100.0,
                  ("facilities; ; cost; multiply {value}",), 0.01)
    wrong = Lever("wrong", Text("Wrong", "Неверно"), None, 0.0, 1.0, 1.0, 0.0, ("facilities; ; no_such; multiply 2",))
    assert places_of(lever) == [110.0, 90.0, 120.0, 80.0]
    kept = KeptWarm()
    warmed = kept.of(tmp_path / "case.xlsx", "base")
    try:
        kept.ahead = Prepared(warmed, (lever, wrong), slow=0.0, behind=False)
        until(lambda: kept.ahead.done, 180.0)
        assert set(kept.ahead.answers) == {lever.changes(place) for place in places_of(lever)} | {wrong.changes(1.0)}
        known = kept.known(lever.changes(120.0))
        warmed.ask(lever.changes(120.0), known)
        assert not warmed.waits
        assert (warmed.answers.moved["number"], warmed.answers.moved["shown"]) == (1, known["shown"])
        assert until(lambda: warmed.answers.proved)["changes"] == ["facilities; ; cost; multiply 1.2"]
        own = warmed.answers.moved
        assert "known" not in own
        assert figures_of(own) == pytest.approx(figures_of(known), rel=1e-9)
        warmed.ask(wrong.changes(1.0), kept.known(wrong.changes(1.0)))
        assert warmed.answers.refused["number"] == 2
    finally:
        kept.close()
    assert kept.now is None


@exhaustive_beside("test_answers_are_there_before_they_are_asked_for")
def test_levers_that_take_a_moment_are_prepared_next_to_them_and_at_their_ends(tmp_path):
    """From 1.5 s of processor on the others follow; this small case takes hundredths."""
    from tests.test_cli import BASE

    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    lever = Lever("costs", Text("Costs", "Затраты"), Text("%", "%"), 80.0, 120.0, 10.0, 100.0,
                  ("facilities; ; cost; multiply {value}",), 0.01)
    kept = KeptWarm()
    kept.ahead = Prepared(kept.of(tmp_path / "case.xlsx", "base"), (lever,), behind=False)
    try:
        until(lambda: kept.ahead.done, 180.0)
        assert set(kept.ahead.answers) == {lever.changes(place) for place in (110.0, 80.0, 120.0)}
    finally:
        kept.close()


def test_ends_are_prepared_before_what_is_between_those_of_the_slowest_lever_first():
    """Costs at 100 of 80 to 120 in tens, a delay of 0 to 2 years, another of dates, a switch. The delay takes 3 s, the
    switch 2.5, costs 1, but 2 at their ends: so the one place of them that is left follows. What moves dates takes
    longest by its kind, and comes first whole."""
    costs = Lever("costs", Text("Costs", "Затраты"), Text("%", "%"), 80.0, 120.0, 10.0, 100.0, ("{value}",), 0.01)
    later = Lever("later", Text("Later", "Позже"), Text("years", "лет"), 0.0, 2.0, 1.0, 0.0, ("{value}",))
    lender = Lever("lender", Text("Lender", "Кредитор"), Text("yr", "г."), 0.0, 2.0, 1.0, 0.0, ("{value}",),
                   dates=True)
    switch = Lever("switch", Text("Switch", "Сценарий"), None, 0.0, 1.0, 1.0, 0.0, ("{value}",))
    took = {"costs": 1.0, "later": 3.0, "switch": 2.5, "lender": 3.5}
    for at_ends, last in ((2.0, [("costs", 90.0)]), (1.0, [])):
        order, found, effort = in_turn((costs, later, lender, switch), 1.5), [], None
        try:
            while True:
                lever, place = next(order) if effort is None else order.send(effort)
                found.append((lever.key, place))
                effort = at_ends if lever is costs and place in (80.0, 120.0) else took[lever.key]
        except StopIteration:
            pass
        assert found == [("lender", 1.0), ("lender", 2.0), ("costs", 110.0), ("later", 1.0), ("switch", 1.0),
                         ("later", 2.0), ("costs", 80.0), ("costs", 120.0), *last]


def figures_of(answer):
    return {figure["key"]: figure["value"] for figure in answer["shown"]["scenario"]["pages"][0]["figures"]
            if isinstance(figure.get("value"), float | int)}


def test_what_answers_beforehand_gives_way_at_every_priority_of_the_server(tmp_path, monkeypatch):
    """A server at 8 has its own process at 8; the one behind stands lower (a greater number), not at a fixed 5."""
    given = {}
    monkeypatch.setattr("os.getpriority", lambda which, process: 8)
    monkeypatch.setattr("os.setpriority", lambda which, process, number: given.update({process: number}))
    for behind in (False, True):
        Warmed(tmp_path / "case.xlsx", "base", behind=behind).close()
    assert list(given.values()) == [13]
