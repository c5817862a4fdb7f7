"""Uncertain inputs made in memory."""

from jaryq.base.text import Text
from jaryq.case.uncertain import Uncertain


def uncertain(distribution, low=None, likely=None, high=None, *, probability=None, values=(), key="u", group="",
              correlation=0.0, operation="multiply"):
    return Uncertain(key, Text(key, key), "facilities", "", "cost", "", operation, distribution, low, likely, high,
                     probability, tuple(values), group, correlation, "")
