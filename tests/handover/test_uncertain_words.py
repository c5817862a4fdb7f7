"""Words of the pages on many futures: counts with their nouns, figures that are told apart, names of sheets, the order
of a tornado, what is not there."""

import zipfile
from dataclasses import replace

import openpyxl
import pytest

from jaryq.base.counted import FACILITIES, OF_FUTURES, counted
from jaryq.base.text import Text
from jaryq.handover.said import told, told_apart
from jaryq.handover.shapes import Chart, Front, Series
from jaryq.handover.uncertain.others import against_each_other, almost_as_good
from jaryq.handover.uncertain.regret import regretting
from jaryq.handover.uncertain.sweep import Swing, grid_block, tornado
from jaryq.uncertainty.solved import Interval
from jaryq.uncertainty.two_stage import Decided, Regrets
from jaryq.workbook.front_book import shortened, write_fronts
from tests.uncertainty.make_uncertain import uncertain


@pytest.mark.parametrize(("count", "en", "ru"), [
    (0, "0 facilities", "0 объектов"), (1, "1 facility", "1 объект"), (2, "2 facilities", "2 объекта"),
    (4, "4 facilities", "4 объекта"),
    (5, "5 facilities", "5 объектов"), (11, "11 facilities", "11 объектов"), (14, "14 facilities", "14 объектов"),
    (21, "21 facilities", "21 объект"),
    (22, "22 facilities", "22 объекта"), (111, "111 facilities", "111 объектов"),
    (1221, "1,221 facilities", "1\u00a0221 объект")])
def test_counts_with_their_nouns(count, en, ru):
    assert counted(count, *FACILITIES) == Text(en, ru)


def test_counts_in_another_case():
    assert [counted(count, *OF_FUTURES).ru for count in (1, 2, 5, 21)] == ["1 варианта", "2 вариантов", "5 вариантов",
        "21 варианта"]


@pytest.mark.parametrize(("values", "said"), [
    ((0.92, 1.0, 1.04), ["0.92", "1.00", "1.04"]), ((1.0, 2.0, 3.0), ["1", "2", "3"]), ((0.5, 1.0), ["0.5", "1.0"]),
    ((1200.4, 1200.6), ["1,200", "1,201"]),
    ((0.001, 0.002), ["0.001", "0.002"]), ((3.0,), ["3"]),
    ((5000.0, 3750.00002, 2500.00001, 0.00002), ["5,000", "3,750", "2,500", "0"]),
    ((5.0, 3.75000002, 2e-8), ["5.00", "3.75", "0.00"])])
def test_figures_beside_each_other_are_told_apart(values, said):
    """The same places for all, as few as tell them apart and keep each within a hundredth."""
    assert [text.en for text in told_apart(values)] == said


def test_a_figure_that_is_whole_but_for_noise():
    assert [told(value).en for value in (5.0, 5.0000001, -4.9999999, 5.02)] == ["5", "5", "-5", "5.0"]


@pytest.mark.parametrize(("title", "name"), [
    ("Regret", "Regret"), ("What to sign now, what to leave open", "What to sign now"),
    ("Tornado: what the plan costs, present value", "Tornado: what the plan costs"),
    ("Front: net present value for the programme purse and debt in other currencies", "Front"),
    ("Plans that are almost as good as the best one", "Plans that are almost as good")])
def test_names_of_sheets_end_where_a_part_or_a_word_does(title, name):
    assert shortened(title, 31) == name


def swing(key, low, high):
    return Swing(uncertain("uniform", 0.5, high=1.5, key=key), (0.6, 1.4), low, high)


