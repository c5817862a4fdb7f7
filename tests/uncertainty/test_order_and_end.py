"""Works of a plan that a future makes late: those that end after the planned years, and those whose turn has not come
yet; each in a sentence of its own."""

import pytest

from jaryq.api.asked import asked
from jaryq.api.question import program_of
from jaryq.api.uncertain import run
from jaryq.api.uncertain.batches import here
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.judge import Judge, keys_of
from jaryq.api.uncertain.kept import draws_in, keep
from jaryq.case.uncertain import uncertain_of
from tests.uncertainty.test_what_must_be_done import one_facility, planned

WAITS = {"facility": "G", "name": "Boilers", "name_ru": "Котлы", "cost": 2.0, "works_months": 12.0,
         "asset_type": "boiler", "data_status": "estimate",
         "earliest": 2027, "latest": 2027, "must_do": "yes"}


def judged(accepted, *changes):
    """The plan of the case as it stands and a future with changes."""
    judge = Judge(accepted, planned(accepted))
    return [judge.of(asked(list(one))).stands for one in ((), changes)]


def page_of(accepted, outcomes, folder):
    """The first page of an ensemble that had these outcomes."""
    ground = Ground(accepted, planned(accepted), uncertain_of(accepted.tables), "k")
    made = run.ensemble(ground, len(outcomes), 0, folder, lambda order, waiting: iter([(waiting[0], outcomes)]),
                        resume=False)
    return run.told_of_ensemble(ground, made)[0]


@pytest.fixture(scope="module")
def waiting():
    """F (10, in 2026), G (2, in 2027) after it; 12 bn KZT a year; to 2028."""
    return one_facility(years=3, must_do="yes", earliest=2026, latest=2026, more=[{**WAITS, "after": "F"}])


def test_a_broken_order_is_no_lack_of_crews(waiting):
    """F takes 24 months in place of 12 (as late as 2027, so that it goes on): G, held in 2027, has to wait for it until
    2028: the whole of G, 1, is before its turn. No crews, no outages are stated."""
    base, late = judged(waiting, "facilities; facility=F; works_months; add 12",
                        "facilities; facility=F; latest; set 2027")
    assert [base.figures[key] for key in ("beyond", "beyond_works", "beyond_order")] == pytest.approx([0, 0, 0])
    assert [late.figures[key] for key in ("beyond", "beyond_works", "beyond_order")] == pytest.approx([1, 0, 1])
    assert late.unfinished == ()


def test_a_broken_order_has_a_sentence_of_its_own(waiting, tmp_path):
    judge = Judge(waiting, planned(waiting))
    late = ["facilities; facility=F; works_months; add 12", "facilities; facility=F; latest; set 2027"]
    page = page_of(waiting, [judge.of(asked(late)), judge.of(asked([])), judge.of(asked([]))], tmp_path)
    said = [one.en for one in page.sentences]
    assert "Works begin before those that they wait for in 1 of 3 futures: the order cannot be kept there." in said
    assert "Работы начинаются раньше тех, которых должны ждать, в 1 из 3 вариантов: порядок там не выдержать." in [
        one.ru for one in page.sentences]
    assert not any("Crews" in one for one in said)
    assert next(fact.value for fact in page.figures if "Crews" in fact.label.en) == 0
    assert "works before their turn" in [row[0].en for row in page.blocks[0].rows]


def test_a_chain_through_variants_that_breaks_is_told_too():
    """H (2029) waits for G or its variant V, of which V (24 months, half as dear) is done in 2027 and 2028; both wait
    for F. F ends in 2027 in place of 2026: V begins before its turn (2027), and so do H (through V F may end by 2026
    alone) and what stands between: the plan goes on as it stands all the same."""
    more = [{**WAITS, "after": "F"},
            {**WAITS, "facility": "V", "name": "V", "option_of": "G", "must_do": "", "works_months": 24.0,
             "latest": 2028, "cost": 1.0, "after": "F"},
            {**WAITS, "facility": "H", "name": "H", "after": "G", "earliest": 2029, "latest": 2029}]
    accepted = one_facility(years=4, must_do="yes", earliest=2026, latest=2026, more=more)
    through = [name for name in program_of(accepted.factors).rows if name[0] == "works_after_through"]
    assert {index[:3] for _, index in through} == {("H", "F", "V")}
    assert planned(accepted).start == {("F", "2026"): 1, ("V", "2027"): 1, ("H", "2029"): 1}
    base, late = judged(accepted, "facilities; facility=F; works_months; add 12",
                        "facilities; facility=F; latest; set 2027")
    assert base.figures["beyond_order"] == pytest.approx(0)
    assert late.figures is not None
    assert late.figures["beyond_order"] == pytest.approx(2)
    assert late.figures["beyond_works"] == pytest.approx(0)


@pytest.fixture(scope="module")
def ending():
    """F (10, in 2026) and G (2, in 2027), no order; to 2027."""
    return one_facility(years=2, must_do="yes", earliest=2026, latest=2026, more=[WAITS])


def test_works_that_end_after_the_last_year_are_named(ending, tmp_path):
    """G takes 24 months from 2027 and ends in 2028; half of its cost is paid. F ends in 2027 still, later than its
    latest year but in time to be counted."""
    judge = Judge(ending, planned(ending))
    late, slow, base = (judge.of(asked(one)) for one in (["facilities; facility=G; works_months; add 12"],
                                                         ["facilities; ; works_months; add 12"], []))
    assert late.stands.unfinished == ("G",)
    assert late.stands.figures["facilities"] == pytest.approx(1)
    assert slow.stands.unfinished == ("G",)
    assert slow.stands.figures["facilities"] == pytest.approx(1)
    assert base.stands.unfinished == ()
    keys = keys_of(ending)
    keep(tmp_path, (0, 1, 2), [late, slow, base], "key", keys)
    assert draws_in(tmp_path, (0, 1, 2), "key", keys) == [late, slow, base]
    page = page_of(ending, [late, slow, base], tmp_path)
    assert ("Works of the plan as it stands end after 2027 in 2 of 3 futures: 1 facility in the middle of these, most "
            "often Boilers; they are paid and not "
            "counted.") in [one.en for one in page.sentences]
    assert ("Работы плана как есть кончаются после 2027 года в 2 из 3 вариантов: в середине этих вариантов 1 объект, "
            "чаще всего Котлы; они оплачены и не "
            "засчитаны.") in [one.ru for one in page.sentences]
    block = next(block for block in page.blocks if "end after 2027" in block.head.en)
    assert [(row[0].en, row[1]) for row in block.rows] == [("Boilers", pytest.approx(200 / 3))]


def test_nothing_is_said_where_all_end_in_time(ending, tmp_path):
    ground = Ground(ending, planned(ending), uncertain_of(ending.tables), "k")
    page = run.told_of_ensemble(ground, run.ensemble(ground, 2, 0, tmp_path, here, resume=False))[0]
    assert not any("end after" in one.en for one in page.sentences)
    assert not any("end after" in block.head.en for block in page.blocks)
