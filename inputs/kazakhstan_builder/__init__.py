"""Builds the shipped case from inputs/facts and inputs/choices; inputs/README.md says what is master."""
