"""Files changed by chance in their bytes, parts and XML: each ends with 0 or 2, in under 2 processor seconds, and says
nothing on the stream of errors."""

import contextlib
import io
import json
import random
import re
import time
import zipfile

import pytest

from jaryq.commands.cli import main
from tests.workbooks import grid_workbook

SEEDS = 50
MARKS = (b"<", b">", b'"', b"&x;", b"&#0;", b"\0", b"\xff\xfe", b"1e999", b"-1", b"</row>", b'r="ZZZZ9"', b'r="A0"',
         b't="s"', b'vm="1" t="e"', b"<![CDATA[", b"\xd0")


def of_bytes(raw, chance):
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data))
        data[place:place + chance.choice((0, 1, 1, 40))] = bytes(chance.randrange(256)
            for _ in range(chance.choice((0, 1, 3))))
    return bytes(data)


def of_parts(raw, chance):
    """A part lost, doubled under another spelling, swapped with another, renamed, in another encoding."""
    parts = parts_of(raw)
    one, other = chance.sample(sorted(parts), 2)
    kind = chance.randrange(5)
    if kind == 0:
        del parts[one]
    elif kind == 1:
        parts[one.upper()] = parts[one]
    elif kind == 2:
        parts[one], parts[other] = parts[other], parts[one]
    elif kind == 3:
        parts[one.replace("/", "\\") + chance.choice(("", "x"))] = parts.pop(one)
    else:
        parts[one] = parts[one].decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-16-be", "cp1251",
            "utf-32")), "replace")
    return packed(parts)


def of_xml(raw, chance):
    """Marks put into a part, or a piece of it taken out, doubled, or an attribute changed."""
    parts = parts_of(raw)
    name = chance.choice(sorted(parts))
    for _ in range(chance.randint(1, 3)):
        data = parts[name]
        place = chance.randrange(len(data) + 1)
        end = place + chance.choice((0, 1, 20))
        numbers = list(re.finditer(rb'="(\d+)"', data))
        if numbers and chance.random() < 0.4:
            found = chance.choice(numbers)
            parts[name] = data[:found.start(1)] + chance.choice((b"", b"-1", b"99999999999", b"x",
                b"1048577")) + data[found.end(1):]
        else:
            parts[name] = data[:place] + chance.choice((*MARKS, data[place:end] * 2, b"")) + data[end:]
    return packed(parts)


def parts_of(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("kind", [of_bytes, of_parts, of_xml])
def test_files_changed_by_chance(tmp_path, kind):
    raw = grid_workbook(tmp_path / "sound.xlsx", source_years=[["source_id", "2026", "2027", "2028"],
        ["S1", 100, 100, 0]]).read_bytes()
    ends = set()
    for seed in range(SEEDS):
        path = tmp_path / "case.xlsx"
        path.write_bytes(kind(raw, random.Random(seed)))
        said, wrong = io.StringIO(), io.StringIO()
        begun = time.process_time()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
            code = main(["check", str(path), "--format", "json"])
        assert code in (0, 2), (seed, wrong.getvalue())
        assert wrong.getvalue() == "", seed
        assert (code == 2) == any(issue["severity"] == "stop" for issue in json.loads(said.getvalue())["issues"]), seed
        assert time.process_time() - begun < 2, seed
        ends.add(code)
    assert ends == {0, 2}  # some of them matter, some do not
