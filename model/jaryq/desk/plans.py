"""Plans of a case: folders of results, and what of them may be taken away. Nothing outside of them is reached."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jaryq.api.html import has_report
from jaryq.api.manifest import plan_in, read_manifest
from jaryq.base.faults import fault
from jaryq.base.safe_name import TRIED
from jaryq.desk.desk import OUTSIDE, Desk, Outside

UNCERTAIN = ("uncertainty/uncertainty.xlsx", "uncertainty/uncertainty.html")
"""What a sweep, an ensemble or the table of regret leaves beside a plan."""

COMPARED = ("comparison.xlsx", "report.html")
"""What all scenarios together leave above their plans."""

ENDINGS = (".xlsx", ".html", ".json", ".docx")
"""Files of a plan that may be taken away."""

TABLES, ZIPPED = "tables", "tables.zip"
LARGEST_ZIP = 200 << 20
FIRST = ("base",)


@dataclass(frozen=True)
class PlanFolder:
    """A folder with a plan: its name below the results, what its manifest says. Without a name: that of all results of
    a case, which holds no plan of its own."""

    name: str
    folder: Path
    manifest: dict[str, Any]

    @property
    def plan(self) -> Path:
        return plan_in(self.folder)

    @property
    def scenario(self) -> str:
        return str(self.manifest.get("scenario", ""))

    @property
    def changes(self) -> str:
        """What it was made with beside its scenario."""
        return str(self.manifest.get("changes", ""))

    @property
    def drawn(self) -> bool:
        """Whether its report can be shown."""
        return has_report(self.folder)

    def files(self) -> list[str]:
        """What may be taken away."""
        if not self.name:
            return [name for name in COMPARED if _plain(self.folder / name)]
        found = sorted(path.name for path in self.folder.iterdir() if _plain(path) and path.suffix in ENDINGS)
        found += [name for name in UNCERTAIN if _plain(self.folder / name)
                  and not (self.folder / name).parent.is_symlink()]
        if (self.folder / TABLES / "datapackage.json").is_file():
            found.append(ZIPPED)
        return sorted(found, key=lambda name: (not name.startswith("plan."), not name.startswith("report."), name))

    def kept(self, name: str) -> str:
        """How a file of it is called where it is taken."""
        return f"{self.name or self.folder.name}-{name.rpartition('/')[2]}"

    def content(self, name: str) -> bytes | Path:
        """A file, or the tables as one archive. Raises Outside where it is none of ``files``."""
        if name not in self.files():
            raise Outside(OUTSIDE.fill(name=name[:200]))
        if name != ZIPPED:
            return self.folder / name
        made, size = io.BytesIO(), 0
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((self.folder / TABLES).iterdir()):
                if _plain(path) and (size := size + path.stat().st_size) <= LARGEST_ZIP:
                    archive.write(path, path.name)
        return made.getvalue()


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.startswith(".")


def plans_of(desk: Desk, case: Path) -> list[PlanFolder]:
    """The plans of a case that are done, that of the base first."""
    root = desk.results(case)
    try:
        folders = [path for path in sorted(root.iterdir()) if path.is_dir() and not path.is_symlink()
                   and not path.name.startswith(".")]
    except OSError:
        return []
    found = [PlanFolder(path.name, path, read_manifest(path)) for path in folders]
    done = [one for one in found if one.manifest.get("status") == "ok" and _plain(one.plan)]
    return sorted(done, key=lambda one: (one.name not in FIRST, one.name))


def of_all(desk: Desk, case: Path) -> list[PlanFolder]:
    """The folder of all results, if something stands there that is of all scenarios."""
    found = PlanFolder("", desk.results(case), {})
    return [found] if found.files() else []


def plan_called(desk: Desk, case: Path, name: str) -> PlanFolder:
    """A plan of a case by its name. Raises Outside where there is none."""
    found = {one.name: one for one in (*of_all(desk, case), *plans_of(desk, case))}.get(name)
    if found is None:
        raise Outside(OUTSIDE.fill(name=name[:200]))
    return found


def free_folder_for(desk: Desk, case: Path, stem: str) -> Path:
    """A folder for one more plan beside those of the scenarios: ``tried-STEM``, ``tried-STEM-2`` and so on, which no
    scenario can be called. It is made at once, so that nobody else gets it, however many ask before the first plan
    stands there. Raises Fault where it cannot be made."""
    root, number = desk.results(case), 1
    try:
        root.mkdir(parents=True, exist_ok=True)
        while True:
            found = root / "-".join((TRIED, stem, *([str(number)] if number > 1 else ())))
            try:
                found.mkdir()
                return found
            except FileExistsError:
                number += 1
    except OSError as error:
        raise fault(error, root) from error
