"""Measures of a shop (domain.md 6): each family is pure functions over plain rows, beside the small queries that fetch them."""
