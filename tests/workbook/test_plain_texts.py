"""How long shared texts are, counted without a stop of the parser at each: the same as the parser counts, or left to
it."""

import io
import random
import zipfile

import pytest

from jaryq.workbook import package
from jaryq.workbook.plain_texts import PlainTexts
from jaryq.workbook.scan import Scan

HEAD, TAIL = b'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="x" count="3">', b"</sst>"
ITEMS = ("<si><t>abc</t></si>", '<si><t xml:space="preserve"> a </t></si>', "<si><t></t></si>",
         "<si><r><t>a</t></r><r><t>Қазан</t></r></si>",
         "<si><t>R&amp;D</t></si>")
ODD = {"an attribute": '<si x="1"><t>a</t></si>', "nothing in it": "<si/>",
       "a comment": "<!-- <si> --><si><t>a</t></si>", "CDATA": "<si><t><![CDATA[<si>]]></t></si>",
       "a prefix": '<y:si xmlns:y="x"><t>a</t></y:si>', "an instruction": "<?x <si>?><si><t>a</t></si>",
       "a space in the tag": "<si ><t>a</t></si>"}


def by_hand(raw):
    """Bytes from each ``<si>`` to the next, of the last to the end: the items of these tests hold none."""
    begins = [at for at in range(len(raw)) if raw.startswith(b"<si>", at)]
    return [end - begin for begin, end in zip(begins, [*begins[1:], len(raw)], strict=True)]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 64, 10_000])
def test_lengths_whatever_the_pieces(size):
    chance = random.Random(size)
    raw = HEAD + "".join(chance.choice(ITEMS) for _ in range(60)).encode() + TAIL
    one = PlainTexts()
    pieces = [HEAD, *(raw[at:at + size] for at in range(len(HEAD), len(raw), size))]
    assert [one.look(piece) for piece in pieces] == pieces
    assert one.sure
    assert one.lengths == by_hand(raw)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("size", [1, 3, 64, 10_000])
def test_what_is_written_otherwise_is_left_to_the_parser(odd, size):
    raw = HEAD + (ITEMS[0] + odd + ITEMS[1]).encode() + TAIL
    one = PlainTexts()
    for piece in [HEAD, *(raw[at:at + size] for at in range(len(HEAD), len(raw), size))]:
        one.look(piece)
    assert not one.sure


@pytest.mark.parametrize(("body", "lengths"), [(ITEMS[0] + ITEMS[2], [19, 22]), (ODD["a comment"] + ITEMS[2], [17, 22]),
                                               (ODD["an attribute"] + ITEMS[0], [23, 25])])
def test_a_scan_measures_either_way(body, lengths, monkeypatch):
    """By hand: ``<si><t>abc</t></si>`` has 19 bytes, ``<si><t></t></si>`` 16 and the end of the part 6 more; behind a
    comment only the item counts (17); an attribute adds 6."""
    monkeypatch.setattr(package, "_CHUNK", 50)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels",
                         '<R><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></R>')
        archive.writestr("xl/workbook.xml", '<w xmlns:r="y"><sheet name="A" r:id="b"/></w>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="b" Type="x/worksheet" '
                                                       'Target="worksheets/a.xml"/></R>')
        archive.writestr("xl/sharedStrings.xml", HEAD + body.encode() + TAIL)
    with zipfile.ZipFile(out) as archive:
        assert list(Scan(archive)._lengths) == lengths
