"""What leaves the graph: files other programs read, and pages for people."""
