"""What developers run on the source; nothing of it is installed with the program."""
