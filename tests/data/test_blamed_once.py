"""What a change breaks is told with one remedy: that of the rule which the changed cell breaks."""

from jaryq.commands.cli import main
from tests.hand.test_from_workbooks import book, facility
from tests.workbooks import plain_workbook


def test_one_remedy(tmp_path, capsys):
    """A decision "perhaps" is none of the two that the sheet knows: the rule and its remedy are told once, in both
    languages."""
    plain_workbook(book(facilities=[facility("A", 10, benefit=30)]), tmp_path / "case.xlsx", "en")
    for lang, text in (("en", "Change the value: Choose one of the allowed values."),
                       ("ru", "Измените значение: Выберите одно из допустимых значений.")):
        assert main(["plan", str(tmp_path / "case.xlsx"), "--set", "overrides; A; decision; set perhaps", "--lang",
                     lang]) == 2
        said = "".join(capsys.readouterr())
        assert said.count(text) == 1
        assert said.count("Выберите") + said.count("Choose") == 1
