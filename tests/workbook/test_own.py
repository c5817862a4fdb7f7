"""Sheets and columns of one's own, without a #, outlive a migration."""

import openpyxl

from jaryq.commands.cli import main
from tests.workbooks import grid_workbook


def test_what_is_ones_own_is_kept(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "name", "cost", "to ask"],
        ["F1", "Boiler house", 1, "the akimat"]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Ideas")["A1"] = "mine"
    book.save(path)
    assert main(["migrate", str(path), str(tmp_path / "new.xlsx")]) == 0
    new = openpyxl.load_workbook(tmp_path / "new.xlsx")
    place = next(cell.column for cell in new["facilities"][3] if cell.value == "to ask")
    assert new["facilities"].cell(4, place).value == "the akimat"
    assert new["Ideas"]["A1"].value == "mine"


def test_what_a_folder_of_tables_does_not_hold_is_told(tmp_path, capsys):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "name", "cost", "to ask"],
        ["F1", "Boiler house", 1, "the akimat"]])
    part = grid_workbook(tmp_path / "part.xlsx", facilities=[["facility", "cost"], ["F1", 2]])
    for arguments in (["migrate", path, tmp_path / "tables"], ["merge", path, part, tmp_path / "merged"]):
        assert main([str(argument) for argument in arguments]) == 0
        assert "facilities!D3 to ask" in capsys.readouterr().err
    assert main(["migrate", str(path), str(tmp_path / "new.xlsx")]) == 0
    assert "to ask" not in capsys.readouterr().err
