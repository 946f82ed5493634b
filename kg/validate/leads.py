"""Whether a query of `sh:sparql` may be put to a whole store, not once for each node.

SHACL gives `$this` a value before a query is answered. Where each group of the query begins with a
property of `$this`, and all else stands around that, the answers are the same when it is asked of
all nodes at once, and the property is read in one go.
"""

from __future__ import annotations

import re

_QUIET = re.compile(r"""(<[^<>"{}|^`\\\s]*>)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\#[^\n]*""")
"""IRIs, which are kept; texts and comments, which say nothing of groups."""
_OTHER = re.compile(
    r"\b(?:OPTIONAL|MINUS|GRAPH|SERVICE|VALUES|GROUP|HAVING|ORDER|LIMIT|OFFSET|DISTINCT|REDUCED)\b"
    r"|\bSELECT\b.*\bSELECT\b",
    re.IGNORECASE | re.DOTALL,
)
"""What may come out otherwise where `$this` has no value yet."""
_EXISTS = re.compile(r"\bEXISTS\s*\{[^{}]*\}", re.IGNORECASE)
_GROUP = re.compile(r"\{\s*(?:(?=(\{))|[$?]this\s+(?:<([^>]*)>|([\w-]*):([\w-]+))\s)?")
_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)


def leads(prefixes: str, query: str) -> tuple[str, ...]:
    """The patterns by which a query finds `?this` in a store; none where it may not be asked so.

    >>> leads("", "SELECT $this { $this <urn:a> ?value FILTER NOT EXISTS { ?value <urn:b> 1 } }")
    ('?this <urn:a> ?any',)
    >>> leads("", "SELECT $this { $this <urn:a> ?value OPTIONAL { ?value <urn:b> ?other } }")
    ()
    """
    rest = _QUIET.sub(lambda found: found[1] or " ", query)
    if _OTHER.search(rest):
        return ()
    before = ""
    while before != rest:
        before, rest = rest, _EXISTS.sub(" ", rest)
    known = dict(_PREFIX.findall(prefixes))
    names = []
    for group in _GROUP.finditer(rest):
        within, iri, prefix, name = group.groups()
        if within:
            continue
        if iri is None:
            if prefix not in known:
                return ()
            iri = known[prefix] + name
        names.append(f"?this <{iri}> ?any")
    return tuple(names)
