"""The command ``check``: all issues of an input in groups, for people and for machines, and marked in a copy of the
workbook."""
