"""Tiếp nhận hồ sơ: what the units handed over, and taking in what they bring."""
