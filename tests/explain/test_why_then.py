"""Why then, in sentences: sums that hold as they are shown, limits by their own names, a line for each year; every
figure by hand from the parts below."""

import re

import pytest

from jaryq.api.accepted import accept
from jaryq.api.why_then import ask_said, money_said, then_said
from jaryq.explain.parts import OWN, PAID, Beside, Parts
from tests.hand.test_hand_wishes import decided, tables, two

CREWS = "ceiling[B,2027]"


@pytest.fixture(scope="module")
def known():
    return accept(tables(two()), []).case, decided(two())


def one(money, own, ceiling, year=2026):
    """The chosen start costs nothing of each; the other ``money`` more, brings ``-own`` more, and ``ceiling`` more of
    the ceiling of B in 2027."""
    return Beside("2028Q2", Parts({}), f"{year}Q2", Parts({PAID: money, OWN: own, CREWS: ceiling}), year)


def test_the_earlier_start_costs_more_money_and_brings_more(known):
    """7.73 - 5.35 - 2.38 = 0: alike; 2.154 - 1.284 + 0 = 0.87; 0.5 - 0.2 + 0.4 = 0.7."""
    alike, dearer, taking = one(7.73, -5.35, -2.38), one(2.154, -1.284, 0.0, 2027), one(0.5, -0.2, 0.4, 2025)
    said = [text.en for text in then_said(*known, alike, [taking, alike, dearer])]
    assert said[0].startswith("Why then: 2026 Q2 in place of 2028 Q2 would cost the same with projects reckoned by "
                              "parts: the money for it +7.73; what it brings -5.35; ")
    assert said[0].endswith("2027 -2.38.")
    assert "B" in said[0]
    assert said[1].startswith("Not 2025 Q2 but 2028 Q2: begun then, the money for it would cost 0.50 bn KZT more. Its "
                              "benefits would be 0.20 bn KZT more. "
                              "Others would lose 0.40 bn KZT by limits that bind: ")
    assert said[1].endswith(". In all it is 0.70 bn KZT dearer.")
    assert said[2].endswith(". In all it comes to the same, with projects reckoned by parts: money does not tell the "
                            "two apart.")
    assert " Others would gain 2.38 bn KZT by limits that bind: " in said[2]
    assert said[3] == ("Not 2027 Q2 but 2028 Q2: begun then, the money for it would cost 2.15 bn KZT more. Its "
                       "benefits would be 1.28 bn KZT more. "
                       "In all it is 0.87 bn KZT dearer.")


def test_a_tie_is_called_one(known):
    """What is told as 0.00 is no reason: 0.004 - 0.004 = 0."""
    said = list(then_said(*known, one(0.0, 0.0, 0.0), [one(0.0, 0.0, 0.0, 2027), one(0.004, -0.004, 0.0, 2029)]))
    assert said[1].en == "2027 Q2 or 2028 Q2: with projects reckoned by parts both cost and bring the same."
    assert said[2].ru == "2 кв. 2029 или 2 кв. 2028: если считать проекты частями, оба срока стоят и дают одинаково."


def test_in_russian(known):
    said = [text.ru for text in then_said(*known, one(0.5, -0.2, 0.4), [one(0.5, -0.2, 0.4)])]
    assert said[1].startswith("Не 2 кв. 2026, а 2 кв. 2028: при таком начале деньги на него обошлись бы на 0,50 млрд "
                              "тенге дороже. Его выгода была бы на 0,20 млрд тенге больше. "
                              "Другие потеряли бы 0,40 млрд тенге там, где держат ограничения: ")
    assert said[1].endswith(". В целом это на 0,70 млрд тенге дороже.")


@pytest.mark.parametrize(("money", "own", "ceiling"), [(1.004, 1.004, 1.004), (0.336, 0.335, -0.671),
                                                       (2.149, -1.275, 0.004), (0.004, 0.004, 0.004)])
def test_what_is_shown_adds_up_as_shown(known, money, own, ceiling):
    """The total rounded, of each part the figure shown: the rest takes what rounding leaves."""
    said = next(iter(then_said(*known, one(money, own, ceiling), []))).en
    total = re.search(r"would cost ([\d.]+) bn KZT (more|less)", said)
    parts = [float(by) for by in re.findall(r" ([+-]\d+\.\d\d)(?=[;.])", said)]
    expected = 0.0 if total is None else float(total[1]) * (1 if total[2] == "more" else -1)
    assert sum(parts) == pytest.approx(expected, abs=1e-9)
    assert expected == pytest.approx(round(money + own + ceiling, 2))


def test_the_runner_up_can_be_asked_for(known):
    assert ask_said("F002",
                    one(0.5, -0.2, 0.4)).en == (
        'What a start in 2026 Q2 costs, proved with whole projects: explain PLAN "F002 2026Q2".')
    assert ask_said("F002", one(0.5, -0.2, 0.4)).ru.endswith(': explain PLAN "F002 2026Q2".')


def test_money_is_named_without_a_case(known):
    """Names of sources stand as they are in Russian; what is cheaper is drawn whole, or lies within the tolerance."""
    case, solution = known
    source = next(iter(case.sources))
    dearer, full, slight = (Beside(source, Parts({OWN: 0.0}), source, Parts({OWN: by}), 2026, full=whole)
                            for by, whole in ((0.3, False), (-0.3, True), (-0.3, False)))
    name = case.sources[source].name or source
    assert money_said(case, solution, dearer).en == (f"Why this money: in 2026 most is paid by {name}. 1 bn KZT of it "
                                                     f"from {name} instead would cost 0.30 bn KZT more in money of "
                                                     "today: "
                                                     "what this money costs +0.30.")
    assert money_said(case, solution, full).en.endswith("0.30 bn KZT less in money of today, but all that it may pay "
                                                        "here is drawn already: what this money costs -0.30.")
    assert "within the tolerance of the search" in money_said(case, solution, slight).en
    assert " вместо " not in money_said(case, solution, dearer).ru
    assert "Если 1 млрд тенге из них даст " in money_said(case, solution, dearer).ru
