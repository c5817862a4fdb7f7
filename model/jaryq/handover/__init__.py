"""What is handed over: front pages, html report, tables and brief, all made from the same report tables."""
