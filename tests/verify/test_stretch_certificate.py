"""The certificate of a plan with a register, by small programs whose optimum is derived by hand; what is forged is
named."""

from dataclasses import replace
from math import nextafter

import numpy as np
import pytest
from scipy.sparse import csr_array

from jaryq.case.plan import Plan
from jaryq.solve.lp import LinearProgram
from jaryq.solve.proof import Node, Proof, Tree
from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import failed
from jaryq.verify.other import as_shown
from jaryq.verify.stated import verify_stated
from jaryq.verify.stretch_bound import bits_of, rounded
from tests.cases import bursts, keyed, package
from tests.verify.common import bare, totals_of
from tests.verify.test_checked_stretches import stretches_of

A, B, SHORT, F = ("renew", ("N1", "2026")), ("renew", ("N2", "2026")), ("short", ("T",)), ("start", ("F", "2026"))


def case_of(rates=(1.0, 0.6), costs=(2.0, 1.0), **changes):
    """N1 may be renewed in 2026, stretches of 1 km worth 7.2 (4 years of 0.9 bursts of 2) and 2 (4 of 0.5 of 1) a km,
    without discounting; the benefits count."""
    one = package("N1", km=2.0, unit_cost=1.0, bursts=bursts(), life=4.0, latest=2026)
    two = package("N2", km=1.0, unit_cost=1.0, latest=2026)
    return bare(packages=keyed(one, two), stretches=stretches_of(list(rates), list(costs)), objective="most_benefit",
                **changes)


def program_of(columns, rows, upper, objectives, whole=()):
    """Rows: (name, lower, upper, coefficients); columns from 0 to ``upper``; objectives: stage, costs."""
    return LinearProgram(
        matrix=csr_array(np.array([row[3] for row in rows], dtype=float)),
        row_lower=np.array([row[1] for row in rows], dtype=float),
        row_upper=np.array([row[2] for row in rows], dtype=float), col_lower=np.zeros(len(columns)),
        col_upper=np.array(upper, dtype=float),
        whole=np.array([name in whole for name in columns]),
        objectives={name: (np.array(costs, dtype=float), 0.0) for name, costs in objectives.items()},
        columns=tuple(columns), rows=tuple(row[0] for row in rows))


INF = float("inf")


def one_km():
    """1 km can be paid of the two stretches: the first, 7.2. Any pi from 2 to 7.2 proves it: the km that is paid earns
    pi, the first stretch 7.2 - pi besides."""
    program = program_of([A], [(("pay", ("2026",)), -INF, 1.0, [1.0])], [2.0], {"objective": [0.0]})
    return program, ("objective",), {"value[objective]": 7.2, "bound[objective]": 7.2}, {"objective|pay[2026]": -3.0,
        "objective|stretch_link[N1,2026]": 3.0}


def in_order():
    """1 km can be paid of N1 and of N2 (no register, 1 a km); the first priority asks 0.4 km of N2, so 0.6 km are left
    for the first stretch: 0.6 x 7.2 + 0.4 = 4.72. A km of money is worth 7.2, what is asked costs 7.2 - 1 a km, so does
    the cap of the shortfall."""
    program = program_of([A, B, SHORT], [(("pay", ("2026",)), -INF, 1.0, [1.0, 1.0, 0.0]),
                                         (("goal", ("T",)), 0.4, INF, [0.0, 1.0, 1.0])], [2.0, 1.0, 1.0],
                         {"priority_1": [0.0, 0.0, 1.0], "objective": [0.0, -1.0, 0.0]})
    claims = {"value[priority_1]": 0.0, "bound[priority_1]": 0.0, "value[objective]": 4.72, "bound[objective]": 4.72}
    return program, ("priority_1", "objective"), claims, {"objective|pay[2026]": -7.2, "objective|goal[T]": 6.2,
                                                          "objective|priority_1": 6.2,
                                                          "objective|stretch_link[N1,2026]": 7.2}


def findings(sound, case=None, claims=(), multipliers=(), proof=None):
    program, stages, stated, held = sound()
    return verify_certificate(program, stages, "most_benefit", {**stated, **dict(claims)},
                              {**held, **dict(multipliers)}, proof or Proof(), case or case_of())


@pytest.mark.parametrize("sound", [one_km, in_order])
def test_a_sound_bound_holds(sound):
    assert failed(findings(sound)) == ()


@pytest.mark.parametrize("pi", [2.0, 4.5, 7.1999])
def test_any_multiplier_in_between_proves_one_km(pi):
    assert failed(findings(one_km, multipliers={"objective|pay[2026]": -pi,
                                                "objective|stretch_link[N1,2026]": pi})) == ()


LINK, PAY = "objective|stretch_link[N1,2026]", "objective|pay[2026]"
FORGED = {
    "value": ("certified", {"claims": {"value[objective]": 4.8}}),
    "bound": ("certificate", {"claims": {"bound[objective]": 4.7200001}}),
    "bound too low": ("certificate", {"claims": {"bound[objective]": 4.7}}),
    "pi of less": ("certificate", {"multipliers": {LINK: 5.0}}),
    "pi of more": ("certificate", {"multipliers": {LINK: 8.0}}),
    "no pi": ("certificate", {"multipliers": {LINK: 0.0}}),
    "pi is no number": ("certificate", {"multipliers": {LINK: float("nan")}}),
    "pi is infinite": ("certificate", {"multipliers": {LINK: INF}}),
    "pi fits into no integer": ("certificate", {"multipliers": {LINK: 1e16}}),
    "pi in the first stage": ("certificate", {"multipliers": {"priority_1|stretch_link[N1,2026]": 1.0}}),
    "register": ("certificate", {"case": case_of(rates=(1.0, 2.0), costs=(2.0, 2.0))}),
    "a longer stretch": ("certificate", {"case": case_of(rates=(1.001, 0.6))}),
}


