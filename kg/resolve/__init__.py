"""Which drug a name means: from all names in all records to canonical drugs, with reasons."""