def test_a_tornado_stands_by_width():
    """Of a middle of 302: ends 55 and 60 (width 5, 247 off), 120 and 484 (364), 302 and 402 (100), 302 twice; one
    without a plan at its high end: 252 from the middle. The order is said."""
    page = tornado("objective", "best", 302.0, [swing("off", 60.0, 55.0), swing("wide", 120.0, 484.0),
                                                swing("up", 302.0, 402.0), swing("still", 302.0, 302.0),
                                                swing("half", 50.0, None)], {})
    assert [row[0].en for row in page.blocks[0].rows] == ["wide", "half", "up", "off", "still"]
    assert [row[5] for row in page.blocks[0].rows] == pytest.approx([364, 252, 100, 5, 0])
    assert "in the order of the width" in page.note.en
    assert page.sentences[0].en.partition(":")[2].startswith(" moved most by “wide”, ")
    assert page.sentences[1] == Text("1 of 5 uncertain inputs does not move it.",
                                     "1 из 5 неопределённых данных на него не влияет.")


def test_both_ends_on_one_side_of_the_middle_are_said():
    """The middle 302 lies above 60 and 55 (242 and 247) and below 310 and 402 (8 and 100); 302 and 402, 120 and 484
    have it between or at an end, one without a plan has one end."""
    page = tornado("objective", "best", 302.0, [swing("off", 60.0, 55.0), swing("wide", 120.0, 484.0),
                                                swing("up", 302.0, 402.0), swing("far", 310.0, 402.0),
                                                swing("half", 50.0, None)], {})
    assert page.blocks[0].notes == (Text(
        "At both ends on one side of the middle (302), so that the width does not say how far the figure moves: off "
        "(242 and 247 below), far (8 and 100 above).",
        "На обоих концах по одну сторону от середины (302), так что размах не говорит, насколько показатель меняется: "
        "off (ниже на 242 и 247), far (выше на 8 и 100)."),)


def test_ends_without_a_plan_are_told_with_their_reason():
    page = tornado("objective", "best", 1.0, [Swing(uncertain("uniform", 0.5, high=1.5, key="a"), (0.6, 1.4), 1.0, None,
                                                    (None, Text("too dear.", "дорого.")))], {})
    assert page.blocks[0].notes == (Text("a at its high value: there is no plan (too dear).",
                                         "a, высокое значение: плана нет (дорого)."),)


def test_headings_of_a_grid_are_values_of_the_input():
    """The unit of the figure stands above, not at the factors; 1 and 1.04 have the same places."""
    rows = uncertain("uniform", 0.5, high=1.5, key="a"), uncertain("uniform", 0.5, high=1.5, key="b")
    block = grid_block("objective", rows, [(first, second, 7.0) for first in (0.9, 1.1)
                                           for second in (0.92, 1.0, 1.04)], {})
    assert [field.head.en for field in block.fields[1:]] == ["0.92", "1.00", "1.04"]
    assert {field.unit for field in block.fields} == {""}
    assert "bn KZT" in block.head.en


def test_where_nobody_regrets_anything():
    plans = tuple(Decided(name, {}, Interval(1.0, 1.0), (Interval(1.0, 1.0),) * 2) for name in ("a", "b"))
    made = Regrets(plans, ((Interval(0.0, 0.0),) * 2,) * 2, 0.0)
    names = {name: Text(name, name) for name in "ab"}
    page = regretting(made, names, [Text("a", "a"), Text("b", "b")], {})
    assert [one.en for one in page.sentences] == [
        "Whichever future's early decisions are taken, none regrets anything."]


