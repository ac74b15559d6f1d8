"""Everything Qt, and nothing but Qt."""
