"""The page “Số liệu cần thống nhất”: values that differ between two machines of a unit, side by side."""
