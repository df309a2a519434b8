"""Honest figures: shares with intervals, survival, comparisons. Pure, standard library only (domain.md section 6)."""
