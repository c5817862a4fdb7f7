"""Workbooks and folders of CSV files: the only package that sees openpyxl and calamine."""

import os

# openpyxl writes by lxml where that happens to be installed (extras bring it), and then refuses or writes other bytes
# than without it: the same program has the same files on every machine.
os.environ.setdefault("OPENPYXL_LXML", "False")
