"""Papers: PDF after Nghị định 30/2020/NĐ-CP."""
