"""Nothing is in the model that only tests use."""

import ast
import re

from tests.test_architecture import FILES, ROOT, SOURCE, module_of

LIBRARY_READS = {"_repr_html_", "worksheet_class", "LOOPBACK"}
"""Names of ours that a library asks for: notebooks, XlsxWriter, NiceGUI."""


def only_defined(model, others, words):
    """What no code but that of tests uses: names at the top of a module of ``model`` (module: tree) that neither it nor
    another module or tree of ``others`` reads, and members of classes whose name nobody reads. What is decorated for a
    register, or named by a string or in ``words`` (of templates), is used."""
    read, members, strings, places = set(), set(words), set(words), []
    for module, tree in (*model.items(), *((None, tree) for tree in others)):
        aliases = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                read |= {(node.module, name.name) for name in node.names}
                aliases |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                members.add(node.attr)
                read.add((aliases.get(ast.unparse(node.value)), node.attr))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.update(re.findall(r"\w+", node.value) if "\n" not in node.value else ())
        for top in tree.body if module else ():
            name = getattr(top, "name", None)
            read |= {(module, node.id) for node in ast.walk(top) if isinstance(node, ast.Name)
                     and isinstance(node.ctx, ast.Load) and node.id != name}
            places += [(module, "", *one) for one in named_in(top)]
            places += [(module, f"{name}.", *one) for node in getattr(top, "body", ()) if isinstance(top, ast.ClassDef)
                       for one in named_in(node)]
    return sorted(f"{module}.{of}{name}" for module, of, name, listed in places if not listed
                  and not name.startswith("__") and name not in LIBRARY_READS
                  and name not in strings and (name not in members if of else (module, name) not in read))


def named_in(node):
    """Names that a statement defines, and whether a decorator puts each into a register."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [(node.name, any(not re.match(r"(dataclass|once|cache|property|static|class|overload)",
                                             ast.unparse(mark)) for mark in node.decorator_list))]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [(name.id, False) for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def test_nothing_is_there_for_tests_alone():
    """Tests read what users read: what only they call is a second program."""
    others = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "run.py",
        *(ROOT / "inputs").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py"))]
    words = {word for path in SOURCE.rglob("*") if path.suffix in (".html", ".js")
             for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    assert only_defined({module_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}, others,
                        words) == []


def test_what_only_tests_use_is_seen():
    model = {"jaryq.a": ast.parse("X = 1\nY = 2\nZ = X\n@row(1)\ndef r(): pass\ndef f(): return f()\nclass C:\n    "
                                  "used: int\n    idle: int"),
             "jaryq.b": ast.parse("from jaryq import a\nfrom jaryq.a import C\nY = 3\nprint(a.Z, C.used)")}
    assert only_defined(model, [], set()) == ["jaryq.a.C.idle", "jaryq.a.Y", "jaryq.a.f", "jaryq.b.Y"]
