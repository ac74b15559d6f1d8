"""The window around every page. It imports Qt, `ui` and `resources` only, so that it stands there at once."""
