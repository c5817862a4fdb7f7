"""Jaryq: a planning optimizer for energy modernization. Five verbs: read, build, solve, verify, write (see docs/)."""

__version__ = "0.1.0"
