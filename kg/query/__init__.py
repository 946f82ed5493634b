"""Questions to the graph: the catalogue, safe binding of its parameters, running, results."""
