"""No command overwrites what it reads or a stranger's file, unless told to; places are tried before anything is solved;
every fault has its sentence."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from jaryq.base.places import _machine
from jaryq.commands.cli import main
from tests.sampled import exhaustive_beside, exhaustive_but_for
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook

ROOT = Path(__file__).parents[1]


@pytest.fixture
def unsolved(monkeypatch):
    """Whoever solves fails: places are tried before."""
    def solve(*_, **__):
        raise AssertionError("solved")

    monkeypatch.setattr("jaryq.api.verified.solve", solve)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# --- a stranger's file ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["plan.xlsx", "report.html", "summary.json", "manifest.json"])
def test_a_strangers_file_in_the_folder_of_results(run, book, tmp_path, unsolved, name):
    """A manifest.json is what web pages have too."""
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text('{"name": "my web page"}')
    code, said = run("plan", book, "--out", out)
    assert code == 64
    assert f"{name} is there already and was not written by this command" in said
    assert "--force" in said
    assert names(out) == [name]
    assert (out / name).read_text() == '{"name": "my web page"}'


def test_force_and_what_was_written_before(run, book, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.xlsx").write_text("mine")
    assert run("plan", book, "--out", out, "--force")[0] == 0
    assert run("plan", book, "--out", out)[0] == 0
    (out / "plan.xlsx").write_bytes(b"cut off")
    assert run("plan", book, "--out", out)[0] == 0  # the manifest says whose folder it is
    (out / "manifest.json").write_text("[]")
    (out / "summary.json").unlink()
    assert run("plan", book, "--out", out)[0] == 0  # and so does the plan
    assert names(out) == ["manifest.json", "plan.xlsx", "report.html", "summary.json"]


@exhaustive_but_for("diff", "annotate")
@pytest.mark.parametrize("make", [
    lambda book, place: ("template", place), lambda book, place: ("migrate", book, place), lambda book,
    place: ("diff", book, book, "--out", place),
    lambda book, place: ("check", book, "--annotate", place)], ids=["template", "migrate", "diff", "annotate"])
def test_a_workbook_in_the_place(run, book, tmp_path, make):
    """Ours is replaced; after another program saved it, it is somebody's work."""
    place = tmp_path / "place.xlsx"
    place.write_text("mine")
    code, said = run(*make(book, place))
    assert (code, place.read_text()) == (64, "mine")
    assert "place.xlsx is there already" in said
    assert run(*make(book, place), "--force")[0] == 0
    assert run(*make(book, place))[0] == 0
    openpyxl.load_workbook(place).save(place)
    kept = place.read_bytes()
    assert run(*make(book, place))[0] == 64
    assert place.read_bytes() == kept
    place.write_bytes(b"")
    assert run(*make(book, place))[0] == 0  # an empty file holds nothing to lose


def test_one_purpose_does_not_replace_another(run, book, tmp_path):
    assert run("template", tmp_path / "t.xlsx")[0] == 0
    assert run("migrate", book, tmp_path / "t.xlsx")[0] == 64


def test_a_junit_file(run, book, tmp_path):
    run("plan", book, "--out", tmp_path / "out")
    report = tmp_path / "report.xml"
    report.write_text('<testsuite name="of others"/>')
    plan = tmp_path / "out" / "plan.xlsx"
    assert run("verify", plan, "--junit", report)[0] == 64
    assert run("verify", plan, "--junit", report, "--force")[0] == 0
    assert run("verify", plan, "--junit", report)[0] == 0


def test_a_mirror_replaces_its_own_files_only(run, book, tmp_path):
    folder = tmp_path / "csv"
    assert run("mirror", book, folder)[0] == 0
    (folder / "README.txt").write_text("mine")
    assert run("mirror", book, folder)[0] == 0
    text = (folder / "facilities.csv").read_text()
    (folder / "facilities.csv").write_text(text + "F9,9\n")
    code, said = run("mirror", book, folder)
    assert code == 64
    assert "facilities.csv is there already" in said
    assert run("mirror", book, folder, "--force")[0] == 0
    assert (folder / "facilities.csv").read_text() == text
    assert (folder / "README.txt").read_text() == "mine"
    assert "not read: nothing" in run("check", folder)[1] or ".mirror.json" not in run("check", folder)[1]


