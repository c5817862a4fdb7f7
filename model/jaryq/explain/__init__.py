"""Why a plan is as it is, or why there is none: from factors, program and solution to immutable values."""
