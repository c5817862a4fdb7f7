"""The folder of draws: one case stands there when a run is complete, strangers' files are not replaced unasked; numbers
that are none are refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from jaryq.api.uncertain.batches import here, order_of, worked_off
from jaryq.api.uncertain.judge import keys_of
from jaryq.api.uncertain.kept import draws_in, free_batches, write
from jaryq.base.faults import Misplaced
from jaryq.commands.cli import main
from tests.uncertainty.test_futures import accepted, plan, values_of  # noqa: F401


def test_batches_of_another_run_go_once_this_one_is_complete(accepted, plan, tmp_path):  # noqa: F811
    """25 draws, then 12 others into the same folder: what is read there is 12 draws of one key; a file of another name,
    and a stranger's, stay."""
    rows, values = values_of(accepted)
    keys = keys_of(accepted)
    worked_off(order_of(accepted, plan, rows, values), tmp_path, here, keys, resume=False)
    (tmp_path / "mine.parquet").write_bytes(b"PAR1")
    (tmp_path / "figures-000090.parquet").write_bytes(b"a stranger's")
    write(tmp_path / "figures-90.parquet", {"draw": [1]}, "another")
    other = order_of(accepted, plan, rows, values[1:13])
    seen = []

    def pool(order, waiting):
        for numbers, judged in here(order, waiting):
            seen.append(sorted(path.name for path in tmp_path.iterdir()))
            yield numbers, judged

    worked_off(other, tmp_path, pool, keys, resume=False)
    assert "figures-000020.parquet" in seen[-1], "nothing goes before all of this run stand there"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "figures-000000.parquet", "figures-000010.parquet", "figures-000090.parquet", "figures-90.parquet",
        "mine.parquet", "works-000000.parquet", "works-000010.parquet"]
    assert draws_in(tmp_path, tuple(range(10, 12)), other.key, keys) is not None


def test_a_stranger_s_file_in_the_place_of_a_batch_is_not_replaced(tmp_path):
    write(tmp_path / "figures-000000.parquet", {"draw": [1]}, "key")
    free_batches(tmp_path, False)
    # cut off: computed again
    (tmp_path / "works-000000.parquet").write_bytes((tmp_path / "figures-000000.parquet").read_bytes()[:40])
    free_batches(tmp_path, False)
    (tmp_path / "figures-000010.parquet").write_bytes(b"letters of mine")
    with pytest.raises(Misplaced, match=r"figures-000010\.parquet"):
        free_batches(tmp_path, False)
    free_batches(tmp_path, True)
    free_batches(tmp_path / "nowhere", False)


@pytest.mark.parametrize("typed", [["ensemble", "--seed", "-1"], ["ensemble", "--whole", "-2"],
                                   ["sweep", "--morris", "-1"], ["front", "--within", "-4"],
                                   ["front", "--within", "nan"],
                                   ["explain", "x.xlsx", "--whole", "-1"]])
def test_numbers_that_are_none_are_refused_as_typed(typed, capsys):
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code in (2, 64)
    assert typed[-1] in capsys.readouterr().err


def test_a_cluster_is_begun_as_the_page_says():
    """The commands of the README are those of the extra that it names, and its wording of a worker (the address behind
    it) is theirs."""
    said = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    for command, wording in (("scheduler", "`dask scheduler` on one"),
                             ("worker", "`dask worker ADDRESS` on the others")):
        assert wording in said
        told = subprocess.run([sys.executable, "-m", "dask", command, "--help"], capture_output=True, text=True,
                              check=True).stdout
        assert f"dask {command}" in told.replace("python -m ", "").replace("__main__.py",
            "dask") or f" {command} [OPTIONS]" in told
        assert ("SCHEDULER" in told.splitlines()[0]) == (command == "worker")
