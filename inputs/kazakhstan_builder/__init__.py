"""Builds the shipped case from a folder of sourced facts. Needed once; afterwards the workbook is the master."""
