"""Programs whose packages are split into stretches: solved by groups of stretches that split by their prices.

A column for every stretch and period would be right and far too large. Money, crews and limits speak of packages, so
only a link (km of the package = km of its stretches) joins stretches to the rest, and at given prices of the links each
decides alone. Those that decide alike are one group with mean costs: a restriction of the full program whose prices
tell which members would decide otherwise. These split off, by their regret and never because another choice ties, and
the program is solved again from the basis it had. The bound of the full program follows from the same prices in every
round: the end is proved, not assumed.

Between stages a stretch is fixed by its own reduced costs. Whole facilities are searched over frozen groups, which then
split with the starts held, until the starts repeat; the certified distance says what frozen groups may cost. Prices of
limits move a limit while the groups stay: at most what stretches chosen anew would bring.
"""
