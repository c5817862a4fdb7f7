"""One word for one thing, in the names of the model."""

import ast
import re
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "model" / "jaryq"
FILES = sorted(SOURCE.rglob("*.py"))


@cache
def seen():
    """Of all files, each parsed once: names of modules, classes and functions, each with its place, as (place, name);
    names of lists of kinds, each with its file; English marks in Russian, by file."""
    found, kinds, marks = [], set(), {}
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(SOURCE).as_posix()
        found.append((place, place.removesuffix("/__init__.py") if path.name == "__init__.py" else path.stem))
        found += [(place, node.name) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        kinds |= {(path.name, target.id) for node in tree.body
                  if isinstance(node, ast.Assign | ast.AnnAssign)
                  for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
                  if isinstance(target, ast.Name) and target.id.endswith("KINDS")}
        if lines := english_marks_in(tree):
            marks[path.name] = lines
    return found, kinds, marks


def names():
    return seen()[0]


def with_word(word):
    return {(place, name) for place, name in names() if re.search(word, name, re.IGNORECASE)}


def test_inputs_are_checked_and_plans_verified():
    """``check`` is the command that looks at an input, and what a line of the plan's sheet ``checks`` is called; what
    looks at a plan is ``verify_...``."""
    assert {(place, name) for place, name in with_word("check")
            if not place.startswith("commands/")} == {("report/stages.py", "checks_table")}
    assert {name for place, name in with_word("check") if place.startswith("commands/")} == {"commands/check", "check",
        "_check", "_checked"}


def test_pages_are_those_of_docs_and_of_partners():
    """A page stands in docs/ (``documents``); a sheet of the plan that a partner gets is a partner page; what a
    workbook has is a worksheet."""
    assert {(place, name) for place, name in with_word("page") if "partner" not in name.lower()
            and not place.startswith("documents/")} == set()


def test_kinds_say_of_what():
    """Lists of kinds are called KINDS_OF_..., so that a name that is imported says which."""
    assert seen()[1] == set()
    assert not with_word(r"^kinds$")


def test_loans_are_terms_lenders_ask_and_crews_are_lent():
    """Loans: terms, draws, service. Lenders: what they ask beside money back. Lending is what regions do with crews."""
    assert {(place, name) for place, name in with_word("lending")} == set()


RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
MARKED = re.compile(r",|\.[1-9]\d*[fg]")


def english_marks_in(tree):
    """Lines of Russian sentences in which a number gets the thousands or decimal mark of English, and keeps it."""
    mended = {id(node.func.value) for node in ast.walk(tree) if isinstance(node, ast.Call)
              and isinstance(node.func, ast.Attribute) and node.func.attr == "replace"}
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and id(node) not in mended
            and RUSSIAN.search("".join(str(part.value) for part in node.values if isinstance(part, ast.Constant)))
            and any(isinstance(part, ast.FormattedValue) and part.format_spec is not None
                    and MARKED.search(ast.unparse(part.format_spec)) for part in node.values)]


def test_numbers_in_russian_have_russian_marks():
    """"5,000 из 12 800 строк" was read as five rows: ``report.words.number`` tells numbers in both languages."""
    assert seen()[2] == {}


def test_an_english_mark_in_russian_is_seen():
    assert english_marks_in(ast.parse('A = f"{rows:,} строк"\nB = f"{share:.2f} %"\nC = f"доля {share:.1f}"\nD = '
                                      'f"доля {share:.1f}".replace(".", ",")\nE = f"{n:.0f} лет"\n')) == [1, 3]
