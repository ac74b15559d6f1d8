"""Improvement plans: their documents, targets, tasks and deadlines, and what offices report on them."""