def test_the_comparison(run, book, tmp_path, unsolved):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "comparison.xlsx").write_text("mine")
    assert run("scenarios", book, "--out", tmp_path / "out")[0] == 64
    assert names(tmp_path / "out") == ["comparison.xlsx"]


# --- its own input ----------------------------------------------------------------------------------------------------

def test_its_own_input(run, book, tmp_path, unsolved):
    whole = book.read_bytes()
    other = tmp_path / "other.xlsx"
    other.write_bytes(whole)
    folder = tmp_path / "folder"
    run("mirror", book, folder)
    link = tmp_path / "link.xlsx"
    link.symlink_to(book)
    for arguments in (("migrate", book, book), ("migrate", book, link), ("diff", book, other, "--out", other),
                      ("mirror", folder, folder), ("migrate", folder, folder)):
        code, said = run(*arguments)
        assert code == 64
        assert "is what this command reads" in said
    inside = tmp_path / "out" / "plan.xlsx"
    inside.parent.mkdir()
    inside.write_bytes(whole)
    code, said = run("plan", inside, "--out", inside.parent)
    assert (code, "is what this command reads" in said) == (64, True)
    assert inside.read_bytes() == book.read_bytes() == other.read_bytes() == whole
    assert run("migrate", book, book, "--force")[0] == 0


def test_a_plan_is_not_replaced_by_its_report(run, book, tmp_path):
    run("plan", book, "--out", tmp_path / "out")
    plan = tmp_path / "out" / "plan.xlsx"
    assert run("verify", plan, "--junit", plan)[0] == 64
    assert run("diff", plan, plan, "--out", plan)[0] == 64
    assert run("verify", plan)[0] == 0


# --- places that cannot be --------------------------------------------------------------------------------------------

def test_a_folder_where_a_file_should_be_stays_one(run, book, tmp_path, unsolved):
    (tmp_path / "out" / "plan.xlsx" / "deep").mkdir(parents=True)
    for more in ((), ("--force",)):
        code, said = run("plan", book, "--out", tmp_path / "out", *more)
        assert code == 64
        assert "plan.xlsx is a folder, where a file is needed" in said
    assert names(tmp_path / "out") == ["plan.xlsx"]
    for arguments in (("template", tmp_path / "out"), ("diff", book, book, "--out", tmp_path / "out")):
        assert run(*arguments)[0] == 64


def test_a_file_where_a_folder_should_be_and_below_a_file(run, book, tmp_path, unsolved):
    (tmp_path / "file").write_text("mine")
    for command in (("plan", book, "--out"), ("scenarios", book, "--out"), ("mirror", book),
                    ("watch", book, "--once", "--out")):
        code, said = run(*command, tmp_path / "file")
        assert (code, "is a file, where a folder is needed" in said or "below something that is a file" in said) == (64,
            True)
        code, said = run(*command, tmp_path / "file" / "deep" / "er")
        assert (code, f"{tmp_path / 'file' / 'deep' / 'er'} would stand below something that is a file" in said) == (64,
            True)
    code, said = run("template", tmp_path / "file" / "t.xlsx")
    assert (code, "below something that is a file" in said) == (64, True)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(("number", "said"), [
    (errno.ENOSPC, "no space is left where"), (errno.EACCES, "rights to it are missing"),
    (errno.EROFS, "rights to it are missing"), (errno.EFBIG, "a limit of size")])
