"""Năm đánh giá và kit: the years, their criteria sets, and the kit that carries them to the offices."""
