"""The page “Nộp hồ sơ”: lock, print, enter the signed paper, hand over; and what passes between two machines."""
