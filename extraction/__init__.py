"""Chinese text → data: documents, letters, commitments, questions. Knows no database and no chat."""
