"""The first sheet on uncertain inputs says all that the sheets behind it say."""

from jaryq.base.text import Text
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.first import in_words


def front(count):
    said = tuple(Text(f"Sentence {number}.", f"Фраза {number}.") for number in range(count))
    return Front(f"p{count}", Text("Title", "Название"), Text("What it is", "Что это"), (), said, (), ())


def test_no_sentence_is_dropped():
    """Six, five and none: 6 + 5 lines in their order, the worst, which stands last, among them; and one that names the third."""
    (block,) = in_words([front(6), front(5), front(0)]).blocks
    assert [row[1].en for row in block.rows] == [*(f"Sentence {n}." for n in range(6)), *(f"Sentence {n}." for n in range(5)), "see the page"]
