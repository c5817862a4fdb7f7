"""The shipped program with its packages split into synthetic stretches: the scheme of groups, and HiGHS on the program
that has a column for every stretch and period.

python benchmarks/stretches.py [INPUT] [--stretches 86000] [--uncapped] [--full SECONDS]

The objective is the best one whose shortfalls of all priorities are at most what can be reached, which is the hard
case; ``--uncapped`` leaves the shortfalls free. The scheme finds the least shortfalls too (they are its first stages);
its bound is one under rows that cap the shortfalls, in exact arithmetic. ``--full`` runs HiGHS (its simplex, one
thread) on the full program with these rows instead, for so many seconds at most; the values of the rows are given to
it. ``--workers N`` has the stretches priced by so many processes of a local cluster of Dask.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack, vstack

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.question import program_of  # noqa: E402
from jaryq.case.case import Case  # noqa: E402
from jaryq.solve.highs import Solver  # noqa: E402
from jaryq.solve.lp import LinearProgram  # noqa: E402
from jaryq.solve.stages import linear_stages  # noqa: E402
from jaryq.solve.stretches.certify import ExactBound  # noqa: E402
from jaryq.solve.stretches.inorder import in_order  # noqa: E402
from jaryq.solve.stretches.register import Stretches  # noqa: E402
from jaryq.solve.stretches.stages import in_stages  # noqa: E402
from jaryq.solve.stretches.workers import shared_out  # noqa: E402
from jaryq.workbook.read import read  # noqa: E402

SLACK = 1e-7
"""Of the caps on shortfalls, each stage's largest cost being 100."""


def synthetic(case: Case, program: LinearProgram, count: int, seed: int = 1) -> Stretches:
    """Stretches of every package, together as long as it has left: lengths lognormal, benefits falling with time from a
    level of their own (lognormal), growing at a rate of their own up to a cap of their own, so that nothing folds."""
    chance = np.random.default_rng(seed)
    names, labels = sorted(case.packages), [period.label for period in case.periods]
    column = np.array([[program.column_at.get(("renew", (n, t)), -1) for t in labels] for n in names])
    left = np.array([max(case.packages[n].km - case.packages[n].km_done, 0.0) for n in names])
    package = np.sort(
        np.concatenate(
            [np.flatnonzero(left > 0), chance.choice(len(names), count - int((left > 0).sum()), p=left / left.sum())]
        )
    )
    km = chance.lognormal(0.0, 0.6, count)
    km *= (left / np.maximum(np.bincount(package, km, minlength=len(names)), 1e-300))[package]
    level, growth, most = (
        chance.lognormal(-0.3, 0.7, count),
        chance.uniform(0.0, 0.08, count),
        chance.uniform(0.5, 3.0, count),
    )
    cost = np.where(column >= 0, program.objectives["objective"][0][column], 0.0)
    size = np.abs(cost).max(axis=1)[package]
    benefit = np.empty((count, len(labels)))
    for t in range(len(labels)):
        when = t / case.settings.periods_per_year
        benefit[:, t] = 0.5 * size * np.exp(-0.06 * when) * (np.minimum(level * np.exp(growth * when), most) - 0.9)
    np.negative(benefit, out=benefit)
    return Stretches(column, package, km, {"objective": benefit})


def capped(program: LinearProgram) -> LinearProgram:
    """The objective alone, the shortfalls of all priorities at most what the linear stages leave."""
    names = [name for name in program.objectives if name.startswith("priority_")]
    values = linear_stages(program, names, Solver(program)).values
    vectors, most = [], []
    for name in names:
        vector, constant = program.objectives[name]
        if vector.any():
            vectors.append(vector * program.unit(name))
            most.append((values[name] - constant) * program.unit(name) + SLACK)
    return replace(
        program,
        matrix=csr_array(vstack([program.matrix, csr_array(np.array(vectors))])),
        row_lower=np.concatenate([program.row_lower, np.full(len(most), -np.inf)]),
        row_upper=np.concatenate([program.row_upper, most]),
        rows=program.rows + tuple(("cap", (name,)) for name in names[: len(most)]),
    )


