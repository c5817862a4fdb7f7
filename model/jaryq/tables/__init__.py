"""Values of sheets: tables with the cells they came from, keys, selectors, scenarios, what differs between two
workbooks. No case yet."""
