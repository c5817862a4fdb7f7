"""Words of the front pages that are true of all they speak of: few sentences in front, one reason for several products,
what has no name is not named."""

import re
from types import SimpleNamespace

import pytest

from jaryq.base.text import Text
from jaryq.handover import aims, answers, lenders
from jaryq.handover.counting import before
from jaryq.handover.decision import RULES
from jaryq.handover.said_aims import on_the_way, reached_and_missed
from jaryq.report.alike import shape, together
from jaryq.report.points import more
from jaryq.report.shapes import Out
from jaryq.report.words import OPEN, POINTS, same
from tests.handover.test_sentences import CASE, funding, report, target, targets


def pace(year, share):
    return Text(f"its pace binds: by the end of {year} at most {share} % of 1,500 may be drawn",
                f"держит темп: к концу {year} года не более {share} % из 1\u00a0500")


def test_what_is_true_of_each_is_told_as_a_range():
    """45, 72 and 85 % by one year; of one product nothing changes; another year is a range too."""
    said = together([pace(2030, 85), pace(2030, 45), pace(2030, 72)])
    assert said.en == "its pace binds: by the end of 2030 at most 45 to 85 % of 1,500 may be drawn"
    assert said.ru == "держит темп: к концу 2030 года не более 45–85 % из 1\u00a0500"
    assert together([pace(2030, 45)] * 2) == pace(2030, 45)
    assert together([Text("to 9.5 and 1,000", "до 9,5 и 1\u00a0000"),
                     Text("to 10.5 and 900", "до 10,5 и 900")]).ru == "до 9,5–10,5 и 900–1\u00a0000"
    assert shape(pace(2030, 45)) == shape(pace(2029, 85)) != shape(Text("it is dearer: 0.6", "дороже: 0,6"))


def test_products_of_a_lender_have_each_their_pace():
    """30, 60 and 20 are left by paces of 85, 45 and 45 %, 50 by price: the paces hold most, though the price holds more
    than any one of them but one."""
    left = [{"group": same("Institutions"), "status": OPEN, "total": v, "why": w}
            for v, w in ((30.0, pace(2030, 85)), (60.0, pace(2030, 45)), (20.0, pace(2030, 45)),
                         (50.0, same("it is dear")))]
    row = {"partner": same("Institutions"), "source": "W", "name": same("W"), "status": OPEN, "total": 4.0,
           "currency": "USD", "count": 1}
    page = lenders.lenders(CASE, report(partners=Out("partners", ("source",), (row,), sums=("total",)),
                                        funding=funding(loan=(16.0, 0.0)),
                                        unused=Out("unused", ("group",), tuple(left))))
    [one] = page.sentences
    assert one.en.endswith("160 more are not drawn, mostly because its pace binds: by the end of 2030 at most 45 to 85 "
                           "% of 1,500 may be drawn, by product.")
    assert one.ru.endswith("ещё 160 не выбрано, больше всего потому, что держит темп: к концу 2030 года не более 45–85 "
                           "% из 1\u00a0500 (по продуктам).")


def test_what_is_left_of_one_of_two_products_is_told_of_it():
    """The other is drawn whole: its pace, of all of it, is no reason."""
    rows = tuple({"partner": same("Japan"), "source": key, "name": Text(key, ru), "status": OPEN, "total": total,
                  "currency": "JPY", "count": 1} for key, ru, total in (("L", "З", 4.0), ("G", "К", 1.0)))
    left = {"group": same("Japan"), "name": Text("L", "З"), "status": OPEN, "total": 5.0, "why": pace(2030, 45)}
    page = lenders.lenders(CASE, report(partners=Out("partners", ("source",), rows, sums=("total",)),
                                        funding=funding(loan=(16.0, 0.0)), unused=Out("unused", ("group",), (left,))))
    [one] = page.sentences
    assert "5 more are not drawn (L), because its pace binds" in one.en
    assert "ещё 5 не выбрано (З), так как держит темп" in one.ru


def test_the_first_page_has_six_sentences_at_most():
    assert len(RULES) <= 6
    made = targets(target("A", "km", 10.0, 9.0), target("B", "facilities", 20.0, 5.0))
    [one] = reached_and_missed(CASE, report(targets=made))
    assert one.en == (
        "By 2030: 9 of 10 km asked are renewed, 1 short; 5 of 20 km asked are in service, 15 short; furthest from what "
        "was asked: B, 5 of 20 km.")
    assert one.ru.endswith("; дальше всего от требуемого: B, 5 из 20 км.")
    assert not re.search(r"[.!?] ", one.en)
    assert reached_and_missed(CASE, report(targets=targets(target("A", "km", 1.0,
        1.0))))[0].en == "By 2030: 1 of 1 km asked are renewed."


def test_what_is_missed_of_a_missing_part_is_said_so():
    """A balance without any capacity of its own states what is missing alone: 100 % of it is not the whole town."""
    balances = (SimpleNamespace(name=same("Heat of S"), origin="S", available={2026: 0.0}),
                SimpleNamespace(name=same("Heat of T"), origin="T", available={2026: 5.0}))
    case = SimpleNamespace(**{**vars(CASE), "balances": balances})
    rows = targets(target("Of S", "km", 10.0, 0.0, year="2026", origin="S"),
                   target("Of T", "km", 10.0, 1.0, year="2026", origin="T"))
    [one] = on_the_way(case, report(targets=rows))
    assert one.en == (
        "Missed in the years before: Of S, 2026 (by 100 % of what is missing there today); Of T, 2026 (by 90 %).")
    assert one.ru == (
        "Не достигнуто в годы до этого: Of S, 2026 (на 100 % того, чего там не хватает сейчас); Of T, 2026 (на 90 %).")
    assert next(note.en for note in aims._of_missing_alone(case, rows.rows)).startswith("Heat of S: ")


@pytest.mark.parametrize(("status", "named"), [("illustrative", ["B"]), ("estimate", ["A", "B"])])
def test_what_has_no_name_is_no_firmest_choice(status, named):
    """A is firmer, but stands for a plant that is not named yet: nobody can find it."""
    case = SimpleNamespace(projects={"A": SimpleNamespace(data_status=status),
                                     "B": SimpleNamespace(data_status="reported")})
    rows = tuple({"project": key, "name": same(key), "now": same("done"), "least": least, "unit": POINTS,
                  "first": same("Shortfall of priority 2")} for key, least in (("A", 3.0), ("B", 1.0)))
    block = answers._firm(case, report(why=Out("why", ("project",), rows)))
    assert [row[0].en for row in block.rows] == named
    assert block.rows[-1][2].en == f"Shortfall of priority 2: {more(1.0).en}" == (
        "Shortfall of priority 2: as if one more aim lacked 40 % of what it asks")
    assert any("Illustrative" in note.en for note in block.notes) == (status == "illustrative")


def test_what_was_finished_before_is_told_where_it_counts():
    """Of three that count one was finished before; one that does not count is not told."""
    def facility(name, done, counts=True):
        return SimpleNamespace(id=name, name=name, name_ru="", done=done, counts=counts, region=None)

    known = {"A": facility("A", 2025), "B": facility("B", None), "C": facility("C", None),
             "D": facility("D", 2024, counts=False)}
    case = SimpleNamespace(settings=SimpleNamespace(plan_from=2026), facilities=known,
                           assets={key: (key,) for key in known})
    assert [note.en for note in before(case)] == ["1 facility of those that count was finished before 2026 and not in "
                                                  "the plan: A."]
    assert before(SimpleNamespace(**{**vars(case), "assets": {"B": ("B",)}})) == ()
