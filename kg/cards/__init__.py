"""One card each for a trial, a drug, a target, a sponsor: look-ups with evidence, as values."""
