"""The commands on uncertain inputs: sweep, ensemble, stages, regret, front, stress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from jaryq.api.uncertain import run
from jaryq.api.uncertain.batches import Pool, cluster, here, processes
from jaryq.api.uncertain.fronts import Frontier
from jaryq.api.uncertain.ground import Ground, ground
from jaryq.api.uncertain.hands import Hands, Kept, far_hands, kept_work, many_hands, one_hand
from jaryq.api.uncertain.in_report import FOLDER
from jaryq.api.uncertain.kept import free_batches
from jaryq.api.uncertain.swept import COMING
from jaryq.api.uncertain.written import free_uncertain, write_told
from jaryq.base.extras import need
from jaryq.base.text import Lang, Text
from jaryq.commands.batch import workers
from jaryq.commands.messages import WRITTEN
from jaryq.commands.plan import Progress, home_of, waiting
from jaryq.commands.progressing import PIECES, Progressing
from jaryq.handover.shapes import Front

T = TypeVar("T")

SEE = Text("see the page", "см. страницу")
"""Under the title of a page that has tables alone."""

DRAWS, SWEEP = "draws", "sweep"
"""Folders of kept batches."""

KEPT = Text("stopped; {said} are kept in {folder}: the same command with --resume goes on",
            "остановлено; сохранено: {said}, в {folder}; та же команда с --resume продолжит")


@dataclass(frozen=True)
class Asked:
    """What all of these commands are asked: the input, its scenario, where results go, the language, how many processes
    or which cluster, whether earlier work is taken over, strangers' files replaced."""

    source: Path
    scenario: str
    out: Path | None
    lang: Lang
    processes: int | None = None
    scheduler: str | None = None
    resume: bool = False
    force: bool = False

    @property
    def pool(self) -> Pool:
        """Who works futures off. Raises MissingExtra."""
        one: Pool = here
        return self._by(one, processes, cluster)

    @property
    def hands(self) -> Hands:
        """Who works pieces off. Raises MissingExtra."""
        one: Hands = one_hand
        return self._by(one, many_hands, far_hands)

    def _by(self, one: T, many: Callable[[int], T], far: Callable[[str, Callable[[Text], None]], T]) -> T:
        """This process, so many, or those of a scheduler, as asked."""
        if self.scheduler is not None:
            need("cluster")
            return far(self.scheduler, waiting(self.lang))
        count = self.processes or workers()
        return one if count == 1 else many(count)


def ensemble(asked: Asked, count: int, seed: int, whole: int) -> int:
    """Many futures: how figures spread, what drives them, what is chosen whatever comes."""
    need("uncertainty")
    stands, folder = _stands(asked)
    going = Progressing(asked.lang)
    made = _kept(going, folder / DRAWS, asked.lang, partial(
        run.ensemble, stands, count, seed, folder / DRAWS, asked.pool, resume=asked.resume, whole=whole,
        say=Progress(asked.lang)))
    return _written(asked, stands, folder, "ensemble", run.told_of_ensemble(stands, made))


def sweep(asked: Asked, figures: Sequence[str], which: str, two: Sequence[str], trajectories: int, seed: int) -> int:
    """Each uncertain input alone: a tornado of each figure."""
    need("uncertainty")
    stands, folder = _stands(asked)
    going = Progressing(asked.lang)
    pages: dict[str, Front] = {}
    for number, figure in enumerate(figures):
        # What the first figure was computed from serves the others.
        work = partial(run.sweep, stands, folder / SWEEP, asked.pool, figure, which, two=two,
                       trajectories=trajectories, seed=seed, resume=asked.resume or number > 0)
        # What is decided otherwise is the same page for each figure.
        pages |= {page.key: page for page in _kept(going, folder / SWEEP, asked.lang, work)}
    return _written(asked, stands, folder, "sweep", list(pages.values()))


