"""What people press and write, a file a feature: narrow the update, one verb, one text."""
