"""Measures of a shop (domain.md 6): pure functions over plain rows, and the small queries that fetch these."""
