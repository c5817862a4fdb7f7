"""Rules across sheets: what must fit together before anything is solved."""