@pytest.mark.parametrize("what", FORGED)
def test_what_is_forged_is_named(what):
    """Each does not follow: the check and the stage are named."""
    check, changes = FORGED[what]
    found = {(one.check, one.place) for one in failed(findings(in_order, **changes))}
    stage = "priority_1" if "first" in what else "objective"
    assert (check, f"{'value' if check == 'certified' else 'bound'}[{stage}]") in found


def test_a_multiplier_with_15_digits_is_the_one_of_the_proof():
    """Multiples of 2^-40 lie 9e-13 apart: what 15 digits lose of one below 1000 is given back."""
    exact = np.array([round(number * 2.0**40) / 2.0**40 for number in (0.1, 3.3333333, 71.2345678912, 512.0000000003)])
    written = np.array([float(f"{number:.15g}") for number in exact])
    assert rounded(written, 40).tolist() == exact.tolist()


@pytest.mark.parametrize(("largest", "bits"), [(1.0, 40), (4095.9, 40), (4096.0, 39), (2.0**51, 0)])
def test_places_behind_the_point(largest, bits):
    """2^52 is the end: 4096 = 2^12 leaves 39 places."""
    assert bits_of(np.array([[-largest, 0.0]]), np.zeros(2)) == bits == bits_of(np.array([[0.5, -INF]]),
        np.array([0.0, largest]))
    assert nextafter(largest, 0.0) * 2.0**bits < 2.0**52


def with_a_facility():
    """F takes half a km's money and is worth 5; whole. With it 0.5 km of the first stretch: 8.6; without it 7.2."""
    program = program_of([A, F], [(("pay", ("2026",)), -INF, 1.0, [1.0, 0.5])], [2.0, 1.0], {"objective": [0.0, -5.0]},
                         whole=(F,))
    leaf = Node(multipliers={"pay[2026]": -7.2})
    claims = {"value[objective]": 8.6, "bound[objective]": 8.6, "linear[objective]": 8.6, "leaves[objective]": 2.0}
    return program, ("objective",), claims, {PAY: -7.2,
                                             LINK: 7.2}, Proof(trees={"objective": Tree((Node(split=("start[F,2026]",)),
                                             leaf, leaf))})


def test_a_tree_is_bounded_with_stretches():
    program, stages, claims, multipliers, proof = with_a_facility()
    assert failed(verify_certificate(program, stages, "most_benefit", claims, multipliers, proof, case_of())) == ()
    forged = verify_certificate(program, stages, "most_benefit", claims, {**multipliers, LINK: 6.0}, proof, case_of())
    assert {one.check for one in failed(forged)} == {"certificate"}


def test_the_other_choice_is_bounded_with_stretches():
    """Without F at most 7.2: 1.4 less than the plan, by the multipliers and by the tree."""
    program, stages, claims, multipliers, proof = with_a_facility()
    plan = Plan(start={("F", "2026"): 1.0}, renew={("N1", "2026"): 0.5})
    for held in (Proof(), proof):
        shown = as_shown(program, plan, "most_benefit", claims, {}, multipliers, held, stages, case_of())
        assert float(shown.bound("objective", [1], [])) == pytest.approx(-7.2, abs=1e-9)


def test_links_are_known_multipliers_where_the_package_is_open():
    """N1 is open in 2026 alone; N2 has no stretches."""
    case = case_of()
    program, _, claims, multipliers = one_km()
    totals = totals_of(case, renew={("N1", "2026"): 1.0})

    def unknown(**more):
        found = verify_stated(case, totals, program, claims, {**multipliers, **more}, stretched=True)
        return {one.place for one in found if one.check == "stated" and one.place.startswith("multiplier ")}

    assert unknown() == set()
    assert unknown(**{"objective|stretch_link[N1,2027]": 1.0, "objective|stretch_link[N2,2026]": 1.0}) == {
        "multiplier objective|stretch_link[N1,2027]", "multiplier objective|stretch_link[N2,2026]"}


def test_what_is_minimised_has_no_worth_of_stretches():
    """least_cost: N1 must renew 1 km at 1 a km; stretches bring nothing, so a km earns -1 and neither gains: at least
    1."""
    case = replace(case_of(), settings=replace(case_of().settings, objective="least_cost"))
    program = program_of([A], [(("pay", ("2026",)), 1.0, INF, [1.0])], [2.0], {"objective": [1.0]})
    held = {PAY: 2.0, LINK: -1.0}
    weak = verify_certificate(program, ("objective",), "least_cost", {"value[objective]": 1.0, "bound[objective]": 0.0},
                              held, NOTHING_ELSE, case)
    assert failed(weak) == ()  # 2 x 1 of the row, less what 2 km gain at -1: 0
    plain = verify_certificate(program, ("objective",), "least_cost",
                               {"value[objective]": 1.0, "bound[objective]": 1.0}, {PAY: 1.0}, NOTHING_ELSE, case)
    assert failed(plain) == ()


NOTHING_ELSE = Proof()
