"""Workbooks and folders of CSV files: the only package that sees openpyxl and calamine."""
