"""``report.html``: the front pages of one or more plans in one file that asks nothing of any network."""
