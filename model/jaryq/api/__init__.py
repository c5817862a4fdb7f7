"""The line from a workbook to a verified plan: read, check, decide, verify, write."""
