"""Faults of the machine and of the place, by their sentence and exit code: where they happen, whoever finds them
first."""

import errno
import io
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import openpyxl
import pytest

from jaryq.base.errors import Infeasible
from jaryq.base.faults import Fault
from jaryq.base.text import Text
from jaryq.commands.cli import main
from jaryq.commands.start import main as start
from jaryq.commands.start import not_loaded
from jaryq.workbook.read import read
from tests.sampled import exhaustive_beside
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook

ROOT = Path(__file__).parents[1]


class Lossy(io.StringIO):
    """An output that takes nothing: at once, or only when it is flushed."""

    def __init__(self, number, late):
        super().__init__()
        self.number, self.late = number, late

    def write(self, text):
        if self.late:
            return len(text)
        raise OSError(self.number, os.strerror(self.number))

    def flush(self):
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(("number", "code", "sentence"), [(errno.ENOSPC, 1,
                                                           "The output cannot be written (No space left on device)"),
                                                           (errno.EPIPE, 141, "The reader of the output went away")])
@pytest.mark.parametrize("arguments", [["--help"], ["plan", "--help"]])
def test_help_that_nobody_reads(monkeypatch, capsys, arguments, number, code, sentence, late):
    monkeypatch.setattr(sys, "stdout", Lossy(number, late))
    assert main(arguments) == code
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_help_to_a_full_device():
    with open("/dev/full", "w") as full:
        ended = subprocess.run([sys.executable, "run.py", "--help"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE,
                               check=False, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr == b"The output cannot be written (No space left on device); what was left to say is lost.\n"


def test_no_room_for_a_thread(run, book, monkeypatch):
    """Only the watch beside the run needs one: without it a plan is checked all the same."""
    def full(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    assert run("check", book)[0] == 0
    monkeypatch.setattr("jaryq.commands.check.run.read_all", lambda _: threading.Thread().start())
    code, said = run("check", book)
    assert (code, "not enough memory" in said) == (1, True)


def test_no_memory_while_reading_is_no_damage(run, book, tmp_path, monkeypatch):
    def none(*_, **__):
        raise MemoryError

    monkeypatch.setattr("jaryq.workbook.file.refuse_other_kinds", none)
    for arguments in (("check", book), ("diff", book, book), ("verify", book)):
        code, said = run(*arguments)
        assert (code, "not enough memory" in said) == (1, True)
        assert "damaged" not in said


@exhaustive_beside("tests/test_places_of_commands.py::test_no_space_while_writing")
def test_a_full_disk_is_told_of_the_file_that_was_asked_for(run, book, tmp_path, monkeypatch):
    """Found out late: what is tried before is short. No hidden name of a draft, nothing left."""
    write = Path.write_bytes

    def full(path, content):
        if len(content) > 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    for arguments in (("template", tmp_path / "new.xlsx"), ("migrate", book, tmp_path / "new.xlsx"),
                      ("mirror", book, tmp_path / "new.xlsx"),
                      ("diff", book, book, "--out", tmp_path / "new.xlsx")):
        code, said = run(*arguments)
        assert (code, f"no space is left where {tmp_path / 'new.xlsx'} should be written" in said) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["case.xlsx"]


def test_no_rights_to_read(run, book, tmp_path, monkeypatch):
    """Not damage, and saving it again is no remedy."""
    folder = tmp_path / "csv"
    assert run("mirror", book, folder)[0] == 0

    opened = Path.read_bytes

    def refused(path, *_, **__):
        if tmp_path not in Path(path).parents:
            return opened(path)
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    monkeypatch.chdir(tmp_path)
    for source, place in ((book, "stop: case.xlsx - "), (folder, "stop: facilities: facilities.csv - ")):
        for arguments in (("check", source), ("migrate", source, tmp_path / "new.xlsx"),
                          ("plan", source, "--out", tmp_path / "out"), ("plan", source), ("diff", source, source),
                          ("plan", source, "--set", "facilities; F1; cost; set 1"), ("scenarios", source),
                          ("mirror", source, tmp_path / "new"), ("merge", source, source, tmp_path / "new.xlsx")):
            code, said = run(*arguments)
            assert (arguments, code) == (arguments, 2)
            assert (
                place + "the file cannot be opened; is it open in another program? Or rights to it are missing. Close "
                        "it there" in said)
            assert "Permission denied" not in said
        assert sorted(path.name for path in tmp_path.iterdir()) == ["case.xlsx", "csv"]
        assert next(issue.code for issue in read(source)[1] if issue.severity == "stop") == "not_opened"
    monkeypatch.undo()
    monkeypatch.setattr("jaryq.workbook.finished.finished", lambda _: None)
    monkeypatch.setattr("jaryq.workbook.plan_file.zipfile.ZipFile", refused)
    code, said = run("verify", book)
    assert (code, "cannot be opened or replaced" in said or "is an input workbook" in said) == (1, True)


@pytest.mark.parametrize("command", ["check", "plan"])
def test_no_rights_to_a_folder_of_inputs(run, tmp_path, monkeypatch, command):
    (tmp_path / "csv").mkdir()
    monkeypatch.chdir(tmp_path)
    listed = Path.iterdir

    def refused(path):
        if path.name != "csv":
            return listed(path)
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refused)
    code, said = run(command, tmp_path / "csv")
    assert (code, "stop: csv - the file cannot be opened" in said) == (2, True)
    assert os.listdir(tmp_path) == ["csv"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of addresses of POSIX")
@pytest.mark.parametrize("megabytes", [100, 250, 320, 600])
def test_no_addresses_for_what_loads(book, tmp_path, megabytes):
    """Where libraries of linear algebra themselves end the process or try for ever: from where Python runs to where all
    loads."""
    script = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes << 20}, {megabytes << 20})); from "
        "jaryq.commands.start import main; import sys; sys.exit(main(sys.argv[1:]))")
    command = [sys.executable, "-c", script, "plan", str(book), "--out", str(tmp_path / "out")]
    ended = subprocess.run(command, cwd=ROOT / "model", capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"{not_loaded(MemoryError())}.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["case.xlsx"]


def test_a_process_that_used_the_solver_before(book, tmp_path):
    """Its threads are set up already, for as many as there are cores or as were asked for. And no banner from ours."""
    before = (
        "import highspy; highs = highspy.Highs(); highs.silent(); highs.setOptionValue('threads', 3); highs.addVar(0, "
        "1); highs.run(); ")
    call = (
        f"import sys; from jaryq.commands.cli import main; sys.exit(main(['plan', {str(book)!r}, '--out', "
        f"{str(tmp_path / 'out')!r}]))")
    ended = subprocess.run([sys.executable, "-c", before + call], cwd=ROOT, capture_output=True, text=True, check=False,
                           timeout=100)
    assert ended.returncode == 0
    assert "2 of 3 facilities" in ended.stdout
    assert ended.stdout.count("Running HiGHS") <= 1  # that of who was before


def test_modules_that_do_not_load(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "jaryq.commands.cli", None)
    assert start(["check"]) == 1
    assert capsys.readouterr().err == (
        "the module jaryq.commands.cli is missing: install the program with all that it needs (see the README).\n")
    with pytest.raises(ImportError):
        start(["--debug", "check"])
    assert "not enough memory" in not_loaded(MemoryError())
    assert "not enough memory" in not_loaded(ImportError("failed to map segment from shared object"))


def test_a_scenario_with_an_unseen_mark_stops_and_is_no_unknown_one(run, tmp_path):
    """Its name becomes a folder: xy with a mark of direction inside is not xy. Other scenarios may stand on it: told
    once."""
    plain_workbook(minimal_tables(**BASE, scenarios=[{"scenario": "x\u202ey"}, {"scenario": "z", "builds_on": "xy"}]),
                   tmp_path / "case.xlsx")
    code, said = run("check", tmp_path / "case.xlsx")
    assert "no such row" not in said
    assert code == 2
    assert said.count("stop: scenarios!A4 scenario") == 1
    assert "it holds a character that is not seen" in said


def test_modules_of_a_command_that_do_not_load(tmp_path, capsys, monkeypatch):
    """What says how a run ended may be among them, as where memory ends: the sentence all the same."""
    from jaryq.commands import cli, cli_planning

    class Unloaded:
        def __getattr__(self, name):
            raise Fault(Text(not_loaded(MemoryError()), not_loaded(MemoryError())))

    for module in (cli, cli_planning):
        monkeypatch.setattr(module, "commands", Unloaded())
    assert main(["plan", str(tmp_path / "none.xlsx")]) == 1
    assert capsys.readouterr().err == f"{not_loaded(MemoryError())}.\n"


@pytest.mark.parametrize("encoding", ["ascii:strict", "cp1251:strict"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_terminal_of_another_encoding(book, encoding, lang):
    """What is said goes out in UTF-8 whatever the terminal says of itself: readable in a file, and never a
    traceback."""
    env = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    ended = subprocess.run([sys.executable, "run.py", "check", str(book), "--lang", lang], cwd=ROOT,
                           capture_output=True, check=False, timeout=60, env=env)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert {"en": "nothing stops a plan", "ru": "ничто не мешает"}[lang] in ended.stdout.decode("utf-8")


def test_a_remark_that_is_left_out_is_told(run, book, tmp_path):
    """An error in a cell of remarks stops nothing; whoever writes the workbook anew says that it is not in it."""
    made = openpyxl.load_workbook(book)
    place = next(cell for cell in made["facilities"][3] if cell.value == "note")
    made["facilities"].cell(4, place.column).value = "#VALUE!"
    made.save(book)
    told = f"note: facilities!{place.column_letter}4 note: #VALUE! - the cell of remarks holds an error"
    part = tmp_path / "part"
    for arguments in (("check", book), ("migrate", book, tmp_path / "new.xlsx"), ("mirror", book, part),
                      ("merge", book, part, tmp_path / "merged.xlsx")):
        code, said = run(*arguments)
        assert (arguments[0], code, said.count(told)) == (arguments[0], 0, 1)


@pytest.mark.parametrize(("shares", "why"), [("inf; 1; 1", "the value is infinite or not a number"),
                                             ("a; 1", "a number in place of “a”"),
                                             ("1,500; 1", "may mean 1.500 or 1500")])
def test_a_list_that_is_no_numbers_stops_at_its_cell(run, tmp_path, shares, why):
    plain_workbook(minimal_tables(**{**BASE, "sources": [{"source_id": "S", "kind": "budget", "shares": shares}]}),
                   tmp_path / "case.xlsx")
    for command in ("check", "plan"):
        code, said = run(command, tmp_path / "case.xlsx")
        assert code == 2
        assert re.search(rf"stop: sources![A-Z]+4 shares: {re.escape(shares)} - ", said)
        assert why in said


def test_what_a_value_that_is_thrown_away_meets_is_not_told_twice(capsys):
    """A file that could not be written is closed once more by ``__del__``; a bug there is still seen."""
    from types import SimpleNamespace

    from jaryq.commands.start import _told_already
    for error in (OSError(errno.ENOSPC, "No space left on device"), MemoryError(), KeyboardInterrupt()):
        _told_already(SimpleNamespace(exc_type=type(error), exc_value=error, exc_traceback=None, err_msg=None,
                                      object=None))
    assert capsys.readouterr().err == ""


def test_several_changes_and_which_projects_move(run, book, tmp_path, monkeypatch):
    """Ceilings 10 and 1: F1 (must be done, 6) and F2 (4) fit. With F2 at 5 and F3 at 4 it is F3 that fits beside F1:
    one goes, one comes, by name."""
    monkeypatch.chdir(tmp_path)
    code, said = run("plan", book, "--set", "facilities; F2; cost; set 5", "--set", "facilities; F3; cost; set 4")
    assert code == 0
    assert {"  F2: dropped", "  F3: added 2026"} <= set(said.splitlines())
    assert "s] reading" in said


def test_scenarios_say_from_the_first_second_what_they_do(run, book, monkeypatch):
    def planned(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("jaryq.commands.scenarios.run_all", planned)
    code, said = run("scenarios", book)
    assert (code, said.index("s] reading") < said.index("Stopped after")) == (130, True)


@exhaustive_beside("test_several_changes_and_which_projects_move", "test_a_remark_that_is_left_out_is_told")
def test_in_russian(run, book, tmp_path, monkeypatch):
    assert run("plan", book, "--out", tmp_path / "out", "--lang", "ru")[0] == 0
    monkeypatch.chdir(tmp_path)
    run("plan", book)
    assert "Записано" in run("mirror", book, tmp_path / "csv", "--lang", "ru")[1]
    assert re.search("Ячеек \\d\u00a0", run("verify", tmp_path / "out" / "plan.xlsx", "--lang", "ru")[1])
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04")
    assert run("verify", tmp_path / "cut.xlsx", "--lang", "ru") == (1,
        "cut.xlsx повреждён или не является книгой плана.\n")
    said = run("plan", book, "--lang", "ru", "--out", tmp_path / "tried", "--set", "facilities; F2; cost; set 5")[1]
    assert "план без изменения лежит в outputs" in said

    def contradicts(*_, **__):
        raise Infeasible("no plan of whole facilities keeps all hard rules")

    monkeypatch.setattr("jaryq.api.verified.solve", contradicts)
    code, said = run("plan", book, "--lang", "ru", "--out", tmp_path / "none")
    assert (code, "ни один план из целых объектов не соблюдает все жёсткие правила." in said) == (3, True)
