"""Stretches priced by several workers: the parts are packages, and the answer has the same bits as that of one
process."""

from dataclasses import replace

import numpy as np
import pytest
from registers import random_register

from jaryq.solve.stretches.partition import first_partition
from jaryq.solve.stretches.pricing import price
from jaryq.solve.stretches.stages import in_stages
from jaryq.solve.stretches.workers import by_package, shared_out


def test_parts_are_cut_between_packages_and_about_alike():
    """Packages of 3, 1, 4 and 2 stretches in two parts: 10 in two are 5 each, the cuts are after 3, 4 and 8, and 4 is
    the nearest. In more parts than packages each package is one."""
    package = np.repeat([0, 1, 2, 3], [3, 1, 4, 2])
    assert by_package(package, 2) == [slice(0, 4), slice(4, 10)]
    assert by_package(package, 1) == [slice(0, 10)]
    assert by_package(package, 40) == [slice(0, 3), slice(3, 4), slice(4, 8), slice(8, 10)]
    assert by_package(package[:0], 3) == []


class Here:
    """A client whose one worker is this process."""

    def scatter(self, value, **_):
        return value

    def submit(self, work, *args, **_):
        found = work(*args)
        return type("Future", (), {"result": lambda _: found})()


def sorted_register(seed, **options):
    base, register = random_register(seed, **options)
    order = np.argsort(register.package, kind="stable")
    return base, type(register)(register.column, register.package[order], register.km[order],
                                {stage: table[order] for stage, table in register.costs.items()},
                                tuple(replace(one, table=one.table[order]) for one in register.uses))


@pytest.mark.parametrize("seed", range(4))
def test_a_part_is_priced_as_in_the_whole(seed):
    base, register = sorted_register(seed, stretches=50, attributes=True)
    chance = np.random.default_rng(seed)
    links, dual = chance.normal(0, 2, register.column.shape), chance.normal(0, 1, base.shape[0])
    partition = first_partition(register, "objective")
    one, other = (price(each, partition, "objective", links, dual)
                  for each in (register, shared_out(register, Here(), 3)))
    for name in ("best", "choice", "apart", "margin"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert one.total == other.total


@pytest.mark.exhaustive
def test_a_cluster_gives_the_same_bits():
    """A scheduler and two workers of Dask, each a process of its own: values, multipliers and km of all stages are
    equal, not near."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0",
                                  silence_logs=50) as cluster, distributed.Client(cluster) as client:
        for seed in (1, 2, 6):
            base, register = sorted_register(seed, stretches=400, stages=3, attributes=seed == 6)
            names = tuple(base.objectives)
            one, other = in_stages(base, register, names), in_stages(base, shared_out(register, client, 4), names)
            assert one.values == other.values
            assert np.array_equal(one.km, other.km)
            assert np.array_equal(one.partition.group, other.partition.group)
            for name in names:
                assert all(np.array_equal(a, b) for a, b in zip(one.duals[name], other.duals[name], strict=True)), name
