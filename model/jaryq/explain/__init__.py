"""Why a plan is as it is: what other choices, limits and wishes would cost. From programs and plans to values."""
