"""Frozen values that cross the borders between stages: plain data, no RDF, no files."""
