"""A register together with its workbook: what it makes of the case, and the issues that take both to see."""

import time
from zipfile import ZipFile

import numpy as np
import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from jaryq.rules.stretches import repeated
from jaryq.workbook.read import read
from tests.workbooks import minimal_tables, plain_workbook

KIND = {"asset_type": "pipe", "sector": "heat", "life": 20.0, "bursts": 20.0, "burst_growth": 10.0}
NET = {"package": "N1", "asset_type": "pipe", "km": 4.0, "unit_cost": 10.0, "wear": 50.0}
OTHER = {**NET, "package": "N2", "km": 1.0}
HEAD = "package,segment,km,year_built,wear,bursts,condition,consequence,street,q_co2\n"
GOOD = ["N1,a,1,2026,,,,,S1,", "N1,b,1,2016,,,,,,2", "N1,c,1,,60,30,2,5,,", "N1,d,1,,40,30,,,,", "N2,a,1,,,,,,S1,"]


def workbook(folder, rows=GOOD, *, head=HEAD, networks=(NET, OTHER), register="net.csv", **sheets):
    settings = [*minimal_tables()["settings"].frame.to_dict("records"),
                *([{"setting": "register", "value": register}] if register else [])]
    kind = {name: value for name, value in KIND.items() if name not in ("bursts", "burst_growth")}
    own = [{"bursts": 20.0, "burst_growth": 10.0, "consequence": 8.0, **one} for one in networks]
    tables = minimal_tables(settings=settings, asset_types=[kind], networks=own,
                            quantities=[{"quantity": "co2", "unit": "tCO2", "kind": "flow"}],
                            source_years=[{"source_id": "S1", "2026": 100.0, "2027": 100.0, "2028": 100.0}], **sheets)
    plain_workbook(tables, folder / "case.xlsx")
    if register:
        (folder / "net.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return folder / "case.xlsx"


def issues_of(path):
    try:
        return accept(*read(path)).issues
    except InputRejected as rejected:
        return rejected.issues


def told(path):
    return {(one.code, one.column) for one in issues_of(path) if one.code.startswith("register_")}


def test_stretches_and_what_packages_say_by_them(tmp_path):
    """a and b have no bursts: 0 and 10 years old at 10 % a year, so 0.4/(1 + 1.1^10) = 0.111305 and 0.288695 a km
    (docs/numbers.md); c bursts twice 0.3, d 0.3. Mean of N1: (0.4 + 0.6 + 0.3)/4 = 0.325. Wear: 0, 10 of 20 years, 60
    %, 40 %: 37.5 %. c costs 5, the others 8: (8 x 0.7 + 5 x 0.6)/1.3."""
    case = accept(*read(workbook(tmp_path))).case
    found = case.stretches
    assert found.packages == ("N1", "N2")
    np.testing.assert_allclose(found.age, [0, 10, 12, 8, 10])
    np.testing.assert_allclose(found.wear, [0, 0.5, 0.6, 0.4, 0.5])
    np.testing.assert_allclose(found.rate, [0.1113046, 0.2886954, 0.6, 0.3, 0.2], rtol=1e-6)
    np.testing.assert_allclose(found.consequence, [0.008, 0.008, 0.005, 0.008, 0.008])
    np.testing.assert_allclose(found.quantities["co2"], [0, 2, 0, 0, 0])
    assert found.places.tolist() == [0, -1, -1, -1, 0]
    package = case.packages["N1"]
    assert package.wear == pytest.approx(0.375)
    assert package.bursts.rate == pytest.approx(0.325)
    assert package.bursts.consequence == pytest.approx((0.008 * 0.7 + 0.005 * 0.6) / 1.3)
    assert package.quantities["co2"] == pytest.approx(0.5)
    assert case.packages["N2"].bursts.rate == pytest.approx(0.2)
    assert (found.source.name, len(found.source.sha256)) == ("net.csv", 64)


def test_the_sheet_says_the_same(tmp_path):
    """The rows of the register on the sheet segments, in another order of packages."""
    names = HEAD.strip().split(",")
    rows = [{name: (value if name in ("package", "segment", "street") else float(value))
             for name, value in zip(names, row.split(","), strict=True) if value}
            for row in (GOOD[4], *GOOD[:4])]
    sheet = accept(*read(workbook(tmp_path, register=None, segments=rows))).case.stretches
    (tmp_path / "file").mkdir()
    file = accept(*read(workbook(tmp_path / "file"))).case.stretches
    for name in ("package", "segment", "km", "age", "wear", "rate", "consequence", "built", "places"):
        np.testing.assert_array_equal(getattr(sheet, name), getattr(file, name), err_msg=name)


def test_letters_of_all_alphabets_are_seen(tmp_path):
    """Cyrillic, Kazakh and Japanese keys are well, and a blank that does not break is one."""
    rows = [*GOOD[:3], "N1,ұзын\u00a0көше 水道,1,,40,30,,,улица Абая,", GOOD[4]]
    assert told(workbook(tmp_path, rows)) == {("register_wear", "wear")}


BARE = {name: value for name, value in OTHER.items() if name != "wear"}
WRONG = [
    ("register_package", "package", {"rows": [*GOOD, "N7,a,1,,,,,,,"]}),
    ("register_duplicate", "segment", {"rows": [*GOOD[:3], "N1,a,1,,40,30,,,,", GOOD[4]]}),
    ("register_unseen", "segment", {"rows": [*GOOD[:3], "N1,d\u202e,1,,40,30,,,,", GOOD[4]]}),
    ("register_unseen", "segment", {"rows": [*GOOD[:3], "N1,\u200bд,1,,40,30,,,,", GOOD[4]]}),
    ("register_unseen", "street", {"rows": [*GOOD[:4], "N2,a,1,,,,,,Abay\u200f,"]}),
    ("register_twin", "segment", {"rows": [*GOOD[:3], "N1,а,1,,40,30,,,,", GOOD[4]]}),
    ("register_twin", "segment", {"rows": ["N1,а,1,,40,30,,,,", *GOOD[:3], GOOD[4]]}),
    ("register_twin", "street", {"rows": [*GOOD[:4], "N2,a,1,,,,,,Ѕ1,"]}),
    ("register_quantity", "q_sulphur", {"head": HEAD.replace("q_co2", "q_sulphur")}),
    ("register_sums", "km", {"rows": [*GOOD[:3], GOOD[4]]}),
    ("register_sums", "km_total", {"networks": ({**NET, "km_total": 5.0}, OTHER)}),
    ("register_age", "year_built", {"networks": (NET, BARE)}),
    ("register_twice", "", {"segments": [{"package": "N2", "segment": "a", "km": 1.0}]}),
    ("register_bounds", "km", {"rows": [*GOOD[:3], "N1,d,-1,,40,30,,,,", GOOD[4]]}),
]


@pytest.mark.parametrize(("code", "column", "changes"), WRONG, ids=[f"{one[0]}-{i}" for i, one in enumerate(WRONG)])
def test_what_does_not_fit_the_workbook(tmp_path, code, column, changes):
    path = workbook(tmp_path, **changes)
    assert (code, column) in told(path)
    assert all(one.say("ru") and one.say("en") for one in issues_of(path))


def test_a_good_register_has_surprises_alone(tmp_path):
    """37.5 % by its stretches, 50 % stated."""
    assert told(workbook(tmp_path)) == {("register_wear", "wear")}


@pytest.mark.parametrize("place", ["file", "sheet"])
def test_what_makes_no_sense_is_told(tmp_path, place):
    """The plan begins in 2026: what is laid in 2027 is not there; 0.8 is a share; a latitude alone is no place. 2026, 1
    % and both coordinates are well."""
    head = HEAD.strip() + ",latitude,longitude\n"
    rows = ["N1,a,1,2027,,,,,,,43.2,76.9", "N1,b,1,,0.8,,,,,,,", "N1,c,1,,1,,,,,,43.2,", "N1,d,1,2026,0,,,,,,,",
            "N2,a,1,,,,,,,,,76.9"]
    names = head.strip().split(",")
    sheet = [{name: (value if name in ("package", "segment", "street") else float(value))
              for name, value in zip(names, row.split(","), strict=True) if value} for row in rows]
    path = workbook(tmp_path, rows, head=head) if place == "file" else workbook(tmp_path, register=None, segments=sheet)
    found = {one.code: one for one in issues_of(path) if one.code in ("register_built", "register_share",
        "register_half_place")}
    assert {code: (one.severity, one.column, one.value, one.slots["rows"]) for code, one in found.items()} == {
        "register_built": ("stop", "year_built", "2027", "1"), "register_share": ("surprise", "wear", "0.8", "2"),
        "register_half_place": ("surprise", "longitude", "", "3, 5")}
    assert all(one.say("ru") and one.say("en") for one in found.values())


@pytest.mark.parametrize("place", ["file", "sheet"])
def test_names_that_only_look_the_same_are_told(tmp_path, place):
    """The third key has a Cyrillic а, the street of the other package a Cyrillic с; a of another package is no twin."""
    rows = ["N1,a,1,2016,,,,,Abc,", "N1,b,1,2016,,,,,,", "N1,а,1,2016,,,,,,", "N1,d,1,2016,,,,,,", "N2,a,1,,,,,,Abс,"]
    names = HEAD.strip().split(",")
    sheet = [{name: (value if name in ("package", "segment", "street") else float(value))
              for name, value in zip(names, row.split(","), strict=True) if value} for row in rows]
    path = workbook(tmp_path, rows) if place == "file" else workbook(tmp_path, register=None, segments=sheet)
    found = [one for one in issues_of(path) if one.code == "register_twin"]
    assert [(one.column, one.value, dict(one.slots)) for one in found] == [
        ("segment", "[а]", {"count": 1, "rows": "3", "other": "a"}),
        ("street", "Ab[с]", {"count": 1, "rows": "5", "other": "Abc"})]
    assert all(one.severity == "surprise" and one.say("ru") and one.say("en") for one in found)


def test_names_of_one_alphabet_are_two_names(tmp_path):
    """Kazakh ү beside Russian у; ё beside Latin ë and a long dash beside a short one are told."""
    rows = ["N1,Сулейменов,1,2016,,,,,,", "N1,Сүлейменов,1,2016,,,,,,", "N1,Абай-1,1,2016,,,,,,",
            "N1,d,1,2016,,,,,Сүл,", "N2,a,1,,,,,,Сул,"]
    assert "register_twin" not in {code for code, _ in told(workbook(tmp_path, rows))}
    rows = ["N1,ё,1,2016,,,,,,", "N1,ë,1,2016,,,,,,", "N1,Абай-1,1,2016,,,,,,", "N1,Абай–1,1,2016,,,,,,",
            "N2,a,1,,,,,,,"]
    found, = [one for one in issues_of(workbook(tmp_path, rows)) if one.code == "register_twin"]
    assert dict(found.slots) == {"count": 2, "rows": "2, 4", "other": "[ё]"}


@pytest.mark.parametrize(("new", "told_of"), [(1, False), (2, True)])
def test_of_many_stretches_a_few_may_be_new(tmp_path, new, told_of):
    """20 with a wear: one below 1 % is 5 % of them, two are 10 %."""
    rows = [f"N1,{i},0.2,,{0.5 if i < new else 60},,,,," for i in range(20)]
    assert (("register_share", "wear") in told(workbook(tmp_path, [*rows, GOOD[4]]))) == told_of


@pytest.mark.parametrize("digits", ["9" * 400, "-" + "9" * 5000, "1e999"])
def test_numbers_beyond_all_bounds_on_the_sheet(tmp_path, digits):
    """Written into the cell's XML, as no program writes them: its issue names the cell."""
    path = workbook(tmp_path, register=None, segments=[{"package": "N2", "segment": "a", "km": 271.828}])
    with ZipFile(path) as book:
        held = {name: book.read(name).replace(b"<v>271.828</v>", f"<v>{digits}</v>".encode())
                for name in book.namelist()}
    with ZipFile(path, "w") as book:
        for name, content in held.items():
            book.writestr(name, content)
    assert ("segments", "km", "stop") in {(one.sheet, one.column, one.severity) for one in issues_of(path)}


def test_more_than_three_stretches_that_trenches_join_are_told(tmp_path):
    """A trench of two packages that both lie in a street is nothing to tell, nor is a target on wear: both are planned
    by stretch. Four packages in one street, joined in a row, are too many; not where the fourth lies in another
    street."""
    heads = {"by": None, "years": "2028", "price": None, "scale": 1.0}
    wear = {"target": "W", "measure": "wear", "filter": "sector=heat", "value": 30.0, "unit": "%", "priority": "1",
            **heads}
    trench = {"package": "N1", "with_package": "N2", "km": 1.0, "saving": 1.0}
    surprises = {("register_wear", "wear")}
    assert told(workbook(tmp_path, targets=[wear])) == surprises
    assert told(workbook(tmp_path, targets=[wear], trenches=[trench])) == surprises
    four = {"networks": (NET, *({**OTHER, "package": f"N{i}"} for i in (2, 3, 4))),
            "trenches": [{**trench, "package": f"N{i}", "with_package": f"N{i + 1}"} for i in (1, 2, 3)]}
    rows = [*GOOD[:4], *(f"N{i},a,1,,,,,,S1," for i in (2, 3, 4))]
    path = workbook(tmp_path, rows=rows, **four)
    assert told(path) == surprises | {("register_streets", "street")}
    (found,) = [one for one in issues_of(path) if one.code == "register_streets"]
    assert (found.severity, found.value, found.slots["count"], found.slots["packages"]) == ("stop", "S1", "1",
        "N1, N2, N3, N4")
    assert all("N1, N2, N3, N4" in found.say(lang) for lang in ("en", "ru"))
    assert told(workbook(tmp_path, rows=[*rows[:-1], rows[-1].replace("S1", "S2")], **four)) == surprises


def test_what_stretches_can_reach_is_said_in_the_unit_of_the_quantity(tmp_path):
    """b changes 2 t CO2 a km, the others of N1 0, N2 none: at most 2 by the end, told of a target of 9 in a unit of the
    quantity itself. (Of N1 on average half a t: 4 km and the 1.5 by which b is better.)"""
    aim = {"target": "Q", "measure": "quantity", "quantity": "co2", "filter": "sector=heat", "value": 9.0,
           "unit": "tCO2", "priority": "1", "by": None, "years": "2028", "price": None, "scale": 1.0}
    (said,) = [one.say("en") for one in issues_of(workbook(tmp_path, targets=[aim]))
               if one.code == "target_out_of_reach"]
    assert "at most 3.5 tCO2" in said


def test_what_is_done_does_not_wait(tmp_path):
    """4.02 km with 0.02 done wait for 4; a difference of 0.1 km passes."""
    progress = [{"project": "N1", "year": 2025, "status": "done", "km": 0.5}]
    settings = {"networks": ({**NET, "km": 4.6}, OTHER), "progress": progress}
    assert ("register_sums", "km") not in told(workbook(tmp_path, **settings))


def test_repeated_keys_are_found_exactly():
    package = np.array([0, 0, 1, 1, 0, 1], np.int32)
    segment = np.array([b"a", b"b", b"a", b"a", b"a", b"aa"])
    assert repeated(package, segment).tolist() == [False, False, False, True, True, False]


def test_a_hundred_thousand_stretches_are_read_in_seconds(tmp_path):
    """A tenth of the largest register that is meant; without objects by row it takes about a second."""
    rows = [f"N1,{i},0.00004,{1960 + i % 60},,,,,S{i % 5000}," for i in range(100_000)]
    path = workbook(tmp_path, [*rows, GOOD[4]])
    begun = time.process_time()
    tables, issues = read(path)
    assert time.process_time() - begun < 10
    assert len(tables.register) == 100_001
    assert not issues
