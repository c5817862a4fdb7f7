"""A copy of a user's own workbook in which cells are marked: only the parts of the file that must change are changed,
and only where they must."""
