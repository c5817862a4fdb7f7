"""Registers of stretches in files beside the workbook."""
