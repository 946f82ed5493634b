"""The same triples from the same records, by this project's way of writing and by others'."""
