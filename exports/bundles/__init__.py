"""The signed bundle (.cchc): written, read, rebuilt. Described byte by byte in docs/format.md."""
