"""The analyst's desk: a local page around the workbook. What is shown is made here of what the other rooms know; only
this room sees NiceGUI, and the modules without widgets do not."""
