"""Answers brought to a newer version of the set, and copied from last year."""
