"""What is not known when a decision is made: draws of the uncertain inputs, and what they say of a plan."""
