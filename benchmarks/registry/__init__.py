"""A registry to measure with: made-up records in the proportions of real ones."""
