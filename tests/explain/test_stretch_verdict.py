"""What is said of a stretch that is taken only with its street."""

from types import SimpleNamespace

from jaryq.api.stretch_explained import Asked, Why, _verdict, said_asked, shown_of
from jaryq.api.stretch_together import Margin


def test_what_is_missing_alone_stands_beside_the_break_even_of_the_street():
    """With its street 0.5 a km may go; alone it misses 0.01 at the best, in 2030, and 2 in 2027, in which it is
    renewed."""
    why = Why(0, {"2027": 1.0}, (Asked("2027", 3.0, 0.0, 5.0), Asked("2030", 0.0, 0.0, 0.01)))
    said = _verdict(SimpleNamespace(km=[1.0]), why, Margin(0.5, "2027"))
    assert said.en == ("Break-even: it stays in with its street as long as a km in 2027 brings no more than 500 mn KZT "
                       "less. "
                       "Alone a km brings 10 mn KZT less than it has to, at the best (2030).")
    assert said.ru == ("Порог: он остаётся в плане вместе с улицей, пока км в 2027 даёт меньше не более чем на 500 млн "
                       "тенге. "
                       "Один он даёт на км в лучшем случае (2030) на 10 млн тенге меньше, чем должен.")


def test_at_the_margin_what_is_renewed_in_full_can_only_be_lost():
    """"A little more and all of it is in" was said where all of it is in."""
    why = Why(0, {"2027": 1.0}, (Asked("2027", 5.0, 0.0, 5.0),))
    assert _verdict(SimpleNamespace(km=[1.0]),
                    why).en == "It stands at the margin: a little less benefit and it is out."
    assert "all of it is in" in _verdict(SimpleNamespace(km=[2.0]), why).en


def test_figures_of_a_sentence_add_up():
    """27.43 + 0.31 - 23.48 = 4.26 mn: the least left (4.26) has two digits with one place; 27.4 + 0.3 - 4.3 = 23.4,
    where 23.48 rounded by itself is 23.5."""
    said = said_asked((Asked("2026Q2", 0.02743, 0.00031, 0.02348), Asked("2027Q1", 0.02, -0.001, 0.03)))
    assert [one.en for one in said] == [
        "2026Q2: a km brings 27.4, to targets 0.3 more than a mean km, and has to bring 23.4 mn KZT: 4.3 left.",
        "2027Q1: a km brings 20.0, to targets 1.0 less than a mean km, and has to bring 30.0 mn KZT: 11.0 missing."]
    assert said[1].ru == (
        "2027Q1: км даёт 20,0, целям на 1,0 меньше среднего км, а должен давать 30,0 млн тенге: не хватает 11,0.")


def test_of_each_year_the_best_period_is_shown_and_that_of_the_renewal():
    asked = tuple(Asked(t, brings, 0.0, 1.0) for t, brings in (("2026Q1", 1.1), ("2026Q2", 1.3), ("2026Q3", 1.2),
        ("2027Q1", 1.0), ("2027Q2", 1.0)))
    assert [one.period for one in shown_of(Why(0, {"2026Q3": 1.0}, asked))] == ["2026Q2", "2026Q3", "2027Q1"]


def test_why_not_in_its_own_best_period_is_told():
    """Alone most is left in 2028; with its street it is renewed in 2026, and 1.7 a km may go."""
    why = Why(0, {"2026": 1.0}, (Asked("2026", 3.0, 0.0, 2.0), Asked("2028", 3.0, 0.0, 1.5)))
    said = _verdict(SimpleNamespace(km=[1.0]), why, Margin(1.7, "2026"))
    assert said.en == ("Break-even: it stays in with its street as long as a km in 2026 brings no more than 1,700 mn "
                       "KZT less. "
                       "Alone it would best be renewed in 2028.")
    assert "street" not in _verdict(SimpleNamespace(km=[1.0]), why).en


def test_out_of_a_street_the_street_says_how_far():
    """Alone it misses 0.5 a km, with its street nothing: at the margin; or 0.1."""
    why = Why(0, {}, (Asked("2026", 1.0, 0.0, 1.5),))
    assert "It stands at the margin" in _verdict(SimpleNamespace(km=[1.0]), why, Margin(0.0, "2026")).en
    assert _verdict(SimpleNamespace(km=[1.0]), why, Margin(-0.1, "2026")).en == (
        "Break-even: it comes in with its street when a km in 2026 brings 100 mn KZT more.")


def test_a_benefit_below_nothing_keeps_its_sign():
    """A new pipe: -0.6 - 6.8 = -7.4."""
    said = said_asked((Asked("2026Q4", -0.0006, 0.0, 0.0068),))
    assert said[0].en == "2026Q4: a km brings -0.6, and has to bring 6.8 mn KZT: 7.4 missing."
    assert said[0].ru == "2026Q4: км даёт -0,6, а должен давать 6,8 млн тенге: не хватает 7,4."


def test_a_break_even_that_is_something_is_not_told_as_nothing():
    """0.39 mn a km beside lines that miss 25: whole numbers would say 0."""
    why = Why(0, {}, (Asked("2030Q2", 0.03, 0.0, 0.055),))
    assert "brings 0.39 mn KZT more" in _verdict(SimpleNamespace(km=[1.0]), why, Margin(-0.00039, "2030Q2")).en


def test_of_equal_periods_that_of_the_renewal_is_the_best():
    asked = (Asked("2026", 3.0, 0.0, 2.0), Asked("2027", 2.0, 0.0, 1.5), Asked("2028", 3.0, 0.0, 2.0))
    assert [Why(0, {t: 1.0}, asked).best.period for t in ("2026", "2027", "2028")] == ["2026", "2026", "2028"]


def test_alone_no_other_time_is_called_better_that_is_as_good():
    """Renewed in parts in 2028 and in 2029, 0.86 left in both."""
    why = Why(0, {"2028": 0.2, "2029": 0.8}, (Asked("2028", 1.0, 0.0, 0.14), Asked("2029", 1.0, 0.0, 0.14)))
    assert "Alone" not in _verdict(SimpleNamespace(km=[1.0]), why, Margin(0.86, "2029")).en
