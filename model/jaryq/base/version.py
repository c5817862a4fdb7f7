"""The version, at the bottom of the house: whoever states it need not import the whole."""

VERSION = "0.1.0"
