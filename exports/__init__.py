"""Whatever leaves or enters the office as a file."""
