"""Pages on uncertain inputs: what is robust, what is not, what would change the decision."""
