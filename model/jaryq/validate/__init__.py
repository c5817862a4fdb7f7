"""Several solvers on each program, every word of theirs checked. Only the command line imports this."""
