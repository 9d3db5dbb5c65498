"""Measurements: which material has which value of which property under which conditions."""
