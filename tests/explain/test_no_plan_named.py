"""A conflict and its repair name what people have named, with the key behind; a key alone where a row has no name."""

import pytest

from jaryq.commands.cli import main
from tests.hand.test_from_workbooks import book, facility
from tests.workbooks import plain_workbook


@pytest.mark.parametrize(("lang", "conflict", "repair"), [
    ("en", ["in conflict: Must be done, Hospital boiler (A) (facilities!", "in conflict: Must be done, N (facilities!",
            "in conflict: Ceiling of the year, Republican budget (B), 2026: 16 bn KZT (source_years!B4)"],
     "Ceiling of the year, Republican budget (B), 2026: 16 -> 20 bn KZT (source_years!B4)"),
    ("ru", ["противоречат: Обязателен, Котельная больницы (A) (facilities!", "противоречат: Обязателен, N (facilities!",
            "противоречат: Потолок года, Республиканский бюджет (B), 2026: 16 млрд тенге (source_years!B4)"],
     "Потолок года, Республиканский бюджет (B), 2026: 16 -> 20 млрд тенге (source_years!B4)")])
def test_names_stand_before_keys(lang, conflict, repair, tmp_path, capsys):
    """20 bn are due in 2026, 16 are there, nothing later."""
    must = {"must_do": True, "savings": 0, "latest": 2026, "may_move": False}
    tables = book([{"source_id": "B", "name": "Republican budget", "name_ru": "Республиканский бюджет"}],
                  [facility("A", 10, name="Hospital boiler", name_ru="Котельная больницы", **must),
                   facility("N", 10, **must)],
                  source_years=[{"source_id": "B", "2026": 16, "2027": 0, "2028": 0}])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--lang", lang]) in (2, 3)
    said = [line.strip() for line in capsys.readouterr().err.splitlines()]
    for start in conflict:
        assert any(line.startswith(start) for line in said), said
    assert repair in said


@pytest.mark.parametrize(("lang", "name"), [("en", "Works capacity, welders, 2026: 2 crew-years"),
                                            ("ru", "сварщики (welders), 2026: 2")])
def test_a_crew_of_the_whole_country_with_a_russian_name_alone(lang, name, tmp_path, capsys):
    """1.5 crews each of two facilities that end in 2026; there are 2."""
    boiler = {"latest": 2026, "must_do": True, "savings": 1, "asset_type": "boiler"}
    tables = book([{"source_id": "B", "envelope": 100}], [facility("K1", 9, **boiler), facility("K2", 5, **boiler)],
                  asset_types=[{"asset_type": "boiler", "sector": "heat"}],
                  crews=[{"crew": "welders", "crew_ru": "сварщики", "2026": 2, "2027": 2, "2028": 2}],
                  crew_needs=[{"crew": "welders", "project": key, "crews": 1.5} for key in ("K1", "K2")])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--lang", lang]) in (2, 3)
    assert name in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "pace", "repair"), [
    ("en", "in conflict: Pace of drawing of a loan that is signed for no more than its works cost, Bank loan (L) "
     "(sources!", "Ceiling of the year, Republican budget (B), 2026: 4 -> 5 bn KZT (source_years!B4)"),
    ("ru", "противоречат: Темп выборки займа, который подписан не больше чем на стоимость его работ, Заём банка (L) "
     "(sources!", "Потолок года, Republican budget (B), 2026: 4 -> 5 млрд тенге (source_years!B4)")])
def test_a_loan_that_is_signed_for_its_works(lang, pace, repair, tmp_path, capsys):
    """10 bn are due in 2026. Half of what is signed may be drawn by then, and no more than 10 is signed, though the
    loan could give 100: 5 and the 4 of the budget are 9."""
    loan = {"source_id": "L", "name": "Bank loan", "name_ru": "Заём банка", "kind": "loan", "envelope": 100,
            "tenor": 10, "rate": 5, "grace": 3, "signing_year": 2026, "draw_timing": "start", "pace": "50; 50"}
    tables = book([{"source_id": "B", "name": "Republican budget"}, loan],
                  [facility("A", 10, must_do=True, savings=0, latest=2026, may_move=False)],
                  source_years=[{"source_id": "B", "2026": 4, "2027": 0, "2028": 0}])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--lang", lang]) in (2, 3)
    said = [line.strip() for line in capsys.readouterr().err.splitlines()]
    assert any(line.startswith(pace) for line in said), said
    assert repair in said
