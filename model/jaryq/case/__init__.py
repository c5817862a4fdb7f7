"""The typed case that a workbook states, and the decisions of a plan for it. No derived number."""
