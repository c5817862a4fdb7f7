"""What pages read in the background: one search for all who ask, and none that waits for itself."""

from concurrent.futures import Future
from pathlib import Path
from threading import Thread

from jaryq.desk import later

SOON = 20.0


class AtOnce:
    """Readers whose search has ended before anybody can ask to be told of it."""

    def submit(self, find):
        done = Future()
        done.set_result(find())
        return done


def asked(found, times):
    for _ in range(times):
        found.append(later._asked(Path("case.xlsx"), "draft", lambda: len(found)).result())


def test_a_search_that_ends_at_once_holds_up_nobody(monkeypatch):
    monkeypatch.setattr(later, "_READERS", AtOnce())
    found = []
    page = Thread(target=asked, args=(found, 3), daemon=True)
    page.start()
    page.join(SOON)
    # Each is forgotten when it has ended, so that the next one reads anew.
    assert found == [0, 1, 2]
    assert later._GOING == {}


def test_who_asks_while_a_search_goes_on_gets_the_same(monkeypatch):
    class Waiting:
        def __init__(self):
            self.made = []

        def submit(self, _):
            self.made.append(Future())
            return self.made[-1]

    readers = Waiting()
    monkeypatch.setattr(later, "_READERS", readers)
    first, second = (later._asked(Path("case.xlsx"), "draft", lambda: 1) for _ in range(2))
    assert first is second
    other = later._asked(Path("case.xlsx"), "plan", lambda: 1)
    assert other is not first
    for one in readers.made:
        one.set_result(1)
    assert later._GOING == {}
