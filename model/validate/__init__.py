"""Several solvers on each program, every word of theirs checked against the arrays. Only the command line imports this."""
