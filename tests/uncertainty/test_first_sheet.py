"""The first sheet on uncertain inputs: what is robust, what is not, what would change the decision, which commands
would tell more; and all that the sheets behind it say."""

from jaryq.api.uncertain.in_report import COMMANDS, in_order
from jaryq.base.text import Text
from jaryq.handover.shapes import Front, Verdict
from jaryq.handover.uncertain.first import TELLS, in_words
from jaryq.handover.uncertain.stored import as_json


def front(count, verdict=None):
    said = tuple(Text(f"Sentence {number}.", f"Фраза {number}.") for number in range(count))
    return Front(f"p{count}", Text(f"Title {count}", f"Название {count}"), Text("What it is", "Что это"), (), said, (),
                 (), verdict=verdict)


def lines(block):
    return [(getattr(row[0], "en", row[0]), row[1].en) for row in block.rows]


def test_no_sentence_is_dropped():
    """Six, five and none: 6 + 5 lines in their order, the worst, which stands last, among them; and one that names the
    third."""
    block = in_words([front(6), front(5), front(0)]).blocks[-1]
    assert [row[1].en for row in block.rows] == [*(f"Sentence {n}." for n in range(6)),
                                                 *(f"Sentence {n}." for n in range(5)), "see the page"]


def test_what_pages_say_of_the_decision_stands_first():
    """Part by part, each line with its page; where no page says anything of a part that is said; what has not been run
    is named with what it would tell."""
    one = Verdict((Text("A holds.", "A верно."),), (Text("B hangs.", "B зависит."),), ())
    two = Verdict((Text("C holds.", "C верно."),), (), ())
    page = in_words([front(1, one), front(2, two), front(3)], ["sweep", "front"])
    robust, open_, changes, more, _ = page.blocks
    assert [block.head.en for block in page.blocks] == ["What is robust", "What is not",
                                                        "What would change the decision", "Not computed yet",
                                                        "In words"]
    assert lines(robust) == [("Title 1", "A holds."), ("Title 2", "C holds.")]
    assert lines(open_) == [("Title 1", "B hangs.")]
    assert lines(changes) == [("All pages", "No page names what would change the decision.")]
    none = in_words([front(1, Verdict((), (), ()))]).blocks[1]
    assert lines(none) == [("All pages", "No page names a facility that hangs on what comes.")]
    assert lines(more) == [("run.py sweep", TELLS["sweep"].en), ("run.py front", TELLS["front"].en)]


def test_a_folder_names_the_commands_that_were_not_run():
    """Of pages as they are kept: two of the six commands have left some; each of the other four is named. The pages
    behind the first one do not say it again."""
    first, *behind = in_order({"regret": as_json([front(1, Verdict((Text("A holds.", "A верно."),)))]),
                               "stress": as_json([front(2)])})
    assert [row[0] for block in first.blocks if block.head.en == "Not computed yet"
            for row in block.rows] == [f"run.py {name}" for name in (
        "ensemble", "sweep", "stages", "front")]
    assert lines(first.blocks[0]) == [("Title 1", "A holds.")]
    assert [page.verdict for page in behind] == [None, None]
    assert set(TELLS) == set(COMMANDS)
    assert in_order({}) == ()
