"""Pages of docs/ that follow from declarations."""
