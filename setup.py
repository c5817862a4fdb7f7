"""What pyproject.toml cannot say: a wheel holds the workbooks of inputs/, of which there is no second copy here."""

from pathlib import Path
from shutil import copy2

from setuptools import setup
from setuptools.command.build_py import build_py


class WithInputs(build_py):
    """Copies them beside the package; an editable install reads them where they are."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            folder = Path(self.build_lib) / "jaryq" / "inputs"
            folder.mkdir(parents=True, exist_ok=True)
            for workbook in sorted(Path("inputs").glob("*.xlsx")):
                copy2(workbook, folder / workbook.name)


setup(cmdclass={"build_py": WithInputs})
