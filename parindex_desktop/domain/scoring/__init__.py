"""Points from declared figures: the rules of a criteria set as one engine.

`inputs` says what is asked and reads what is typed, `rule` what every rule is, `kinds` which there are,
`answers` what a unit declares, `outcome` scores one criterion, `totals` adds up a set.
"""
