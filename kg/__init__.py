"""Clinical-trial registry records as one RDF graph that knows drugs by every name."""