def test_what_the_machine_refuses(run, book, tmp_path, monkeypatch, unsolved, number, said):
    """Found out before anything is solved."""
    write = Path.write_bytes

    def refused(path, content):
        if path.name.endswith(".part"):
            raise OSError(number, os.strerror(number), str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", refused)
    for arguments in (("plan", book, "--out", tmp_path / "out"), ("template", tmp_path / "t.xlsx"),
                      ("mirror", book, tmp_path / "csv")):
        code, text = run(*arguments)
        assert code == 1
        assert said in text
    assert not any(path.name.endswith(".part") for path in tmp_path.rglob("*"))


def test_no_space_while_writing(run, book, tmp_path, monkeypatch):
    """The disk fills up while the plan is solved: an older plan stays."""
    out = tmp_path / "out"
    assert run("plan", book, "--out", out)[0] == 0
    before = (out / "plan.xlsx").read_bytes()
    write = Path.write_bytes

    def full(path, content):
        if len(content) > 1000:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    code, said = run("plan", book, "--out", out)
    assert (code, "no space is left where" in said) == (1, True)
    assert (out / "plan.stale.xlsx").read_bytes() == before
    assert not any(path.name.endswith(".part") for path in out.iterdir())


def test_no_memory(run, book, tmp_path, monkeypatch):
    def solve(*_, **__):
        raise MemoryError

    monkeypatch.setattr("jaryq.api.verified.solve", solve)
    code, said = run("plan", book, "--out", tmp_path / "out")
    assert (code, "not enough memory" in said) == (1, True)
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["status"] == "failed"


def test_a_mirror_is_whole_or_not_at_all(run, book, tmp_path, monkeypatch):
    folder = tmp_path / "csv"
    run("mirror", book, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    plain_workbook(minimal_tables(**{**BASE, "facilities": [{"facility": "F7", "cost": 1.0}],
                                     "source_years": [{"source_id": "S", "2026": 1.0, "2027": 7.0}]}), book)
    replace, calls = os.replace, []

    def third(one, other):
        if Path(other).parent == folder and len(calls.append(other) or calls) == 3:
            raise OSError(errno.EIO, "Input/output error", str(other))
        replace(one, other)

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", third)
        code, said = run("mirror", book, folder)
    assert (code, "Input/output error" in said) == (1, True)
    # Its mark knows what was there and what was to come, so that a run which was killed amid it would not bar the next
    # one.
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {**after, ".mirror.json": before[".mirror.json"]} == before
    assert run("mirror", book, folder)[0] == 0
    assert "F7" in (folder / "facilities.csv").read_text()


# --- names and arguments ----------------------------------------------------------------------------------------------

@exhaustive_beside("test_names_without_control_characters")
@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no UTF-8")
def test_a_file_name_that_is_no_utf8(run, book, tmp_path):
    odd = tmp_path / os.fsdecode(b"case\xff.xlsx")
    odd.write_bytes(book.read_bytes())
    assert run("plan", odd, "--out", tmp_path / "out")[0] == 0
    assert run("verify", tmp_path / "out" / "plan.xlsx")[0] == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["input"] == "case\ufffd.xlsx"
    for arguments in (("check", odd, "--format", "json"), ("diff", book, odd, "--out", tmp_path / "d.xlsx"),
                      ("text", odd), ("check", odd, "--annotate", tmp_path / "a.xlsx"),
                      ("migrate", odd, tmp_path / "m.xlsx"), ("check", odd, "--format", "junit")):
        assert run(*arguments)[0] == 0


@pytest.mark.parametrize("count", ["-1", "0", "two", "1.5"])
def test_a_number_of_processes(book, capsys, count):
    with pytest.raises(SystemExit) as ended:
        main(["scenarios", str(book), "--processes", count])
    assert ended.value.code == 64
    assert f"{count} is not a whole number of 1 or more" in capsys.readouterr().err


def test_only_a_scenario_that_is_there(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    plain_workbook(minimal_tables(**BASE, scenarios=[{"scenario": "no_japan"}]), tmp_path / "case.xlsx")
    code, said = run("scenarios", "case.xlsx", "--only", "no_japn")
    assert code == 2
    assert "no_japn" in said
    assert "did you mean “no_japan”?" in said
    assert names(tmp_path) == ["case.xlsx"]


def test_a_wrong_scenario_leaves_no_folder(run, book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for arguments in (("plan", book, "--scenario", "rain"), ("plan", book, "--scenario", "../x"),
                      ("watch", book, "--once", "--scenario", "rain"),
                      ("plan", book, "--scenario", "rain", "--set", "facilities; F1; cost; set 1"),
                      ("plan", tmp_path / "none.xlsx")):
        assert run(*arguments)[0] == 2
    assert names(tmp_path) == ["case.xlsx"]


@pytest.mark.parametrize("name", ["../escaped", "..", "/tmp/escaped", "comparison.xlsx", "CON", "a/b", "a\u200bb", "-"])
def test_nothing_is_written_outside_the_folder_of_results(run, tmp_path, monkeypatch, name):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    plain_workbook(minimal_tables(**BASE, scenarios=[{"scenario": name}]), Path("case.xlsx"))
    assert run("plan", "case.xlsx", "--scenario", name)[0] == 2
    code, said = run("scenarios", "case.xlsx")
    assert code == 2
    assert "stop: scenarios!A4 scenario" in said
    assert names(tmp_path) == ["here"]
    assert names(tmp_path / "here") == ["case.xlsx"]


@exhaustive_beside("test_its_own_input")
def test_two_inputs_of_one_name(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, money in (("a", 10.0), ("b", 20.0)):
        Path(name).mkdir()
        plain_workbook(minimal_tables(**{**BASE, "source_years": [{"source_id": "S", "2026": money, "2027": 1.0}]}),
                       Path(name) / "case.xlsx")
        code, said = run("plan", f"{name}/case.xlsx")
        assert code == 0
    assert "outputs/case holds plans of another input of this name" in said
    assert names(tmp_path / "outputs") == ["case", "case-2"]
    before = (tmp_path / "outputs" / "case" / "base" / "plan.xlsx").read_bytes()
    assert "outputs/case-2/base/plan.xlsx" in run("plan", "b/case.xlsx", "--lang", "ru")[1]
    assert (tmp_path / "outputs" / "case" / "base" / "plan.xlsx").read_bytes() == before
    Path("a").rename("moved")  # the same input in another place
    assert "Written to outputs/case/base/plan.xlsx" in run("plan", "moved/case.xlsx")[1]


def test_names_without_control_characters(run, tmp_path):
    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    odd = tmp_path / "re\x1b[31md\u202e.xlsx"
    odd.write_bytes((tmp_path / "case.xlsx").read_bytes())
    for arguments in (("plan", odd, "--out", tmp_path / "out"), ("check", odd), ("diff", odd, tmp_path / "case.xlsx"),
                      ("verify", odd)):
        said = run(*arguments)[1]
        assert "\x1b" not in said
        assert "\u202e" not in said


# --- how a run ends ---------------------------------------------------------------------------------------------------

def strays(folder):
    return [path for path in folder.rglob("*") if path.name.endswith(".part")]


def test_drafts_of_dead_runs_are_cleared(run, book, tmp_path):
    """A process that has ended left its draft; one that lives has not; nor is a stranger's .part ours."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    out = tmp_path / "out"
    out.mkdir()
    gone, alive, other = (out / f".plan.xlsx.{_machine()}-{number}.part" for number in (dead.pid, os.getppid(), "x"))
    for path in (gone, alive, other):
        path.write_text("half")
    assert run("plan", book, "--out", out)[0] == 0
    assert not gone.exists()
    assert alive.exists()
    assert other.exists()


def shell(command, **more):
    return subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
                          **more)


@pytest.mark.skipif(sys.platform != "linux", reason="pipes and devices of POSIX")
def test_a_reader_that_goes_away_and_a_full_device(book):
    jaryq = f"{sys.executable} run.py text inputs/kazakhstan.xlsx"
    piped = shell(f"{jaryq} | head -1; exit ${{PIPESTATUS[0]}}")
    assert (piped.returncode, piped.stderr) == (141, "The reader of the output went away; what was left to say is "
                                                     "lost.\n")
    full = shell(f"{jaryq} > /dev/full")
    assert (full.returncode, full.stderr) == (1, "The output cannot be written (No space left on device); what was "
                                                 "left to say is lost.\n")


@exhaustive_beside("test_no_space_while_writing", "test_a_reader_that_goes_away_and_a_full_device")
@pytest.mark.skipif(sys.platform != "linux", reason="limits of POSIX")
def test_a_limit_of_size(book, tmp_path):
    done = shell(f"ulimit -f 8; {sys.executable} run.py template {tmp_path / 't.xlsx'}")  # 8 blocks of 1024 bytes
    assert done.returncode == 1
    assert "would be larger than files may be here (a limit of size)" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(tmp_path) == ["case.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("signal", "code"), [("SIGTERM", 143),
                                              pytest.param("SIGINT", 130, marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize(("module", "told"), [("pandas", "Stopped before anything was done."),
                                              ("pyomo", "No file was left half written.")])
def test_stopped_while_modules_load(book, tmp_path, signal, code, module, told):
    """pandas is loaded at the start, pyomo when a program is built."""
    script = f"""
import os, signal, sys
class Stops:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.{signal})
sys.meta_path.insert(0, Stops())
from jaryq.commands.start import main
from tests.sampled import exhaustive_beside, exhaustive_but_for
sys.exit(main(["plan", {str(book)!r}, "--out", {str(tmp_path / "out")!r}]))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode == code
    assert done.stderr.endswith(f"{told}\n")
    assert "Traceback" not in done.stderr
    assert names(tmp_path) == ["case.xlsx"]
