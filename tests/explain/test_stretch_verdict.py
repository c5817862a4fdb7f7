"""What is said of a stretch that is taken only with its street."""

from types import SimpleNamespace

from jaryq.api.stretch_explained import Asked, Why, _verdict


def test_what_is_missing_alone_is_told_of_the_period_of_the_renewal():
    """Renewed in 2027, where alone it brings 3 - 5 = 2 a km less than it has to; in 2030, where nearly nothing is asked, it would miss 0.01 only."""
    why = Why(0, {"2027": 1.0}, (Asked("2027", 3.0, 0.0, 5.0), Asked("2030", 0.0, 0.0, 0.01)))
    said = _verdict(SimpleNamespace(km=[1.0]), why, helped=True)
    assert said.en == "It is taken with its street: alone a km in 2027 brings 2 bn KZT less than it has to."
    assert said.ru == "Он взят вместе с улицей: один он в 2027 даёт на км на 2 млрд тенге меньше, чем должен."


def test_at_the_margin_what_is_renewed_in_full_can_only_be_lost():
    """"A little more and all of it is in" was said where all of it is in."""
    why = Why(0, {"2027": 1.0}, (Asked("2027", 5.0, 0.0, 5.0),))
    assert _verdict(SimpleNamespace(km=[1.0]), why).en == "It stands at the margin: a little less benefit and it is out."
    assert "all of it is in" in _verdict(SimpleNamespace(km=[2.0]), why).en
