"""Số liệu tỉnh cung cấp: the table of figures that the province gives to units with its next kit."""