def stages(asked: Asked, scenarios: Sequence[str], known_from: int | None, level: float | None, seconds: float,
           with_regret: bool, amounts: bool = True) -> int:
    """Early decisions for several futures together; with ``with_regret`` the table of regret. ``amounts``: whether the
    money of early years is among them."""
    stands, folder = _stands(asked, uncertain=False)

    def worked(work: Kept, say: Callable[[str], None]) -> Front:
        found, made = run.stages(stands.accepted, scenarios, known_from, level, seconds, say, amounts=amounts,
                                 work=work)
        if with_regret:
            return run.told_of_regret(found, run.regret(found, made, seconds, say, work))
        return run.told_of_stages(stands.accepted, found, made, level)

    return _written(asked, stands, folder, "regret" if with_regret else "stages", [_in_pieces(asked, folder, worked)])


def front(asked: Asked, one: str, other: str, points: int, within: float | None) -> int:
    """Two figures against each other; plans that are almost as good."""
    stands, folder = _stands(asked, uncertain=False)
    made = _in_pieces(asked, folder, lambda work, say: run.front(stands.accepted, (one, other), points, work))
    return _fronts(asked, stands, folder, made, within)


def front_of_risk(asked: Asked, scenarios: Sequence[str], known_from: int | None, level: float, points: int,
                  within: float | None, amounts: bool = True) -> int:
    """The mean cost of several futures against that of the worst of them."""
    stands, folder = _stands(asked, uncertain=False)
    made = _in_pieces(asked, folder, lambda work, say: run.front_of_risk(
        stands.accepted, scenarios, known_from, level, points, say, amounts=amounts, work=work))
    return _fronts(asked, stands, folder, made, within)


def _fronts(asked: Asked, stands: Ground, folder: Path, made: Frontier, within: float | None) -> int:
    pages = [run.told_of_front(made)]
    if within is not None:
        pages.append(run.told_of_alternatives(stands.accepted, within))
    return _written(asked, stands, folder, "front", pages)


def stress(asked: Asked, count: int = 0, seed: int = 0) -> int:
    """The plan's debt when the currency falls or rates rise, and over ``count`` draws of them."""
    stands, folder = _stands(asked, uncertain=False)
    page = _in_pieces(asked, folder, lambda work, say: run.told_of_stress(stands, count, seed, work))
    return _written(asked, stands, folder, "stress", [page])


def _in_pieces(asked: Asked, folder: Path, made: Callable[[Kept, Callable[[str], None]], T]) -> T:
    """What comes of pieces of work that are kept as they end."""
    going = Progressing(asked.lang, PIECES)
    return _kept(going, folder / "pieces", asked.lang, lambda going: made(
        kept_work(folder / "pieces", asked.hands, resume=asked.resume, going=going), going.step))


def _stands(asked: Asked, *, uncertain: bool = True) -> tuple[Ground, Path]:
    home = home_of(asked.source, asked.scenario, asked.lang)
    folder = asked.out or home / FOLDER
    free_uncertain(folder, (asked.source,), asked.force)
    for name in (DRAWS, SWEEP, COMING) if uncertain else ():
        free_batches(folder / name, asked.force)
    going = Progressing(asked.lang)
    with going.beating():
        found = ground(asked.source, asked.scenario, home, asked.lang, going.heard, uncertain=uncertain,
                       force=asked.force)
    folder.mkdir(parents=True, exist_ok=True)
    return found, folder


def _kept(going: Progressing, folder: Path, lang: Lang, work: Callable[..., T]) -> T:
    """Work that is stopped says what is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with going.beating():
            return work(going=going)
    except KeyboardInterrupt:
        print(KEPT.say(lang, said=going.said, folder=folder), file=sys.stderr)
        raise


def _written(asked: Asked, stands: Ground, folder: Path, command: str, pages: Sequence[Front]) -> int:
    title = stands.accepted.case.settings.title
    home = home_of(asked.source, asked.scenario, asked.lang)
    # Its report carries what stands where it is looked for when it is written anew, and nothing that does not.
    paths = write_told(folder, command, pages, stands.key, title, asked.lang, home if folder == home / FOLDER else None)
    for page in pages:
        print(f"{page.title.say(asked.lang)}:")
        for sentence in page.sentences or (SEE,):
            print(f"  {sentence.say(asked.lang)}")
    for path in paths:
        print(WRITTEN.say(asked.lang, path=path))
    return 0

