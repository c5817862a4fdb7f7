"""A local page around a workbook, for those who would rather look than type (extra ``page``)."""