def test_plans_that_are_almost_as_good_are_counted():
    """What all of them take is named, and what some have nothing of, and what is another share in some."""
    names = [Text(f"F{n}", f"О{n}") for n in range(10)]
    page = almost_as_good(5.0, {}, names[:1], names, 2)
    assert page.sentences[0] == Text("Within 5 % of spending from the best plan, 2 plans were found; 1 facility is "
                                     "taken, at least half of it, by all of them: F0.",
                                     "В пределах 5 % затрат от лучшего плана найдены 2 плана; 1 объект входит хотя бы "
                                     "наполовину во все: О0.")
    assert page.sentences[1] == Text("Of 10 facilities some of them have nothing and others at least half: F0, F1, F2, "
                                     "F3, F4, F5, F6, F7 and 2 more.",
                                     "10 объектов в одних планах отсутствуют, а в другие входят хотя бы наполовину: "
                                     "О0, О1, О2, О3, О4, О5, О6, О7 и ещё 2.")
    assert "10 facilities are taken, at least half of each, by all" in almost_as_good(5.0, {}, names, [], 2).sentences[
        0].en
    parts = almost_as_good(5.0, {}, [], [], 2, partly=[(names[0], 0.0, 0.125), (names[1], 0.4, 0.4)])
    assert parts.sentences[1:] == (Text("Of 2 facilities they have other shares, from the least to the greatest: F0 (0 "
                                        "to 12.5 %), F1 (40 %).",
                                        "2 объекта входят в них с иными долями, от наименьшей до наибольшей: О0 (от 0 "
                                        "до 12,5 %), О1 (40 %)."),)
    alone = almost_as_good(5.0, {}, [], [], 1)
    assert alone.sentences == (Text("Within 5 % of spending from the best plan, 1 plan was found; no facility is "
                                    "taken, at least half of it, by all of them.",
                                    "В пределах 5 % затрат от лучшего плана найден 1 план; ни один объект не входит "
                                    "хотя бы наполовину во все."),)


def test_a_fan_is_bands_upon_the_lowest_level(tmp_path):
    """Levels 1, 2, 4 in 2027 and 2, 3, 3 in 2028: bands of 1 and 2, of 1 and 0 stand upon the lowest, which is not
    seen; the middle one is a line. A picture of it has the colour of the bands."""
    levels = [Series(Text(name, name), values) for name, values in (("P10", (1.0, 2.0)), ("P50", (2.0, 3.0)),
        ("P90", (4.0, 3.0)))]
    chart = Chart("fan", "fan", Text("Debt", "Долг"), Text("bn KZT", "млрд тенге"), (2027, 2028), tuple(levels),
                  Text("Debt by year.", "Долг по годам."))
    page = Front("stress", Text("Debt under stress", "Долг"), Text("As planned.", "По плану."), charts=(chart,))
    write_fronts(tmp_path / "fan.xlsx", "uncertainty", Text("Hand", "Ручной"), Text("Futures", "Варианты"), [page],
                 "en")
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "fan.xlsx").active.iter_rows() for cell in row]
    start = cells.index("P10 – P50")
    assert cells[start - 3: start + 2] == ["P10", "P50", "P90", "P10 – P50", "P50 – P90"]
    rows = [row for row in openpyxl.load_workbook(tmp_path / "fan.xlsx").active.iter_rows(values_only=True)
            if {2027, 2028} & set(row)]
    assert [[value for value in row if value is not None][-6:] for row in rows] == [[2027, 1, 2, 4, 1, 2],
        [2028, 2, 3, 3, 1, 0]]
    with zipfile.ZipFile(tmp_path / "fan.xlsx") as book:
        text = book.read("xl/charts/chart1.xml").decode()
    areas, line = text.partition("</c:areaChart>")[::2]
    assert 'grouping val="stacked"' in areas
    assert [areas.count("<c:ser>"), line.count("<c:ser>")] == [3, 1]
    assert "<a:noFill/>" in areas.partition("</c:ser>")[0]
    assert replace(chart, series=chart.series[:2]).line == 0
    pytest.importorskip("matplotlib")
    image = matplotlib_image(chart)
    assert ((abs(image[..., :3] - [127, 166, 184]) < 60).all(axis=-1)).mean() > 0.02


def matplotlib_image(chart):
    from io import BytesIO

    from matplotlib.image import imread

    from jaryq.handover.pictures import picture

    return imread(BytesIO(picture(chart, "en")), format="png") * 255


def test_a_front_names_both_figures():
    page = against_each_other("cost_km", (Text("cost", "затраты"), Text("km", "км")), ("bn KZT", "km"),
                              [(1.0, 0.0), (2.0, 1.0), (4.0, 2.0)])
    assert (page.title.ru, page.sentences[1].ru) == ("Граница: затраты и км",
                                                     "Единица второго показателя (км) стоит от 1 до 2 первого.")
    assert page.charts[0].along.ru == "км"
