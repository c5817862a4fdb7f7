"""Plan again on each save of a workbook, and say the few figures that moved.

The file is looked at twice a second. Once it has changed and then stayed the same for a moment, a copy of it is read:
the program in which it is open is not disturbed, and a file that is locked or half written is looked at again.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jaryq.api.manifest import read_manifest
from jaryq.api.results import free_results
from jaryq.api.reuse import kept, unchanged
from jaryq.api.run_one import run_one
from jaryq.api.written import Finished
from jaryq.base.errors import InputRejected, JaryqError, Terminated
from jaryq.base.issues import Issue
from jaryq.base.text import Lang, Text
from jaryq.commands.check.text import told
from jaryq.commands.ends import Lost
from jaryq.commands.messages import NOTHING_MOVES, headline, moved_line
from jaryq.commands.plan import beside, ended, place_of

EVERY = 0.5
"""Seconds between two looks."""

QUIET = 2
"""Looks in a row at which a changed file must be the same before it is read: programs write a file in several goes."""

TRIES = 20
"""Times that a copy is tried before the file is taken as it is."""

WATCHING = Text("Watching {path}; save it to plan again, Ctrl-C to stop.",
                "Слежу за {path}; сохраните книгу, чтобы пересчитать, Ctrl-C чтобы остановить.")
SAVED = Text("[{clock}] {path} was saved.", "[{clock}] {path} сохранена.")
STOPPED = Text("Stopped watching.", "Слежение остановлено.")
NOT_PLANNED = Text("No new plan; the last one stays the measure. Correct the workbook and save it.",
                   "Нового плана нет; сравнение идёт с последним. Исправьте книгу и сохраните.")
AGAINST = Text("Against the plan before:", "По сравнению с прежним планом:")
UNTOUCHED = Text("{path} cannot be read yet ({reason}); waiting for the next save.",
                 "{path} пока не читается ({reason}); жду следующего сохранения.")
MISSED = Text("missed of target {target}", "не выполнено по цели {target}")
FIGURES = (
    (("kpi", "facilities_completed"), Text("facilities completed", "объектов закончено")),
    (("kpi", "km_renewed"), Text("km renewed", "км обновлено")),
    (("kpi", "spend_bn_kzt"), Text("spending, bn KZT", "затраты, млрд тенге")),
    (("objective", "value_bn_kzt"), Text("objective, bn KZT", "цель, млрд тенге")),
    (("objective", "society_bn_kzt"), Text("value for society, bn KZT", "ценность для общества, млрд тенге")),
)
SMALL = 1e-6


@dataclass(frozen=True)
class Stamp:
    """By what a save is noticed: when the file was changed last, and its size (of a folder: of all its files)."""

    changed: int
    size: int


def stamp(source: Path) -> Stamp | None:
    """The stamp of a workbook or folder; None while it is not there (Excel moves a new file in its place)."""
    try:
        files = [source, *sorted(source.glob("*.csv"))] if source.is_dir() else [source]
        found = [file.stat() for file in files]
    except OSError:
        return None
    return Stamp(max(stat.st_mtime_ns for stat in found), sum(stat.st_size for stat in found) + len(found))


def saves(look: Callable[[], Stamp | None], sleep: Callable[[float], None],
          known: Stamp | None = None) -> Iterator[Stamp]:
    """Yields the stamp each time the file differs from the one yielded before (``known`` at first) and has been
    quiet."""
    last, quiet = known, 0
    seen: Stamp | None = None
    while True:
        now = look()
        quiet = quiet + 1 if now == seen else 1
        seen = now
        if now is not None and now != last and quiet >= QUIET:
            last = now
            yield now
        else:
            sleep(EVERY)


def snapshot(source: Path, folder: Path, sleep: Callable[[float], None]) -> Path:
    """A whole copy of the input in ``folder``, under its own name. A file that is locked or half written is tried
    again.

    Raises OSError if it cannot be read after all tries. A copy that is never a whole zip file is given as it is:
    reading it says why.
    """
    copy = folder / source.name
    for attempt in range(1, TRIES + 1):
        before = stamp(source)
        try:
            if source.is_dir():
                shutil.rmtree(copy, ignore_errors=True)
                copy.mkdir()
                for file in source.glob("*.csv"):
                    (copy / file.name).write_bytes(file.read_bytes())
                whole = True
            else:
                copy.write_bytes(source.read_bytes())
                whole = zipfile.is_zipfile(copy) or source.suffix.lower() not in (".xlsx", ".xlsm", ".ods")
        except OSError:
            if attempt == TRIES:
                raise
            whole = False
        if whole and stamp(source) == before:
            break
        if attempt < TRIES:
            sleep(EVERY)
    return copy


def watch(source: Path, scenario: str, out: Path | None, lang: Lang, once: bool,
          sleep: Callable[[float], None] = time.sleep,
          look: Callable[[], Stamp | None] | None = None, force: bool = False) -> int:
    """Plan ``source`` now and after each save, into the folder of its results; with ``once`` only now. Ctrl-C ends it
    with code 0.

    Raises InputRejected if there is no such file at the start.
    """
    if not source.exists():
        raise InputRejected([Issue("no_such_file", value=str(source))])
    folder = place_of(source, scenario, out, lang, force)
    free_results(folder, (source,), force)
    before = earlier(folder)
    code = 0
    if not once:
        print(WATCHING.say(lang, path=source), flush=True)
    try:
        for number, _ in enumerate(saves(look or (lambda: stamp(source)), sleep)):
            if number:
                print(SAVED.say(lang, clock=time.strftime("%H:%M:%S"), path=source), flush=True)
            code, content = turn(source, scenario, folder, lang, before, sleep, force)
            before = content or before
            if once:
                return code
    except Terminated:
        raise
    except KeyboardInterrupt:
        print(STOPPED.say(lang), file=sys.stderr)
    return 0


def turn(
    source: Path, scenario: str, folder: Path, lang: Lang, before: Mapping[str, Any] | None,
    sleep: Callable[[float], None], force: bool = False,
) -> tuple[int, dict[str, Any] | None]:
    """One plan from the file as it is now: what it says, its exit code, and its summary (None without a plan)."""
    with tempfile.TemporaryDirectory(prefix="jaryq-") as temporary:
        try:
            done = run_one(snapshot(source, Path(temporary), sleep), scenario, folder, lang, lambda _: None,
                           origin=source, force=force)
        except JaryqError as error:
            code = ended(error, lang)
        except (Lost, MemoryError):
            raise
        except OSError as error:
            print(UNTOUCHED.say(lang, path=source, reason=error.strerror or error), file=sys.stderr)
            return 1, None
        except Exception as error:  # the next save may mend it
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            code = 1
        else:
            _say(done, before, lang)
            return 0, done.content
    print(NOT_PLANNED.say(lang), file=sys.stderr, flush=True)
    return code, None


def _say(done: Finished, before: Mapping[str, Any] | None, lang: Lang) -> None:
    """The headline, and the figures that moved."""
    told([issue for issue in done.accepted.issues if issue.severity == "surprise"], lang)
    print(headline(done.content, lang))
    if before is not None:
        print(AGAINST.say(lang))
        for line in moved(before, done.content, lang):
            print(line)
    beside(done, lang)
    sys.stdout.flush()


def earlier(folder: Path) -> dict[str, Any] | None:
    """The summary of the run before, if it had a plan that still holds: both files have the bytes that the manifest
    states."""
    manifest = read_manifest(folder)
    name = manifest.get("summary")
    if not isinstance(name, str) or not unchanged(folder, name) or kept(folder, str(manifest.get("key"))) is None:
        return None
    content = json.loads((folder / name).read_text(encoding="utf-8"))
    return content if isinstance(content, dict) else None


def moved(before: Mapping[str, Any], after: Mapping[str, Any], lang: Lang) -> list[str]:
    """The figures of two summaries that differ: facilities, km, money, objective, then the shortfall of each target."""
    rows = [(text.say(lang), _at(before, path), _at(after, path)) for path, text in FIGURES]
    one, other = _shortfalls(before), _shortfalls(after)
    rows += [(MISSED.say(lang, target=name), one.get(name), other.get(name)) for name in dict.fromkeys([*other, *one])]
    lines = [moved_line(text, old, new, lang) for text, old, new in rows if _differ(old, new)]
    return lines or [NOTHING_MOVES.say(lang)]


def _at(content: Mapping[str, Any], path: tuple[str, str]) -> float | None:
    value = content.get(path[0], {}).get(path[1])
    return float(value) if isinstance(value, int | float) else None


def _shortfalls(content: Mapping[str, Any]) -> dict[str, float]:
    return {target["target"]: float(target["shortfall"]) for target in content.get("targets", ())}


def _differ(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(new - old) > SMALL * max(1.0, abs(old))
