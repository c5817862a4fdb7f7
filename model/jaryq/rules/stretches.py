"""Rules of stretches: a register together with its packages (docs/numbers.md: Stretches)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jaryq.base.issues import Issue
from jaryq.case.stretches import NO_STREET
from jaryq.factors.derive import Factors
from jaryq.rules.register_names import issue_of, twins, unseen
from jaryq.rules.rows import Rows
from jaryq.sheets.quantities import PREFIX
from jaryq.tables.fault import near
from jaryq.tables.register_sheet import register_of
from jaryq.tables.tables import Tables

JOINED = 3
"""Stretches of a place that trenches may join."""
SHARE, LEAST = 0.005, 0.1
"""Part of what waits, and km, by which the stretches of a package may differ from it."""
POINT = 0.01
SHARES = 0.05
"""Part of the stretches with a wear that may be worn below 1 %: of many a few are new; more of them may be shares."""


def stretches_are_known(tables: Tables) -> Iterator[Issue]:
    """Each stretch is one of a package that is there, and stands once; quantities have rows. What a sheet of the
    workbook holds has its issues by cells."""
    register = tables.register
    if register is None:
        return
    packages = {str(row["package"]) for _, row in Rows(tables, "networks").rows if row.get("package") is not None}
    stated = register.coded_of("package")
    unknown = [place for place, text in enumerate(stated.texts) if text not in packages]
    if unknown:
        yield issue_of(register, "register_package", "package", np.isin(stated.codes, unknown),
                     stated.texts[unknown[0]], hint=near(stated.texts[unknown[0]], sorted(packages)))
    known = {str(row["quantity"]).lower() for _, row in Rows(tables, "quantities").rows if row.get("quantity")}
    for heading in register.quantities:
        if heading.removeprefix(PREFIX).lower() not in known:
            yield Issue("register_quantity", register.name, "", heading, heading)
    twice = repeated(stated.codes, register.segment)
    if twice.any():
        yield issue_of(register, "register_duplicate", "segment", twice,
                     register.segment[int(np.flatnonzero(twice)[0])].decode())
    yield from unseen(register)


def stretches_make_sense(tables: Tables, f: Factors) -> Iterator[Issue]:
    """A stretch is there when the plan begins; wear is in percent; a place has both its coordinates; names that
    look alike are written alike."""
    register = register_of(tables)
    if register is None:
        return
    yield from twins(register)
    built, wear = register.of("year_built"), register.of("wear")
    late = built > f.case.settings.plan_from
    if late.any():
        yield issue_of(register, "register_built", "year_built", late, f"{built[late][0]:.0f}",
                     start=f.case.settings.plan_from)
    share = (wear > 0.0) & (wear < 1.0)
    if share.sum() > SHARES * np.isfinite(wear).sum():
        yield issue_of(register, "register_share", "wear", share, f"{wear[share][0]:g}")
    half = np.isnan(register.of("latitude")) != np.isnan(register.of("longitude"))
    if half.any():
        missing = "latitude" if np.isnan(register.of("latitude")[half][0]) else "longitude"
        yield issue_of(register, "register_half_place", missing, half, "")


def stretches_add_up(tables: Tables, f: Factors) -> Iterator[Issue]:
    """Stretches of a package are what waits of it; where it has no wear, each has an age; by its stretches its wear may
    be another one than stated."""
    stretches, register = f.case.stretches, register_of(tables)
    if stretches is None or register is None:
        return
    rows = Rows(tables, "networks")
    place = {str(row["package"]): (position, row) for position, row in rows.rows}
    found = stretches.sums(stretches.km)
    ageless = np.isnan(stretches.age)
    if ageless.any():
        stated = register.coded_of("package")
        keys = {stretches.packages[i] for i in np.unique(stretches.package[ageless])}
        codes = [code for code, text in enumerate(stated.texts) if text in keys]
        blank = np.isnan(register.of("year_built")) & np.isnan(register.of("wear")) & np.isin(stated.codes, codes)
        yield issue_of(register, "register_age", "year_built", blank, "")
    for i, key in enumerate(stretches.packages):
        package = f.case.packages[key]
        position, row = place[key]
        waits = max((package.km if package.km_total is None else package.km_total) - package.km_done, 0.0)
        if abs(found[i] - waits) > max(SHARE * waits, LEAST):
            column = "km" if package.km_total is None else "km_total"
            yield rows.issue("register_sums", position, column, found=f"{found[i]:.3f}", waits=f"{waits:.3f}")
        wear = row.get("wear")
        if package.wear is not None and wear is not None and abs(package.wear - wear / 100.0) > POINT:
            yield rows.issue("register_wear", position, "wear", found=f"{100.0 * package.wear:.1f}")


def stretches_share_trenches(tables: Tables, f: Factors) -> Iterator[Issue]:
    """Trenches join at most three stretches of a place."""
    stretches, register = f.case.stretches, register_of(tables)
    if stretches is None or register is None:
        return
    pairs = [(row.package, row.other) for row in f.case.trenches]
    there: dict[int, list[str]] = defaultdict(list)
    for key in sorted({key for pair in pairs for key in pair} & stretches.slices.keys()):
        for place in stretches.places[stretches.slices[key]].tolist():
            if place != NO_STREET:
                there[place].append(key)
    many = {keys: most for keys in set(map(tuple, there.values())) if len(most := _most_joined(keys, pairs)) > JOINED}
    if many:
        places = [place for place, keys in there.items() if tuple(keys) in many]
        street = stretches.street[int(np.flatnonzero(stretches.places == places[0])[0])]
        yield Issue("register_streets", register.name, "", "street", stretches.streets[street],
                    {"count": str(len(places)), "packages": ", ".join(many[tuple(there[places[0]])])})


def _most_joined(keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The most packages of a place that trenches join."""
    found: list[tuple[str, ...]] = [()]
    for key in keys:
        part, size = {key}, 0
        while len(part) > size:
            size = len(part)
            part |= {one for pair in pairs if part & set(pair) for one in pair if one in keys}
        found.append(tuple(sorted(part)))
    return max(found, key=len)


def repeated(package: NDArray[np.int32], segment: NDArray[np.bytes_]) -> NDArray[np.bool_]:
    """Rows whose package and segment stand in an earlier row: by a hash first, then exactly."""
    found = np.zeros(len(segment), dtype=bool)
    if not len(segment):
        return found
    letters = segment.view(np.uint8).reshape(len(segment), -1)
    mixed = package.astype(np.uint64)
    for place in range(letters.shape[1]):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + letters[:, place] + np.uint64(1)
        mixed ^= mixed >> np.uint64(29)
    order = np.argsort(mixed, kind="stable")
    alike = np.flatnonzero(mixed[order][1:] == mixed[order][:-1])
    seen: set[tuple[int, bytes]] = set()
    for row in np.unique(order[np.r_[alike, alike + 1]]) if len(alike) else ():
        key = int(package[row]), bytes(segment[row])
        found[row] = key in seen
        seen.add(key)
    return found
