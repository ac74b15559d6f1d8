"""What an office keeps: the database, the evidence store, the backups."""
