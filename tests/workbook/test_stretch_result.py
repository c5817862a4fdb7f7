"""The file of what a plan renews: read back by keys, told where it is missing, another one or damaged."""

import numpy as np
import pytest

from jaryq.case.stretches import Stretches
from jaryq.workbook.register.of_plan import NoRegister
from jaryq.workbook.register.read import sha256_of
from jaryq.workbook.register.result import renewed_of

ROWS = "package,segment,period,km\nN2,b,2027,0.5\nN1,a,2026,1.25\nN1,c,2028,2\n"


def stretches():
    blank = np.full(4, np.nan)
    return Stretches(
        packages=("N1", "N2"), package=np.array([0, 0, 1, 1], np.int32), segment=np.array([b"c", b"a", b"a", b"b"]),
        km=np.ones(4), age=blank.copy(), wear=blank.copy(),
        rate=blank.copy(), consequence=blank.copy(), built=np.zeros(4, np.int16), material=np.full(4, -1, np.int32),
        street=np.full(4, -1, np.int32),
        latitude=blank.copy(), longitude=blank.copy())


def read(folder, content=ROWS, name="stretches.csv", **manifest):
    (folder / "stretches.csv").write_text(content, encoding="utf-8")
    said = {"stretches": name, "stretches_sha256": sha256_of(folder / "stretches.csv"), **manifest}
    return renewed_of(said, folder / "plan.xlsx", stretches(), ("2026", "2027", "2028"))


def test_rows_are_found_by_their_keys(tmp_path):
    found = read(tmp_path)
    assert found.row.tolist() == [3, 1, 0]
    assert found.period.tolist() == [1, 0, 2]
    assert found.km.tolist() == [0.5, 1.25, 2.0]


def test_parquet_says_the_same(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"package": ["N2", "N1"], "segment": ["b", "a"], "period": ["2027", "2026"],
                                       "km": [0.5, 1.25]}), tmp_path / "r.parquet")
    found = renewed_of({"stretches": "r.parquet", "stretches_sha256": sha256_of(tmp_path / "r.parquet")},
                       tmp_path / "plan.xlsx", stretches(), ("2026", "2027"))
    assert (found.row.tolist(), found.period.tolist(), found.km.tolist()) == ([3, 1], [1, 0], [0.5, 1.25])


def test_what_is_not_known_is_marked(tmp_path):
    found = read(tmp_path, "package,segment,period,km\nN1,b,2026,1\nN3,a,2026,1\nN1,a,2029,1\n")
    assert (found.row.tolist(), found.period.tolist()) == ([-1, -1, 1], [0, 0, -1])


@pytest.mark.parametrize(("why", "changes"), [
    ("missing", {"name": "away.csv"}), ("another one", {"stretches_sha256": "0"}),
    ("no column km", {"content": "package,segment,period\nN1,a,2026\n"}),
    ("damaged", {"content": "package,segment,period,km\nN1,a,2026,much\n"}),
])
def test_what_is_wrong_is_told(tmp_path, why, changes):
    with pytest.raises(NoRegister) as told:
        read(tmp_path, **changes)
    assert why in str(told.value)


def test_a_plan_without_stretches_names_no_file(tmp_path):
    assert renewed_of({}, tmp_path / "plan.xlsx", stretches(), ()) is None
