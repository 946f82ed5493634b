"""Questions for a store, in SPARQL, whose answers are the nodes and values that break a rule.

Rules that ask the same of several classes share a question. There are two ways to ask it: of the
whole store, where it may start from the property and be read much faster; and of given nodes,
each with its class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from kg.validate.rules import Below, Rule, Select, Target, of_class
from kg.validate.suspicion import NEVER

FEW = 1_000
MANY = 3_000_000
"""From so few nodes to so many, a table in memory is quickest; it takes 200 bytes for each."""

_WITHOUT = "WITHOUT"


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked of a node, `?this`; found is `?this` alone or with a `?value`."""

    finds: str
    """Added to a pattern that binds `?this`, it leaves what is wrong."""
    starts: str = ""
    """Finds what is wrong in a whole store, `?this` not being bound."""
    gathers: bool = False
    """`starts` keeps all nodes in memory."""
    values: tuple[str, str] | None = None
    """Path and suspicion, where values are wrong by themselves, whoever has them."""
    exact: bool = True
    """All that is found is wrong; else pySHACL has the last word."""
    select: Select | None = None


class Question(Struct, frozen=True):
    """What is asked, and of which nodes."""

    asked: Asked
    rules: dict[str, tuple[Rule, ...]]
    """Rules by class, with the classes below; or by the property or node that is the target."""
    target: Target | None
    """None where the rules are for classes."""

    def whole(self, size: int) -> str:
        """The question to a whole store, in which about so many nodes are meant."""
        asked = self.asked
        if asked.starts and size >= FEW and not (asked.gathers and size > MANY):
            pattern = f"{{ {asked.starts} }} LATERAL {{ {self.meant} }}"
        else:
            pattern = f"{{ {self.meant} }} {asked.finds}"
        return self._query(pattern, "MINUS" if FEW <= size <= MANY else "FILTER NOT EXISTS")

    def part(self, nodes: Iterable[tuple[str, str]]) -> str:
        """The question to some nodes, each with the class or target that makes it meant."""
        rows = " ".join(f"(<{node}> <{target}>)" for node, target in nodes)
        pattern = f"VALUES (?this ?target) {{ {rows} }} {self.asked.finds}"
        return self._query(pattern, "FILTER NOT EXISTS")

    def wrong_values(self, size: int) -> str:
        """The question for the values that are wrong by themselves, each once."""
        path, doubt = self.asked.values or ("", "")
        if size > MANY:
            return f"SELECT DISTINCT ?value {{ ?this {path} ?value FILTER({doubt}) }}"
        having = "" if doubt == "true" else f" HAVING({doubt})"
        return f"SELECT ?value {{ ?this {path} ?value }} GROUP BY ?value{having}"

    def holders(self, values: Iterable[str]) -> str:
        """The question for the nodes that have some of the values; blank nodes where none given."""
        path, _ = self.asked.values or ("", "")
        rows = " ".join(values)
        start = f"VALUES ?value {{ {rows} }} LATERAL {{ ?this {path} ?value }}"
        if not rows:
            start = f"{{ ?this {path} ?value FILTER(isBlank(?value)) }}"
        return self._query(f"{start} LATERAL {{ {self.meant} }}", "")

    @property
    def meant(self) -> str:
        """A pattern for the nodes that are meant, with what makes them meant as `?target`."""
        if self.target is None:
            names = " ".join(f"<{name}>" for name in self.rules)
            return f"VALUES ?target {{ {names} }} ?this a ?target"
        iri = f"<{self.target.iri}>"
        if self.target.kind == "node":
            return f"VALUES (?this ?target) {{ ({iri} {iri}) }}"
        triple = f"?this {iri} ?any" if self.target.kind == "subjects" else f"?any {iri} ?this"
        return f"{{ SELECT DISTINCT ?this {{ {triple} }} }} BIND({iri} AS ?target)"

    def _query(self, pattern: str, without: str) -> str:
        prefixes = self.asked.select.prefixes if self.asked.select else ""
        path = " ?path" if self.asked.select else ""
        pattern = pattern.replace(_WITHOUT, without)
        return f"{prefixes}SELECT ?this ?target ?value{path} {{ {pattern} }}"


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
        yield Asked(finds=f"FILTER(!{condition.text})", exact=condition.exact)
    for select in rule.selects:
        yield Asked(finds=f"LATERAL {{ {select.text} }}", select=select)
    if rule.path is None:
        return
    way = f"?this {rule.path} ?value"
    if rule.suspicion != NEVER:
        yield _about_values(rule.path, rule.suspicion.text, rule.suspicion.exact)
    for names in rule.classes:
        yield _about_values(rule.path, of_class(names).text, exact=True)
    if rule.least:
        yield Asked(finds=f"{_WITHOUT} {{ {way} }}")
    if rule.least > 1:
        yield Asked(finds=_counted(way, f"< {rule.least}"))
    if rule.most is not None:
        number = "COUNT(?value)" if rule.plain else "COUNT(DISTINCT ?value)"
        many = f"GROUP BY ?this HAVING({number} > {rule.most})"
        starts = f"SELECT ?this {{ {way} }} {many}"
        yield Asked(finds=_counted(way, f"> {rule.most}"), starts=starts, gathers=True)
    for term in rule.present:
        yield Asked(finds=f"{_WITHOUT} {{ ?this {rule.path} {term} }}")
    for other in rule.equals:
        for one, two in ((way, f"?this {other} ?value"), (f"?this {other} ?value", way)):
            finds = f"LATERAL {{ {one} FILTER NOT EXISTS {{ {two} }} }}"
            yield Asked(finds=finds, starts=f"{one} {_WITHOUT} {{ {two} }}")
    for sign, other in rule.ordered:
        pair = f"{way} . ?this {other} ?other FILTER(!COALESCE(?value {sign} ?other, false))"
        yield Asked(finds=f"LATERAL {{ {pair} }}", starts=pair, exact=False)


def _about_values(path: str, doubt: str, exact: bool) -> Asked:
    finds = f"LATERAL {{ ?this {path} ?value FILTER({doubt}) }}"
    return Asked(finds=finds, values=(path, doubt), exact=exact)


def _counted(way: str, test: str) -> str:
    count = f"SELECT ?this (COUNT(DISTINCT ?value) AS ?count) {{ {way} }} GROUP BY ?this"
    return f"LATERAL {{ {count} }} FILTER(?count {test})"
