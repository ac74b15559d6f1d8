"""What the program is about, in pure Python: no files, no SQL, no Qt, no clock."""
