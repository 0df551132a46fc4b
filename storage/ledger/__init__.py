"""The ledger's verbs, a file a group of verbs, one transaction each; reading is in queries.py."""
