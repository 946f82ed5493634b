"""Questions for a store, in SPARQL, whose answers are the nodes and values that break a rule.

Rules that ask the same of several classes share a question. There are two ways to ask it: of the
whole store, where it may start from the property and be read much faster; and of given nodes,
each with its class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from kg.validate.along import Along, Below, of_class
from kg.validate.rules import Rule, Select, Target
from kg.validate.suspicion import NEVER, Suspicion

MANY = 2_000_000
"""For up to so many nodes, a table in memory is quickest; it takes 200 to 350 bytes for each."""

RARE = 3
"""A property is read as a whole unless so many times more nodes have it than are meant."""

_WITHOUT, _APART = "\0WITHOUT", "\0APART"
"""Stand for what depends on memory; no IRI or text of a graph has a NUL as it stands."""


class Values(Struct, frozen=True, kw_only=True):
    """What makes values wrong by themselves: an expression, or that they lack a class."""

    path: str
    ways: tuple[str, ...]
    """The alternatives of the path, or the path itself."""
    doubt: str = "true"
    classes: tuple[str, ...] = ()

    @property
    def has_class(self) -> str:
        """A pattern for the values that have the class."""
        names = " ".join(f"<{name}>" for name in self.classes)
        return f"VALUES ?class {{ {names} }} ?value a ?class"


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked of a node, `?this`; found is `?this` alone or with a `?value`."""

    finds: str
    """Added to a pattern that binds `?this`, it leaves what is wrong."""
    starts: str = ""
    """Finds what is wrong in a whole store, `?this` not being bound."""
    gathers: bool = False
    """`starts` keeps all nodes in memory."""
    single: str = ""
    """A property; no node is wrong where none has it twice, which is quick to see."""
    tables: tuple[str, ...] = ()
    """Patterns, all of whose rows may be kept in memory, to look nothing up node by node."""
    needed: tuple[str, ...] = ()
    """Paths, one of which has to lead from each node to something."""
    path: str = ""
    """What is read in a whole store."""
    values: Values | None = None
    """Where values are wrong by themselves, whoever has them."""
    exact: bool = True
    """All that is found is wrong; else pySHACL has the last word."""
    select: Select | None = None


class Size(Struct, frozen=True):
    """About how many nodes are meant, and how many have what is asked for."""

    nodes: int
    holders: int

    @property
    def is_rare(self) -> bool:
        """Few of those that have it are meant."""
        return self.holders > RARE * self.nodes


class Question(Struct, frozen=True):
    """What is asked, and of which nodes."""

    asked: Asked
    rules: dict[str, tuple[Rule, ...]]
    """Rules by class, with the classes below; or by the property that is the target."""
    target: Target | None
    """None where the rules are for classes."""

    def whole(self, size: Size, *, in_tables: bool) -> str:
        """The question to a whole store; what it reads beside its nodes may be kept in tables."""
        asked = self.asked
        if asked.starts and not size.is_rare and not (asked.gathers and size.nodes > MANY):
            pattern = f"{{ {asked.starts} }} LATERAL {{ {self.meant} }}"
        else:
            pattern = f"{{ {self.meant} }} {asked.finds}"
        return self._query(pattern, in_tables=in_tables)

    def part(self, nodes: Iterable[tuple[str, str]]) -> str:
        """The question to some nodes, each with the class or target that makes it meant."""
        rows = " ".join(f"(<{node}> <{target}>)" for node, target in nodes)
        pattern = f"VALUES (?this ?target) {{ {rows} }} {self.asked.finds}"
        return self._query(pattern, in_tables=False)

    def wrong_values(self, values: Values, way: str, instances: int, *, repeated: bool) -> str:
        """The question for the values along a way that are wrong by themselves, each once.

        The class that they may have to have has so many `instances`. A value that many nodes
        share is read out of the store once where values are `repeated`.
        """
        found = f"?this {way} ?value"
        if values.classes and instances <= MANY:
            return f"SELECT DISTINCT ?value {{ {found} MINUS {{ {values.has_class} }} }}"
        if values.classes or not repeated:
            return f"SELECT DISTINCT ?value {{ {found} FILTER({values.doubt}) }}"
        having = "" if values.doubt == "true" else f" HAVING({values.doubt})"
        return f"SELECT ?value {{ {found} }} GROUP BY ?value{having}"

    def holders(self, values: Values, found: Iterable[str]) -> str:
        """The question for the nodes that have some of the values; blank nodes where none given."""
        rows = " ".join(found)
        start = f"VALUES ?value {{ {rows} }} LATERAL {{ ?this {values.path} ?value }}"
        if not rows:
            start = f"{{ ?this {values.path} ?value FILTER(isBlank(?value)) }}"
        return self._query(f"{start} LATERAL {{ {self.meant} }}", in_tables=False)

    @property
    def meant(self) -> str:
        """A pattern for the nodes that are meant, with what makes them meant as `?target`."""
        if self.target is None:
            names = " ".join(f"<{name}>" for name in self.rules)
            return f"VALUES ?target {{ {names} }} ?this a ?target"
        iri = f"<{self.target.iri}>"
        triple = f"?this {iri} ?any"
        return f"{{ SELECT DISTINCT ?this {{ {triple} }} }} BIND({iri} AS ?target)"

    @property
    def is_grave(self) -> bool:
        """Only a graph that is wrong has nodes that break it, so most likely none does."""
        told = (rule for rules in self.rules.values() for rule in rules)
        return all(rule.severity == "Violation" for rule in told)

    def _query(self, pattern: str, *, in_tables: bool) -> str:
        prefixes = self.asked.select.prefixes if self.asked.select else ""
        pattern = pattern.replace(_WITHOUT, "MINUS" if in_tables else "FILTER NOT EXISTS")
        # Oxigraph joins by a table what are queries of their own, else it looks each row up.
        pattern = pattern.replace(_APART, "SELECT *" if in_tables else "")
        return f"{prefixes}SELECT ?this ?target ?value ?path {{ {pattern} }}"


