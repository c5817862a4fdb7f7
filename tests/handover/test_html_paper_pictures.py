"""Pictures of report.html on paper: whole at once, with room for what they draw, thin parts kept, names readable."""

import pytest

from jaryq.handover.html.write import write_report
from jaryq.handover.shapes import Chart, Flow, Front, Series
from tests.handover.pages import scenario
from tests.handover.test_html_folds import two
from tests.sampled import exhaustive_but_for

pytestmark = pytest.mark.xdist_group("browser")

PARTS = (100.0, 1.0, 1.0, 1.0, 1.0)
"""A column of one thick part and four that are about a pixel thin each: 104 together."""
REGIONS = tuple(two(f"Region of the river {i}") for i in range(20))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    stacked = Chart("parts", "stacked", two("Parts"), two("km"), (2026, 2027, 2028, 2029, 2030),
                    tuple(Series(two(f"part {i}"), (part,) * 5) for i, part in enumerate(PARTS)), two("stacked"))
    columns = Chart("wear", "columns", two("Wear"), two("%"), REGIONS,
                    tuple(Series(two(name), (60.0,) * 20) for name in ("now", "then")), two("columns"))
    lying = Chart("lying", "bars", two("Gain"), two("km"), REGIONS[:12], (Series(two("gain"), (5.0,) * 12),),
                  two("lying"))
    flows = (*(Flow(two(f"source {i}"), two("power"), 10.0) for i in range(4)),
             *(Flow(two("power"), region, 2.0) for region in REGIONS))
    pages = (Front("first", two("First"), two("Columns."), charts=(stacked, columns, lying)),
             Front("money", two("Money"), two("Streams."), flows=flows))
    return write_report(tmp_path_factory.mktemp("pictures") / "report.html", [scenario(pages=pages)], "en")


def printed(page, of, ask):
    """What ``ask`` finds of a picture at the very moment the printer takes it: of the box, its canvas, the colour of a
    dot (parts of the width and height)."""
    return page.evaluate(f"""of => {{
      dispatchEvent(new Event("beforeprint"));
      const box = [...document.querySelectorAll(".picture")]
        .find((one) => one.getAttribute("aria-label").startsWith(of));
      const canvas = box.querySelector("canvas");
      const {{data, width, height}} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const dot = (x, y) => {{
        const at = 4 * (Math.round(y * (height - 1)) * width + Math.round(x * (width - 1))), seen = data[at + 3] / 255;
        return [0, 1, 2].map((i) => data[at + i] * seen + 255 * (1 - seen));
      }};
      return ({ask})(box, dot);
    }}""", of)


def test_streams_are_whole_and_pale_when_the_printer_takes_them(opened, pictures):
    """Drawn with a movement, the right half was missing; translucent streams came out as dark as the names upon them.
    Beside the bars at the right end there are streams; each is 0.7 white: of 255 at least 178."""
    page = opened(path=pictures, reduced_motion="no-preference")
    found = printed(page, "Streams", "(box, dot) => [0.66, 0.985].map((x) => [...Array(400).keys()].map((y) => dot(x, "
                                     "y / 399)).filter((rgb) => Math.min(...rgb) < 250))")
    middle, end = found
    assert len(end) > 100  # bars and streams of twenty regions
    assert len(middle) > 100
    assert min(min(rgb) for rgb in middle) >= 170


@exhaustive_but_for("columns")
@pytest.mark.parametrize("of", ["stacked", "columns", "lying"])
def test_a_picture_has_room_for_what_it_draws(opened, pictures, of):
    """Names that stand aslant took all the height but a strip; bars that lie had two pixels each."""
    high = printed(opened(path=pictures), of, """box =>
      echarts.getInstanceByDom(box).getModel().getComponent("grid").coordinateSystem.getRect().height""")
    assert high >= {"stacked": 70, "columns": 70, "lying": 12 * 20}[of]


def test_thin_parts_of_a_column_are_kept(opened, pictures):
    """From the foot to the height of 104 nothing is white: an edge around each part swallowed what was thinner than two
    pixels."""
    white = printed(opened(path=pictures), "stacked", """(box, dot) => {
      const chart = echarts.getInstanceByDom(box);
      const [x, foot] = chart.convertToPixel("grid", ["2028", 0]);
      const [, top] = chart.convertToPixel("grid", ["2028", 104]);
      const rows = [...Array(200).keys()].map((i) => foot - 1 + (top + 0.5 - foot + 1) * i / 199);
      return rows.map((y) => [0, 3, 6].map((aside) => dot((x + aside) / box.clientWidth, y / box.clientHeight)))
        .filter((all) => all.every((rgb) => Math.min(...rgb) > 235)).length;
    }""")
    assert white == 0
