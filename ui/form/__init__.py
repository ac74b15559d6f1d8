"""The page “Tự chấm điểm”: the tree of criteria, and the sheet of the one that is selected.

`page.FormPage` is the unit's own page. `view.FormView` is its list and sheet alone; without a session they only
show, which is how a receiver reads the form of a unit.
"""
