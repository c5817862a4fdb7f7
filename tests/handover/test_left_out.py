"""Facilities that are left out, by the kind of reason: sentences that differ by a name or a number are one kind."""

from types import SimpleNamespace

import pytest

from jaryq.base.text import Text
from jaryq.handover.counting import not_counting, reconciled
from jaryq.handover.left_out import LESS_WORTH, MISSES_MORE, NOT_DECIDED, OPEN_TOO, left_out, reason_of, some, worse_by
from jaryq.report.counting import counting, others, what_they_are
from jaryq.report.shapes import Out
from jaryq.report.why import CANNOT, KINDS_OF_CHOICE, STATES, VERDICTS
from jaryq.report.words import IN_PLAN, NO_SOURCE, NOT_CHOSEN, NOT_IN, OTHER_VARIANT, UNIT_WORDS, WAITS_FOR, same

SHORTFALL = Text("normalised shortfall", "нормированное недовыполнение")


def choice(verdict, unit="bn KZT", **more):
    return {"choice": KINDS_OF_CHOICE["facility"], "now": STATES["out"], "verdict": VERDICTS[verdict],
            "unit": UNIT_WORDS.get(unit, SHORTFALL), "why": same("w")} | more


@pytest.mark.parametrize(("why", "row", "kind"), [
    (OTHER_VARIANT, choice("never", least=1.0), OTHER_VARIANT),
    (Text(f"{NO_SOURCE.en}: X is closed", f"{NO_SOURCE.ru}: X закрыт"), None, NO_SOURCE),
    (Text(f"{WAITS_FOR.en}: Boiler", f"{WAITS_FOR.ru}: Котёл"), None, WAITS_FOR),
    (NOT_CHOSEN, choice("open", most=1.0), OPEN_TOO), (same("not selected; the lender's ticket is 5"),
                                                       choice("open", most=1.0), OPEN_TOO),
    (same("not selected: if done, worse by 3"), choice("never", least=3.0), LESS_WORTH),
    (NOT_CHOSEN, choice("never", "shortfall", first=same("Shortfall of priority 2"), least=0.5),
     MISSES_MORE.fill(stage=same("Shortfall of priority 2"))),
    (NOT_CHOSEN, choice("undecided"), NOT_DECIDED), (NOT_CHOSEN, choice("never", why=CANNOT), CANNOT),
    (NOT_CHOSEN, None, NOT_CHOSEN),
])
def test_the_kind_of_a_reason(why, row, kind):
    """What the input forbids comes before what the other choice was found to be."""
    assert reason_of(why, row) == kind


def test_the_range_by_which_plans_are_worse():
    """Of what is shut out the least that is certain, of open choices what the plan found loses; nothing where nothing
    is known."""
    assert worse_by(LESS_WORTH, [choice("never", least=19.0),
                                 choice("never", least=9.07, most=99.0)]).en == "9.1 to 19 bn KZT"
    assert worse_by(OPEN_TOO, [choice("open", most=0.5, least=-3.0)]).ru == "0,50 млрд тенге"
    assert worse_by(OPEN_TOO, [choice("open", most=-0.5), choice("open", most=0.71)]).en == (
        "0.71 bn KZT at most; with some it is better by up to 0.50 bn KZT, aims missed alike to within the tolerance "
        "of the search")
    assert worse_by(OPEN_TOO, [choice("open")]) is None
    assert worse_by(NOT_DECIDED, [choice("undecided", least=1.0)]) is None
    assert worse_by(OTHER_VARIANT, [choice("never", least=1.0)]) is None


def test_two_that_differ_by_a_number_are_one_row():
    rows = [{"facility": key, "name": same(key), "status": NOT_IN, "why": same(f"not selected: worse by {n}")}
            for key, n in (("A", 1), ("B", 2), ("C", 3))]
    rows += [{"facility": "D", "name": same("D"), "status": NOT_IN, "why": OTHER_VARIANT},
             {"facility": "E", "name": same("E"), "status": IN_PLAN, "why": None}]
    why = Out("why", ("project",), tuple(choice("never", least=n, project=key)
                                         for key, n in (("A", 1.0), ("B", 2.0), ("C", 3.0))))
    table = left_out(SimpleNamespace(tables={"why": why}), rows, same("head"), 2)
    assert [(row[0], row[1], row[2] and row[2].en, row[3].en) for row in table.rows] == [
        (LESS_WORTH, 3, "1 to 3 bn KZT", "A; B and 1 more"), (OTHER_VARIANT, 1, None, "D")]


def test_names_and_how_many_more():
    assert some([same("A")], 2) == same("A")
    assert some([same("A"), same("B"), same("C")], 2) == Text("A; B and 1 more", "A; B и ещё 1")


def facility(counts, region=None):
    return SimpleNamespace(counts=counts, region=region, data_status="estimate" if counts else "illustrative")


CASE = SimpleNamespace(
    facilities={"A": facility(True, "X"), "A2": facility(False, "X"), "A3": facility(False, "X"),
                "B": facility(False, "X"), "C": facility(True), "C2": facility(True)},
    assets={"A": ("A", "A2", "A3"), "B": ("B",), "C": ("C", "C2")})


def status(out):
    return [{"facility": key, "status": NOT_IN if key in out else IN_PLAN} for key in CASE.facilities]


@pytest.mark.parametrize(("out", "en", "ru"), [
    (("A2", "A3", "B", "C2"), "4 in all: 3 variants of facilities that are done in another way, and 1 facility of "
                              "which nothing is done. "
     "None of these counts towards the programme (all of them illustrative).",
     "Всего 4: 3 варианта объектов, которые выполняются иначе, и 1 объект, по которым не делается ничего"),
    (("B", "C", "C2"), "3 in all. 1 of these 2 count towards the programme.",
     "Всего 3. Из этих 2 в программу засчитывается 1."),
    (("A2",), "1 in all: 1 variant of facilities that are done in another way.",
     "Всего 1: 1 вариант объектов, которые выполняются иначе."),
])
def test_what_is_left_out_is_reconciled_with_facilities(out, en, ru):
    """They are those of variants of what is done and those of what is not done at all; only the latter could count."""
    [one] = reconciled(CASE, status(out))
    assert one.en == en
    assert one.ru.startswith(ru)
    assert reconciled(CASE, status(())) == ()


def test_what_counts_by_region():
    """Of three facilities two count by a variant; B is an alternative that none can miss."""
    assert counting(CASE) == ["A", "C"]
    assert (counting(CASE, "X"), counting(CASE, "")) == (["A"], ["C"])
    assert [one.en for one in not_counting(CASE)] == ["Not counted here: 1 facility (all of them illustrative), which "
                                                      "are no part of the programme's number."]
    assert others(CASE) == ["B"]
    assert not_counting(SimpleNamespace(facilities=CASE.facilities, assets={"A": ("A",)})) == ()


@pytest.mark.parametrize(("status", "said"), [
    (("illustrative", "illustrative"), Text("all of them illustrative", "все они условные")),
    (("illustrative", "estimate", "reported"), Text("1 of them illustrative, the others no facilities of the programme",
                                                    "из них условных 1, остальные не объекты программы")),
    (("estimate",), Text("no facilities of the programme", "не объекты программы"))])
def test_what_does_not_count_is_called_by_the_status_of_its_data(status, said):
    """The tile of the first page, its sentence and the page of answers say one thing of the same rows."""
    rows = {str(at): SimpleNamespace(counts=False, region=None, data_status=one) for at, one in enumerate(status)}
    assert what_they_are(SimpleNamespace(facilities=rows), list(rows)) == said
