"""The first run: whose computer this is, and its key."""
