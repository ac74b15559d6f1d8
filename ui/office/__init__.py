"""The page “Cơ quan, khóa và kit”: who this office is, its key, its kit, and this machine."""
