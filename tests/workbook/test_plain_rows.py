"""Rows of plain cells are taken out of a sheet's XML before it is parsed: nothing that is told of the sheet may change
by that."""

import random
from dataclasses import asdict
from xml.parsers import expat

import pytest

from jaryq.workbook.formats import Formats
from jaryq.workbook.marks import Runs
from jaryq.workbook.plain_rows import PlainRows
from jaryq.workbook.sheet_pass import SheetPass

FORMATS = Formats(percent=frozenset({"3"}), padded={"4": 3}, scaled={"5": 1}, struck=frozenset({"12"}))
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="x"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def told(pieces, thinned):
    """All marks of a sheet given in pieces, or that it is damaged; and how many elements the parser saw."""
    one = SheetPass(FORMATS, False, True)
    seen = 0

    def start(tag, attributes):
        nonlocal seen
        seen += 1
        one.start(tag, attributes)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    one.attach(parser)
    try:
        for piece in pieces:
            parser.Parse(one.thin(piece) if thinned else piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        return type(error).__name__, seen
    marks = {name: list(value) if isinstance(value, Runs) else value for name, value in asdict(one.marks).items()}
    for name in ("percent", "struck"):
        marks[name] = {column: list(runs) for column, runs in getattr(one.marks, name).items()}
    return marks, seen


def cut(raw, size):
    return [raw[at:at + size] for at in range(0, len(raw), size)]


CELLS = ('<c r="{at}"><v>12.5</v></c>', '<c r="{at}" s="1"><v>-1e-05</v></c>', '<c r="{at}" t="s"><v>7</v></c>',
         '<c r="{at}" s="2" t="s"><v>8</v></c>',
         '<c r="{at}" t="inlineStr"><is><t>Қазан үйі 3</t></is></c>',
         '<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>',
         '<c r="{at}" s="6"/>', '<c r="{at}" t="str"><v>text</v></c>', '<c r="{at}" t="b"><v>1</v></c>',
         '<c r="{at}" t="n"><v>3</v></c>')
ODD = ('<c r="{at}" s="3"><v>0.5</v></c>', '<c r="{at}" s="12"><v>4</v></c>', '<c r="{at}" s="4"><v>7</v></c>',
       '<c r="{at}" s="5"><v>7000</v></c>',
       '<c r="{at}"><f>[1]A!B2</f><v>1</v></c>', '<c r="{at}"><f>A1</f></c>', '<c r="{at}" t="e"><v>#N/A</v></c>',
       '<c r="{at}" t="e" vm="1"><v>#VALUE!</v></c>',
       '<c r="{at}" t="s"><v>7</v><extLst/></c>', '<c r="{at}"></c>', '<c><v>1</v></c>',
       '<c r="{at}" t="inlineStr"><is><t>R&amp;D</t></is></c>',
       '<c r="{at}" t="inlineStr"><is><r><rPr><strike/></rPr><t>x</t></r></is></c>', '<c s="3" r="{at}"><v>0.1</v></c>',
       '<c r="ZZ9"><v>1</v></c>')
ROWS = ('<row r="{n}">', '<row r="{n}" spans="1:9">', '<row r="{n}" hidden="1">', '<row>',
        '<row r="{n}" x14ac:dyDescent="0.25">', '<row r="{n}" ht="15" customHeight="1">')


def sheet(chance, odd):
    lines = []
    for number in range(2, 60):
        columns = list("ABCDEFGH")
        if chance.random() < 0.1:
            chance.shuffle(columns)
        cells = [chance.choice(ODD if chance.random() < odd else CELLS).replace("{at}", f"{column}{number}")
                 for column in columns if chance.random() < 0.8]
        row = chance.choice(ROWS if chance.random() < 0.2 else ROWS[:2]).replace("{n}", str(number))
        lines.append(f"{row}{''.join(cells)}</row>")
    return HEAD + "".join(lines).encode() + TAIL


@pytest.mark.parametrize("seed", range(40))
def test_nothing_told_of_a_sheet_changes(seed):
    chance = random.Random(seed)
    raw = sheet(chance, odd=chance.choice((0, 0.02, 0.2)))
    plain, _ = told([raw], thinned=False)
    for size in (64, 997, 2048, len(raw)):
        assert told(cut(raw, size), thinned=True)[0] == plain


def test_plain_rows_are_not_parsed():
    raw = sheet(random.Random(1), odd=0)
    assert told(cut(raw, 2048), thinned=True)[1] < 0.5 * told([raw], thinned=False)[1]


ROW = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%b</t></is></c></row>'


@pytest.mark.parametrize("text", [b"\xff\xfe", b"\x01", b"a]]>b", b"\xef\xbf\xbf", b"\xed\xa0\x80", b"<b", b"&none;",
                                  b"a & b"], ids=repr)
def test_what_damages_a_part_still_does(text):
    """Bytes that are no UTF-8, characters and endings that XML forbids, in a row that is plain otherwise."""
    good = b"".join(ROW % (n, n, b"x") for n in range(2, 9))
    raw = [HEAD + good, ROW % (9, 9, text) + TAIL]
    assert told(raw, thinned=True)[0] == told(raw, thinned=False)[0] == "ExpatError"


@pytest.mark.parametrize(("before", "after"), [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?x ", b"?>")])
def test_what_only_looks_like_rows_is_not_counted(before, after):
    """Rows in a comment, in CDATA, in an instruction; in one piece or over several."""
    good = b"".join(ROW % (n, n, b"x") for n in range(2, 9))
    raw = HEAD + good + before + (ROW % (900, 900, b"far")) + after + TAIL
    for pieces in ([raw], [HEAD + good, raw[len(HEAD + good):]],
                   [HEAD + good, before, (ROW % (900, 900, b"far")) + after + TAIL],
                   [HEAD + good, before[:1], before[1:], (ROW % (900, 900, b"far")) + after + TAIL]):
        found, _ = told(pieces, thinned=True)
        assert found == told([raw], thinned=False)[0]
        assert found["rows"] == 8


def test_a_part_in_another_encoding_is_left_to_the_parser():
    raw = HEAD.replace(b"UTF-8", b"us-ascii") + ROW % (2, 2, b"x") + ROW % (3, 3, "ү".encode()) + TAIL
    one = PlainRows(SheetPass(FORMATS, False, False).marks, frozenset())
    assert one.thin(raw) == raw
    assert one.thin(ROW % (4, 4, b"x")) == ROW % (4, 4, b"x")
