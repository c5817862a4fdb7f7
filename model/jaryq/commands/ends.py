"""How a run ends: what it says goes to the screen whole or is told to be lost, and every way to end has its sentence
and exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import IO, Any

from jaryq.base.errors import JaryqError, Terminated
from jaryq.base.faults import fault, no_memory
from jaryq.base.places import clear_own
from jaryq.base.text import Lang, Text, printable
from jaryq.commands.loading import SIGNALS

FAILED, PIPE, INTERRUPTED, TERMINATED = 1, 141, 130, 143
"""Exit codes (the last three as shells have them: 128 and the number of the signal)."""

PATIENCE = 3.0
"""Seconds that a stopped run has to end by itself; while the solver computes, Python hears of no signal."""

STOPPED = Text("Stopped after {seconds:.0f} s. No file was left half written.",
               "Остановлено через {seconds:.0f} с. Недописанных файлов не осталось.")
UNHEARD = Text("The reader of the output went away; what was left to say is lost.",
               "Читатель вывода ушёл; остаток вывода потерян.")
UNWRITTEN = Text("The output cannot be written ({reason}); what was left to say is lost.",
                 "Вывод не записывается ({reason}); остаток вывода потерян.")
UNFORESEEN = Text("Something unforeseen happened: {kind}: {what}. Run again with --debug before the command to see "
                  "where.",
                  "Произошло непредвиденное: {kind}: {what}. Запустите снова с --debug перед командой, чтобы увидеть "
                  "место.")


class Lost(Exception):
    """The output cannot be written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class Screen:
    """A stream that takes no control characters from names, and tells a lost output apart from a file that cannot be
    written."""

    def __init__(self, stream: IO[str], needed: bool) -> None:
        self._stream, self._needed = stream, needed

    def write(self, text: str) -> int:
        return int(self._try(lambda: self._stream.write(printable(text, keep="\t\n\r"))) or 0)

    def flush(self) -> None:
        self._try(self._stream.flush)

    def _try(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except OSError as error:
            if self._needed:
                raise Lost(error) from error
        return None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def screens() -> Iterator[None]:
    """Both streams in UTF-8 and free of control characters; a console with another code page gets question marks, not a
    crash."""
    streams: list[IO[str]] = []
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        for stream in (sys.stdout, sys.stderr):
            given: IO[str] = stream if stream is not None else nowhere
            if hasattr(given, "reconfigure"):
                given.reconfigure(encoding="utf-8" if os.name != "nt" or not given.isatty() else None, errors="replace")
            streams.append(given)
        with redirect_stdout(Screen(streams[0], True)), redirect_stderr(Screen(streams[1], False)):
            yield


def ended(run: Callable[[], int], told: Callable[[JaryqError], int], lang: Lang, debug: bool) -> int:
    """Run, and end in one of the known ways; the exit code. ``told``: says a JaryqError, and gives its code."""
    begun = time.perf_counter()
    try:
        with heard():
            return _said(run)
    except Lost as lost:
        return _lost(lost.error, lang)
    except JaryqError as error:
        return told(error)
    except (OSError, MemoryError) as error:
        if debug:
            traceback.print_exc()
        return told(fault(error))
    except KeyboardInterrupt as stop:
        print(STOPPED.say(lang, seconds=time.perf_counter() - begun), file=sys.stderr)
        return TERMINATED if isinstance(stop, Terminated) else INTERRUPTED
    except Exception as error:
        if debug:
            traceback.print_exc()
        elif no_memory(error):
            return told(fault(MemoryError()))
        else:
            print(UNFORESEEN.say(lang, kind=type(error).__name__, what=error), file=sys.stderr)
        return FAILED
    finally:
        with suppress(Lost):
            sys.stdout.flush()


def _said(run: Callable[[], int]) -> int:
    """Run, until all that it says is out."""
    try:
        code = run()
    except SystemExit:
        sys.stdout.flush()
        raise
    sys.stdout.flush()
    return code


def _lost(error: OSError, lang: Lang) -> int:
    """The output is let go, else Python would try it once more on the way out."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
        print(UNHEARD.say(lang), file=sys.stderr)
        return PIPE
    print(UNWRITTEN.say(lang, reason=error.strerror or error), file=sys.stderr)
    return FAILED


@contextmanager
def heard() -> Iterator[None]:
    """Ctrl-C and SIGTERM unwind the run, so that drafts go. If it does not unwind in time, as the solver does not let
    go, it is ended from beside."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    read, write = os.pipe()
    os.set_blocking(write, False)
    before = {number: signal.signal(number, signal.default_int_handler if number == signal.SIGINT else _terminate)
              for number in SIGNALS}
    woken = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    over = threading.Event()
    with suppress(RuntimeError):  # no room for a thread: then nothing ends the run from beside
        threading.Thread(target=_beside, args=(read, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)
        os.close(write)


def _terminate(*_: object) -> None:
    raise Terminated


def _beside(read: int, over: threading.Event) -> None:
    """Waits for a signal, then for the run to end; ends it where it does not."""
    number = next((found for found in iter(lambda: _next(read), 0) if found in SIGNALS), 0)
    os.close(read)
    if number and not over.wait(PATIENCE):
        clear_own()
        with suppress(OSError):
            os.write(2, (STOPPED.say("en", seconds=time.process_time()) + "\n").encode())
        os._exit(128 + number)


def _next(read: int) -> int:
    """The number of the next signal; 0 at the end."""
    try:
        got = os.read(read, 1)
    except OSError:
        return 0
    return got[0] if got else 0
