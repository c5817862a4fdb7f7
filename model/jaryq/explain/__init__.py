"""Why a plan is as it is, or why there is none: what other choices, limits and wishes would cost."""
