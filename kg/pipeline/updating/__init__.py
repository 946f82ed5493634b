"""New records into a graph that stands: what they bear on is told anew, all else stays."""