def in_full(base: LinearProgram, register: Stretches) -> LinearProgram:
    """A column for every stretch and open period."""
    i, t = np.nonzero(register.open[register.package])
    n_at, t_at = np.nonzero(register.open)
    link = np.full(register.open.shape, -1)
    link[n_at, t_at] = np.arange(len(n_at))
    count, links, many = base.shape[1], len(n_at), len(i)
    one = np.ones(many)
    own = coo_array((np.ones(links), (np.arange(links), register.column[n_at, t_at])), shape=(links, count))
    theirs = coo_array((-one, (link[register.package[i], t], np.arange(many))), shape=(links, many))
    length = coo_array((one, (i, np.arange(many))), shape=(len(register.km), many))
    matrix = vstack(
        [
            hstack([base.matrix, coo_array((base.shape[0], many))]),
            hstack([own, theirs]),
            hstack([coo_array((len(register.km), count)), length]),
        ]
    )
    vector, constant = base.objectives["objective"]
    none = np.zeros(links)
    return LinearProgram(
        csr_array(matrix),
        np.concatenate([base.row_lower, none, np.full(len(register.km), -np.inf)]),
        np.concatenate([base.row_upper, none, register.km]),
        np.concatenate([base.col_lower, np.zeros(many)]),
        np.concatenate([base.col_upper, register.km[i]]),
        np.zeros(count + many, dtype=bool),
        {"objective": (np.concatenate([vector, register.costs["objective"][i, t]]), constant)},
        base.columns + (("x", ()),) * many,
        base.rows + (("row", ()),) * (links + len(register.km)),
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", nargs="?", default=str(ROOT / "inputs" / "kazakhstan.xlsx"))
    parser.add_argument("--stretches", type=int, default=86_000)
    parser.add_argument("--uncapped", action="store_true")
    parser.add_argument("--full", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=0)
    asked = parser.parse_args()
    accepted = accept(*read(Path(asked.input)))
    program = program_of(accepted.factors)
    names = [name for name in program.objectives if name.startswith("priority_") and not asked.uncapped]
    stages = [*names, "objective"]
    if asked.full and names:
        program = capped(program)
    program = replace(program, objectives={name: program.objectives[name] for name in stages})
    register = synthetic(accepted.case, program, asked.stretches)
    del accepted
    clock, processor = time.perf_counter(), time.process_time()
    if asked.full:
        full = in_full(program, register)
        print(f"{full.shape[1]:,} columns, {full.shape[0]:,} rows, {full.matrix.nnz:,} coefficients", flush=True)
        solver = Solver(full)
        solver.option("time_limit", asked.full)
        solver.minimise(full.objectives["objective"][0] * full.unit("objective"))
        outcome = solver.run()
        print(
            f"HiGHS: {outcome.said}, {outcome.iterations:,} iterations, value "
            f"{outcome.objective / full.unit('objective') + full.objectives['objective'][1]:.9f}"
        )
    else:
        if asked.workers:
            from distributed import Client, LocalCluster

            cluster = LocalCluster(n_workers=asked.workers, threads_per_worker=1, dashboard_address=":0")
            register = shared_out(register, Client(cluster), 4 * asked.workers)
            print(f"{asked.workers} workers: {time.perf_counter() - clock:.1f} s", flush=True)
            clock, processor = time.perf_counter(), time.process_time()
        found = in_stages(program, register, stages, say=lambda line: print(line, flush=True))
        dual, links, caps = in_order(program, register, names, "objective", found)
        exact = ExactBound(program, register)
        bound = exact.floating("objective", dual, links, caps, found.values)
        value = found.values["objective"]
        print(f"value {value:.9f}, bound {bound:.9f}, gap {(value - bound) / max(1.0, abs(value)):.1e}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{time.perf_counter() - clock:.1f} s, {time.process_time() - processor:.1f} processor seconds, "
        f"peak {peak:,.0f} MB"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
