"""Danh mục đơn vị: the units of the province and the keys that speak for them."""
