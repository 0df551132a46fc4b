"""What is kept: the tables, and the verbs that change them, one transaction each."""
