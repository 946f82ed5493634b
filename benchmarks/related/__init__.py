"""How well related trials are found, on labels that the ranker is not allowed to read."""
