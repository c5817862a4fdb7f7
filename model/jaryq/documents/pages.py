"""Pages of docs/ that follow from declarations: ``python -m jaryq.documents.pages`` writes them, a test holds that they
are fresh."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jaryq.base.issues import KINDS_OF_ISSUE
from jaryq.documents.sheets import MADE, sheet_pages, table
from jaryq.factors.gains import AIMS, GAINS
from jaryq.factors.measures import MEASURES
from jaryq.formulation import objective
from jaryq.formulation.assemble import FAMILIES
from jaryq.formulation.declare import ROWS, VARIABLES, Row, Variable
from jaryq.sheets.decisions import DECISIONS

DOCS = Path(__file__).resolve().parents[3] / "docs"

SYMBOLS = (
    ("p, f, n", "project: a facility f or a package of networks n"), ("t, y", "period, year"),
    ("s, c", "source of money, partner country"),
    ("w", "row of works capacity"), ("a, q", "facility with its variants, facility that another one waits for"),
    ("z", "row of sheet outage_limits: a region r and a unit of capacity u"), ("M", "months of a period"),
    ("g, k", "target row (or group of sources), stretch of its convex cost"),
    ("h", "source of home money: budget or utilities' own"), ("r, k", "region and sector of a tariff"),
    ("e_y, e_0", "KZT per unit of the currency in year y and in the price year"),
    ("w_y", "present value of a nominal KZT of year y"),
    ("\\mathit{cost}_{s,y}", "present value of what a KZT drawn from s in year y costs the purse"),
    ("\\mathit{worth}_{s,y}", "present value of that KZT itself"),
)


def formulation() -> str:
    """Every family of rows, the variables and the objectives of the stages."""
    parts = [
        "# The linear program", MADE.en,
        "What the quantities mean is said in [numbers.md](numbers.md). All variables are at least 0 and have a finite "
        "upper bound derived from the data, "
        "so that any multipliers give a bound that holds (numbers.md says how bounds are computed and what is called "
        "proved). "
        "A dual is the change of the stage's value for one unit more on the right-hand side; the plan "
        "never shows a dual alone but the difference of two runs.",
        "## Symbols", table(("Symbol", "Meaning"), ((f"$`{symbol}`$", meaning) for symbol, meaning in SYMBOLS)),
        "## Variables", table(("Variable", "Unit", "Meaning", "Upper bound", "Stored in"),
                              map(_variable, VARIABLES.values())),
        "## Rows", "Each file of `model/jaryq/formulation` holds families of rows; each family is one function.",
    ]
    for module in FAMILIES:
        parts += [f"### {module.__name__.rpartition('.')[2]}.py", _first(module)]
        parts += [_family(row) for row in ROWS.values() if row.rule.__module__ == module.__name__]
    parts += ["## Objectives of the stages", _first(objective),
              "Order: the priorities that have rows, then the objective, then the layers of the tie-break."]
    parts += [f"### {function.__name__}\n\n{_prose(function)}" for function in _functions(objective)]
    parts += ["## Parts of the objective", "Each is one linear form (`model/jaryq/factors/gains.py`) that the program "
              "and the report read: present values, gains positive, bn KZT of the price year.",
              table(("Part", "Meaning", "In the objectives"),
                    ((f"`{name}`", _line(gain), ", ".join(f"`{aim}`" for aim, of in AIMS.items() if name in of))
                     for name, gain in GAINS.items()))]
    parts += ["## Measures of targets", "Each is one linear form (`model/jaryq/factors/measures.py`), or one that is "
              "divided by another, that rows, bounds and report read.",
              table(("Measure", "Meaning"), ((f"`{name}`", _line(term)) for name, term in MEASURES.items()))]
    return "\n\n".join(parts) + "\n"


def _line(item: object) -> str:
    """A docstring as one line of Markdown."""
    return " ".join(_prose(item).split())


def _variable(family: Variable) -> tuple[str, ...]:
    """What a table says of a family of decisions: its name and index, unit, meaning, upper bound, sheet of the plan."""
    meaning, _, most = _first(family.most).partition(AT_MOST)
    sheet = f"`{DECISIONS[family.name].sheet}`" if family.name in DECISIONS else ""
    return (f"`{family.name}[{_index(family.most, 1)}]`", family.unit, meaning.strip(), most.strip(" ."), sheet)


def _index(rule: Callable[..., Any], after: int) -> str:
    """The index of a declared family: the signature of its rule after the model and its factors."""
    return ", ".join(list(inspect.signature(rule).parameters)[after:])


def _family(row: Row) -> str:
    return f"#### {row.text.en}: `{row.name}[{_index(row.rule, 2)}]`\n\n{_prose(row.rule)}\n\nExists for: {row.exists}."


AT_MOST = "At most: "
"""Before the upper bound in the docstring of a family of decisions."""

EQUATION = r"\.\. math::\s*(.+(?:\n(?!Unit: ).+)*)"
"""An equation ends with its paragraph, or where its unit is told."""


def _prose(item: object) -> str:
    r"""A docstring as Markdown: a line with ``.. math::`` becomes a block, :math:`x` becomes $`x`$, ``code`` becomes
    `code`."""
    text = inspect.getdoc(item) or ""
    text = re.sub(EQUATION, lambda match: f"```math\n{_upright(' '.join(match[1].split()))}\n```", text)
    text = re.sub(r":math:`([^`]+)`", lambda match: f"$`{_upright(' '.join(match[1].split()))}`$", text)
    text = re.sub(r"(?<!`)``(?!`)([^`]+)``(?!`)", r"`\1`", text)
    return re.sub(r"^(Unit|Dual): ", r"**\1:** ", text, flags=re.MULTILINE).replace(" Dual: ", "  \n**Dual:** ")


def _upright(formula: str) -> str:
    """Names of more than one letter are set as words, not as products of letters."""
    return re.sub(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:\\_[A-Za-z]+)*", lambda match: f"\\mathit{{{match[0]}}}", formula)


def _first(module: object) -> str:
    return (inspect.getdoc(module) or "").replace("``", "`")


def _functions(module: Any) -> list[Callable[..., Any]]:
    made = [item for name, item in vars(module).items() if inspect.isfunction(item)
            and item.__module__ == module.__name__ and not name.startswith("_")]
    return sorted(made, key=lambda item: item.__code__.co_firstlineno)


def issues() -> str:
    """Every kind of issue."""
    severities = {"stop": "Issues that stop a run", "surprise": "Surprises: the run goes on, look at them",
                  "note": "Notes"}
    parts = ["# Issues", MADE.en,
             "What may be said about an input: rule and remedy, in English and Russian. Words in braces are filled "
             "with the values found."]
    for severity, title in severities.items():
        mine = [kind for kind in KINDS_OF_ISSUE.values() if kind.severity == severity]
        rows = ((f"`{kind.code}`", kind.rule.en, kind.remedy.en, kind.rule.ru, kind.remedy.ru) for kind in mine)
        parts += [f"## {title}", table(("Code", "Rule", "Remedy", "Правило", "Что сделать"), rows)]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """All pages by the name of their file in docs/."""
    return {"formulation.md": formulation(), "issues.md": issues(), **sheet_pages()}


def main(folder: Path = DOCS) -> int:
    """Write the pages that changed; take away those of sheets that are no more."""
    made = pages()
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"Written: {name}")
    for path in sorted((folder / "sheets").rglob("*.md")):
        if (name := path.relative_to(folder).as_posix()) not in made:
            path.unlink()
            print(f"Taken away: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
