"""Workbooks of very many sheets are refused before each is looked at: in under 2 processor seconds, where it took
minutes."""

import time
import zipfile

import pytest

from jaryq.workbook.package import MOST_SHEETS
from jaryq.workbook.read import read
from tests.workbooks import ods_workbook


def many(path, count):
    """So many sheets that all are one part."""
    sheets = "".join(f'<sheet name="s{number}" sheetId="{number}" r:id="r{number}"/>' for number in range(1, count + 1))
    links = "".join(f'<Relationship Id="r{number}" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>'
                    for number in range(1, count + 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", '<Relationships><Relationship Id="a" Type="http://x/officeDocument" '
                                        'Target="xl/workbook.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>")
    return path


@pytest.mark.parametrize(("count", "code"), [(100_000, "unsafe_file"), (19_000, "too_large"),
                                             (MOST_SHEETS + 1, "too_large")])
def test_very_many_sheets(tmp_path, count, code):
    path = many(tmp_path / "case.xlsx", count)
    begun = time.process_time()
    issues = read(path)[1]
    assert [issue.code for issue in issues] == [code]
    assert time.process_time() - begun < 2


def test_very_many_sheets_of_an_open_document(tmp_path):
    path = ods_workbook(tmp_path / "case.ods", raw={f"s{number}": "" for number in range(50_000)})
    begun = time.process_time()
    assert [(issue.code, f"more than {MOST_SHEETS} sheets" in issue.say())
            for issue in read(path)[1]] == [("too_large", True)]
    assert time.process_time() - begun < 2
