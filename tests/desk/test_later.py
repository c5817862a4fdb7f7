"""What pages read in the background: one search for all who ask, and none that waits for itself or ends for one who no
longer waits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

from jaryq.desk import later

SOON = 20.0
CASE, OTHER = Path("case.xlsx"), Path("other.xlsx")


class AtOnce:
    """Readers whose search has ended before anybody can ask to be told of it."""

    def submit(self, act, *arguments):
        act(*arguments)


@pytest.fixture
def readers(monkeypatch):
    """As many readers as the page has, of this test's own."""
    pool = ThreadPoolExecutor(later.AT_ONCE)
    monkeypatch.setattr(later, "_READERS", pool)
    yield
    pool.shutdown()
    assert (later._GOING, later._WAITING) == ({}, {})


def asked(found, times):
    for _ in range(times):
        found.append(later._asked(CASE, "draft", lambda: len(found)).result())


def test_a_search_that_ends_at_once_holds_up_nobody(monkeypatch):
    monkeypatch.setattr(later, "_READERS", AtOnce())
    found = []
    page = Thread(target=asked, args=(found, 3), daemon=True)
    page.start()
    page.join(SOON)
    # Each is forgotten when it has ended, so that the next one reads anew.
    assert found == [0, 1, 2]
    assert (later._GOING, later._WAITING) == ({}, {})


def test_who_asks_while_a_search_goes_on_gets_the_same(readers):
    end = Event()
    first, second = (later._asked(CASE, "draft", lambda: end.wait(SOON)) for _ in range(2))
    assert first is second
    other = later._asked(CASE, "plan", lambda: 1)
    assert other is not first
    end.set()
    assert (first.result(SOON), other.result(SOON)) == (True, 1)


def test_visits_of_every_kind_to_a_slow_workbook_hold_up_no_other(readers):
    """More kinds of visits than there are readers; each of them is read in its turn all the same."""
    end = Event()
    slow = [later._asked(CASE, f"kind {number}", lambda number=number: (end.wait(SOON), number))
            for number in range(later.AT_ONCE + 1)]
    try:
        assert later._asked(OTHER, "cases", lambda: "read").result(SOON / 4) == "read"
        assert not any(one.done() for one in slow)
    finally:
        end.set()
    assert [one.result(SOON) for one in slow] == [(True, number) for number in range(later.AT_ONCE + 1)]


@pytest.mark.parametrize("begun", [True, False], ids=["going on", "not begun"])
def test_who_waits_no_longer_ends_nothing_for_others(readers, begun):
    """One visitor has waited long enough, another goes on waiting for the same and gets it."""
    end = Event()
    if not begun:  # a search of the same workbook stands before it
        later._asked(CASE, "before", lambda: end.wait(SOON))

    async def both():
        def wait(seconds):
            return asyncio.wait_for(asyncio.wrap_future(later._asked(CASE, "draft", lambda: (end.wait(SOON), 7)[1])),
                                    seconds)

        patient = asyncio.create_task(wait(SOON))
        with pytest.raises(TimeoutError):
            await wait(0.05)
        end.set()
        return await patient

    assert asyncio.run(both()) == 7


def test_what_goes_wrong_is_told_to_who_asked_and_the_next_is_read(readers):
    def wrong():
        raise OSError(28, "no space")

    first, second = later._asked(CASE, "draft", wrong), later._asked(CASE, "plan", lambda: 1)
    with pytest.raises(OSError, match="no space"):
        first.result(SOON)
    assert second.result(SOON) == 1
