"""``jaryq mcp``: an assistant gets the answers of the command line, on the files of one folder, and writes nothing
unless it may. The answers that are compared with are those of the published problem of nine projects (Lorie and Savage
1955: 70.27 with the budgets as they are, 3/22 for one unit more of the first)."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jaryq.base.confined import Outside, confined
from jaryq.commands.assistant.answers import Answers
from tests.sampled import exhaustive_beside

ROOT = Path(__file__).resolve().parents[2]
MORE = ["source_years; BUDGET; 2026; add 1"]


@pytest.fixture(autouse=True)
def _protocol():
    """Without the extra there is no server. Its library takes longer to import than these tests take to be
    collected."""
    pytest.importorskip("mcp")
    pytest.importorskip("anyio")


def run(conversation, *arguments):
    import anyio

    return anyio.run(conversation, *arguments)


def talk(to):
    from mcp.client.client import Client

    return Client(to)


def server(answers):
    from jaryq.commands.assistant.server import server as made

    return made(answers)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "cases"
    place.mkdir()
    shutil.copy(ROOT / "inputs" / "lorie_savage.xlsx", place)
    shutil.copy(ROOT / "inputs" / "lorie_savage.xlsx", tmp_path / "secret.xlsx")
    return place


def asked(to, *questions):
    """The results of calls, each a name with its arguments."""
    async def all_of():
        async with talk(to) as client:
            return [await client.call_tool(name, arguments) for name, arguments in questions]
    return run(all_of)


def said(result):
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)


def refused(result):
    assert result.is_error
    return result.content[0].text


def test_an_assistant_reads_plans_and_asks_what_if(folder):
    """Stages of what-if: maximised, divisible. By hand: the shadow price of the first budget is 3/22 = 0.136."""
    found = [said(one) for one in asked(
        server(Answers(folder)), ("cases", {}), ("check", {"file": "lorie_savage.xlsx"}),
        ("sheets", {"file": "lorie_savage.xlsx"}),
        ("rows", {"file": "lorie_savage.xlsx", "sheet": "facilities", "first": 2, "count": 3}),
        ("plan", {"file": "lorie_savage.xlsx"}),
        ("results", {"file": "lorie_savage.xlsx", "sheet": "facilities"}),
        ("what_if", {"file": "lorie_savage.xlsx", "changes": MORE}))]
    cases, issues, sheets, rows, plan, results, again = found
    assert [(one["file"], one["kind"]) for one in cases["files"]] == [("lorie_savage.xlsx", "input")]
    assert issues["status"] == "ok"
    assert {key: one[key] for one in sheets["sheets"] if one["sheet"] == "facilities"
            for key in ("sheet", "rows")} == {"sheet": "facilities", "rows": 9}
    assert (rows["count"], rows["first"], len(rows["rows"]), rows["units"]["cost"]) == (9, 2, 3, "bn KZT")
    assert plan["summary"]["objective"]["value_bn_kzt"] == pytest.approx(70.2727, abs=1e-4)
    assert "verified" in plan["summary"]
    assert [row["share"] for row in results["rows"] if row["facility"] == "P1"] == [1.0]
    assert [row["share"] for row in results["rows"] if row["facility"] == "P2"] == [None]  # blank is not zero
    assert again["stages"][0]["change"] == pytest.approx(3 / 22, abs=1e-9)
    assert again["divisible"]
    assert not again["built_again"]
    assert sorted(path.name for path in folder.rglob("*")) == ["lorie_savage.xlsx"]


def test_nothing_is_written_and_no_tool_writes_unless_it_may(folder):
    async def tools(answers):
        async with talk(server(answers)) as client:
            return {tool.name: tool.annotations.read_only_hint for tool in (await client.list_tools()).tools}
    reading, writing = run(tools, Answers(folder)), run(tools, Answers(folder, write=True))
    assert set(reading.values()) == {True}
    assert {name: writes for name, writes in writing.items() if name not in reading} == {"write_plan": False}
    assert asked(server(Answers(folder)), ("write_plan", {"file": "lorie_savage.xlsx"}))[0].is_error


@exhaustive_beside("test_an_assistant_reads_plans_and_asks_what_if")
def test_a_plan_that_is_written_is_explained_compared_and_verified(folder):
    to = server(Answers(folder, write=True))
    one, other, listed = (said(each) for each in asked(
        to, ("write_plan", {"file": "lorie_savage.xlsx"}), ("write_plan",
                                                            {"file": "lorie_savage.xlsx", "changes": MORE}),
                                                            ("cases", {})))
    assert {Path(each["written"]).parent.name for each in (one, other)} == {"base", "tried"}
    assert [each["kind"] for each in listed["files"]] == ["input", "plan", "plan"]
    told, compared, mixed = asked(to, ("explain", {"plan": one["written"], "what": "ranking"}),
                                  ("compare", {"old": one["written"], "new": other["written"]}),
                                  ("compare", {"old": one["written"], "new": "lorie_savage.xlsx"}))
    assert "rank" in said(told)["said"].lower()
    assert said(compared)
    assert "finished plan" in refused(mixed)
    checked = subprocess.run([sys.executable, ROOT / "run.py", "verify", folder / one["written"]], capture_output=True,
                             text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_is_wrong_is_told_in_words(folder):
    wrong = asked(
        server(Answers(folder, "ru")), ("plan", {"file": "lorie_savage.xlsx",
                                                 "changes": ["facilities; P1; cost; set dear"]}),
        ("plan", {"file": "lorie_savage.xlsx", "scenario": "none such"}),
        ("rows", {"file": "lorie_savage.xlsx", "sheet": "facilites"}),
        ("rows", {"file": "lorie_savage.xlsx", "sheet": "facilities", "count": 10**6}), ("check", {"file": "\0"}),
        ("check", {"file": "absent.xlsx"}))
    assert said(wrong.pop())["status"] == "rejected"
    for text in map(refused, wrong):
        assert "Traceback" not in text
        assert text
    assert "did you mean" in refused(wrong[2]) or "facilities" in refused(wrong[2])


@pytest.mark.parametrize("name", ["../secret.xlsx", "/etc/passwd", "link.xlsx", "inner/../../secret.xlsx", "loop/x"])
def test_no_path_leads_out_of_the_folder(folder, name):
    (folder / "link.xlsx").symlink_to(folder.parent / "secret.xlsx")
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "loop.xlsx").symlink_to(folder / "loop.xlsx")
    with pytest.raises(Outside):
        confined(folder, name)
    for tool in ("check", "sheets", "plan"):
        assert "not in the folder" in refused(asked(server(Answers(folder)), (tool, {"file": name}))[0])
    assert [one["file"] for one in said(asked(server(Answers(folder)),
                                              ("cases", {}))[0])["files"]] == ["lorie_savage.xlsx"]


def test_the_command_speaks_the_protocol_and_nothing_else_on_its_output(folder):
    """A client that starts the command as assistants do: what commands print, and solvers, never gets into the
    protocol; it ends when its input ends."""
    from mcp.client.stdio import StdioServerParameters

    command = StdioServerParameters(command=sys.executable, args=[str(ROOT / "run.py"), "mcp", str(folder), "--lang",
        "ru"])
    issues, plan = asked(command, ("check", {"file": "lorie_savage.xlsx"}), ("plan", {"file": "lorie_savage.xlsx"}))
    assert said(issues)["status"] == "ok"
    assert said(plan)["summary"]["objective"]["value_bn_kzt"] == pytest.approx(70.2727, abs=1e-4)
    ended = subprocess.run([sys.executable, ROOT / "run.py", "mcp", folder], input="", capture_output=True, text=True,
                           timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, "")


def test_a_folder_that_is_none_is_wrong_use(folder):
    ended = subprocess.run([sys.executable, ROOT / "run.py", "mcp", folder / "absent"], capture_output=True, text=True,
                           timeout=60, check=False)
    assert ended.returncode == 64
    assert "is no folder" in ended.stderr


def test_the_document_names_every_tool(folder):
    async def tools():
        async with talk(server(Answers(folder, write=True))) as client:
            return [tool.name for tool in (await client.list_tools()).tools]
    told = [line.split("`")[1] for line in (ROOT / "docs" / "assistants.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| `")]
    assert sorted(told) == sorted(run(tools))
