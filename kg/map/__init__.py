"""How RDF says it: values to N-Triples lines, the only place that knows RDF."""
