"""The command line: each command from its arguments to its exit code."""
