"""Registers that might be: they fit their packages, and the same seed gives the same."""

import numpy as np
import pytest

import jaryq
from jaryq.api.invented import invented
from jaryq.api.invented_files import naming
from jaryq.commands.cli import main
from jaryq.tables.register_sheet import register_named
from tests.cases import bursts, keyed, package, tiny_case
from tests.sampled import exhaustive_but_for
from tests.workbooks import minimal_tables


def case():
    many = [package(f"N{i}", km=120.0, done={2025: 20.0}, wear=wear, bursts=bursts(), sector=sector, unit_cost=1.0)
            for i, (wear, sector) in enumerate([(0.1, "heat"), (0.45, "water"), (0.67, "sewer"), (0.97, "power"),
                                                (None, "heat"), (1.0, "heat")])]
    return tiny_case(packages=keyed(*many, package("done", km=3.0, done={2025: 3.0}, unit_cost=1.0)))


def test_lengths_and_wear_are_those_of_the_packages():
    """100 km of each wait; the mean of wear by length is the package's to a hundredth of a point; what is done has no
    stretches."""
    frame = invented(case(), 1200)
    assert len(frame) == 1200
    for key, part in frame.groupby("package"):
        of = case().packages[key]
        assert part["km"].sum() == pytest.approx(100.0, abs=1e-9)
        assert part["km"].min() > 0
        assert part["segment"].is_unique
        mean = np.average(part["wear"], weights=part["km"])
        assert mean == pytest.approx(100.0 * (0.5 if of.wear is None else of.wear), abs=0.01)
        assert (part["street"].notna() == (of.sector != "power")).all()
    assert set(frame["package"]) == {f"N{i}" for i in range(6)}
    assert (frame["km"] * 1000 % 1).between(1e-6, 1 - 1e-6).sum() == 0


def test_networks_of_a_city_share_its_streets():
    frame = invented(case(), 1200)
    shared = frame.dropna(subset="street").groupby("street")["package"].nunique()
    assert (shared > 1).mean() > 0.5
    assert not frame.dropna(subset="street").duplicated(["package", "street"]).any()


def test_the_seed_tells_the_draw():
    assert invented(case(), 300, 1).equals(invented(case(), 300, 1))
    assert not invented(case(), 300, 1).equals(invented(case(), 300, 2))
    with pytest.raises(ValueError):
        invented(case(), 0)


def test_few_stretches_are_one_of_each_package():
    assert len(invented(case(), 1)) == 6


def test_a_setting_that_is_there_is_written_over():
    once = naming(minimal_tables(), "a.csv")
    assert register_named(naming(once, "b.csv")) == "b.csv"
    assert [row["setting"] for _, row in once["settings"].records()].count("register") == 1


@exhaustive_but_for("True")
@pytest.mark.parametrize("parquet", [True, False])
def test_the_command_writes_a_case_that_reads_with_nothing_said_about_it(tmp_path, monkeypatch, capsys, parquet):
    if parquet:
        pytest.importorskip("pyarrow")
    else:
        monkeypatch.setattr("jaryq.api.invented_files.parquet_bytes", lambda frame: (_ for _ in ()).throw(ImportError))
    assert main(["example", str(tmp_path), "--segments", "2000"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kazakhstan.xlsx",
        f"stretches.{'parquet' if parquet else 'csv'}"]
    opened = jaryq.read(tmp_path / "kazakhstan.xlsx")
    stretches = opened.accepted.case.stretches
    assert 1900 <= len(stretches) <= 2100
    assert {one.code for one in opened.accepted.issues if one.code.startswith("register_")} == set()
    assert not np.isnan(stretches.latitude).any()
    assert len(set(stretches.packages)) == len(opened.accepted.case.packages)
