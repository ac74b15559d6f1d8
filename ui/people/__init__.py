"""The page of the staff list, and the question who works here."""
