"""The page “Soạn bộ tiêu chí”: drafts and published sets, the editor of a draft, and two versions side by side."""