def questions(rules: Iterable[Rule], below: Below) -> list[Question]:
    """All that has to be asked to judge by the rules."""
    groups: dict[tuple[Asked, Target | None], dict[str, set[Rule]]] = {}
    for rule in rules:
        for asked in _asked(rule):
            for target in rule.targets:
                other = None if target.kind == "class" else target
                group = groups.setdefault((asked, other), {})
                for name in (target.iri, *(() if other else below.get(target.iri, ()))):
                    group.setdefault(name, set()).add(rule)
    return [
        Question(
            asked,
            {
                name: tuple(sorted(told, key=lambda rule: rule.shape))
                for name, told in group.items()
            },
            target,
        )
        for (asked, target), group in groups.items()
    ]


def _asked(rule: Rule) -> Iterator[Asked]:
    for condition in rule.conforms:
        starts = ""
        if condition.if_broken:
            without = " ".join(f"{_WITHOUT} {{ {pattern} }}" for pattern in condition.lacking)
            found = f"{condition.if_broken} {without} {condition.not_met}"
            starts = f"SELECT DISTINCT ?this {{ {found} }}"
        yield Asked(
            finds=f"FILTER(!{condition.text})",
            starts=starts,
            tables=condition.lacking,
            exact=condition.exact,
        )
    for select in rule.selects:
        starts = select.text if select.leads else ""
        yield Asked(finds=f"LATERAL {{ {select.text} }}", starts=starts, select=select)
    if rule.along is not None:
        yield from _along(rule.along)


def _along(along: Along) -> Iterator[Asked]:
    way = f"?this {along.path} ?value"
    if along.suspicion != NEVER:
        yield _doubted(along, along.suspicion, ())
    for names in along.classes:
        yield _doubted(along, of_class(names), names)
    if along.least:
        yield Asked(finds=f"{_WITHOUT} {{ {way} }}", needed=along.ways, path=along.path)
    if along.least > 1:
        yield Asked(finds=_counted(way, f"< {along.least}"), path=along.path)
    if along.most is not None:
        number = "COUNT(?value)" if along.single else "COUNT(DISTINCT ?value)"
        many = f"GROUP BY ?this HAVING({number} > {along.most})"
        yield Asked(
            finds=_counted(way, f"> {along.most}"),
            starts=f"SELECT ?this {{ {way} }} {many}",
            gathers=True,
            single=along.path if along.single and along.most else "",
            path=along.path,
        )
    for term in along.present:
        yield Asked(finds=f"{_WITHOUT} {{ ?this {along.path} {term} }}")
    links = _links(along.steps)
    for other in along.equals:
        same = f"?this {other} ?value"
        for one, two in (((*links,), (same,)), ((same,), (*links,))):
            yield Asked(
                finds=f"LATERAL {{ {' . '.join(one)} FILTER NOT EXISTS {{ {' . '.join(two)} }} }}",
                starts=f"{_joined(*one)} {_WITHOUT} {{ {_joined(*two)} }}",
                tables=(*links, same),
            )
    for sign, other in along.ordered:
        pair = (way, f"?this {other} ?other")
        wrong = f"FILTER(!COALESCE(?value {sign} ?other, false))"
        yield Asked(
            finds=f"LATERAL {{ {' . '.join(pair)} {wrong} }}",
            starts=f"{_joined(*pair)} {wrong}",
            tables=pair,
            path=along.path,
        )


def _links(steps: tuple[str, ...]) -> tuple[str, ...]:
    """A pattern for each step of a path, from `?this` to `?value`."""
    nodes = ["?this", *(f"?step{number}" for number in range(1, len(steps))), "?value"]
    ends = zip(pairwise(nodes), steps, strict=True)
    return tuple(f"{one} {step} {two}" for (one, two), step in ends)


def _joined(*patterns: str) -> str:
    """Patterns that may be joined by a table."""
    if len(patterns) == 1:
        return patterns[0]
    return " ".join(f"{{ {_APART} {{ {pattern} }} }}" for pattern in patterns)


def _doubted(along: Along, doubt: Suspicion, classes: tuple[str, ...]) -> Asked:
    return Asked(
        finds=f"LATERAL {{ ?this {along.path} ?value FILTER({doubt.text}) }}",
        values=Values(path=along.path, ways=along.ways, doubt=doubt.text, classes=classes),
        exact=doubt.exact,
        path=along.path,
    )


def _counted(way: str, test: str) -> str:
    count = f"SELECT ?this (COUNT(DISTINCT ?value) AS ?count) {{ {way} }} GROUP BY ?this"
    return f"LATERAL {{ {count} }} FILTER(?count {test})"
