"""Names that become folders. What is safe follows from the rules of the three systems: Microsoft's "Naming files,
paths, and namespaces" (reserved characters and devices, no point or blank at the end), POSIX (no slash, no NUL, ``.``
and ``..``), and APFS (case and normal form)."""

import pytest

from jaryq.base.safe_name import LONGEST, on_disk, safe_name, why_unsafe

WORST = [
    "", "  ", ".", "..", "...", ". .", "../x", "a/b", "a\\b", "/tmp/x", "C:", "C:x", "x:stream", "\\\\server\\share",
    "a\0b", "a\nb", "\x1b[31m",
    "a\u200bb", "\u202eabc", "\ud800", "\uffff", "a<b", "a|b", "what?", "a*", 'a"b', "end.", "end ", " start",
    ".hidden", "~", "~root",
    "-", "--", "_", "– ·", "CON", "con", "nul.txt", "COM1", "lpt9.tar.gz", "COM¹", "aux .x", "CONIN$",
    "x" * (LONGEST + 1), "я" * (LONGEST + 1), "🔥" * 70,
    "comparison.xlsx", "Comparison.2.xlsx", "plan.xlsx", "plan.stale.xlsx", "report.html", "report.stale.html",
    "summary.json", "manifest.json", "tried", "TRIED", "tried-what_if", "Tried-forced-2",
]
FINE = ["base", "high", "High cost", "banks_only", "тариф +20 %", "Сценарий №2", "2027-2030", "a.b", "console", "com",
        "lpt10", "what_if", "forced", "tried it", "comparison", "x" * LONGEST,
        "я" * LONGEST, "base (2)", "a & b; c", "高"]


@pytest.mark.parametrize("name", WORST, ids=ascii)
def test_a_name_that_is_not_one_folder_everywhere(name):
    assert not safe_name(name)
    assert why_unsafe(name) is not None


@pytest.mark.parametrize("name", FINE)
def test_names_people_give(name):
    assert why_unsafe(name) is None
    assert safe_name(name)


def test_what_shares_a_folder_where_case_and_normal_form_do_not_count():
    assert on_disk("High") == on_disk("HIGH")
    assert on_disk("Й") == on_disk("й")
    assert on_disk("straße") == on_disk("STRASSE")
    assert on_disk("high") != on_disk("hi-gh")
