"""The language of formulas in a criteria set: arithmetic and conditions over named inputs, and nothing else.

There are no loops, no calls and no powers, so that a formula ends at once and cannot grow beyond its text;
length and depth have limits all the same, because a set may come from a stranger.
"""
