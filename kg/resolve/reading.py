"""One registered string read with the vocabulary: which drug, which drugs, or why none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kg.resolve.codes import is_code
from kg.resolve.inn import build, carried, is_carrier
from kg.resolve.inside import code_inside, fragment, is_fragment
from kg.resolve.nameable import nameable
from kg.resolve.normalise import base, core, plain, squash
from kg.resolve.not_drugs import NotDrug, looks_like_a_class, not_a_drug
from kg.resolve.readings import Met, Once, Part, Read, Reading, Readings
from kg.resolve.regimens import SURE_REGIMEN, components
from kg.resolve.spellings import spellings
from kg.resolve.split import brackets, combination, equated, listed, may_be_alias
from kg.resolve.vocabulary import Substance, Vocabulary
from kg.resolve.within import known_inside

_DESCRIBED = frozenset({"name", "too-long", "description"})
LONGEST_NAME = 60
MOST_WORDS = 6
_MADE = re.compile(r"^(?:recombinant(?:[- ]|$)(?:methionyl )?)?(?:human )?(?=\w{4})", re.IGNORECASE)
"""How a protein was made, which makes it no other drug."""
_BIOSIMILAR = re.compile(r"\b(?:proposed )?biosimilars?\b(?: candidate)?(?: of| to| for)?", re.I)
MOST_BESIDE = 3


class Reader:
    """Reads strings, each distinct one once."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        meant: Mapping[str, str] | None = None,
        decided: Mapping[str, str] | None = None,
        salts: Mapping[str, Substance] | None = None,
        readings: Readings | None = None,
    ) -> None:
        """`readings` are those that other readers of the same vocabulary share."""
        self.vocabulary = vocabulary
        self._decided = decided or {}
        """Squashed names by the node that a user gave them."""
        self._meant = meant or {}
        """Squashed acronyms and trade names by what records mean by them, whatever the register
        says."""
        self.carried: dict[str, str] = {}
        """The substance in each liposomal or albumin-bound form met so far, by the form's node."""
        self.salts: dict[str, Substance] = dict(salts or {})
        """The substance that each salt or hydrate met so far is counted as, by the salt's UNII."""
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        for unii, parent in self.salts.items():
            self._forms[parent.unii].add(unii)
        self._all_readings = readings = readings or Readings()
        self._shared = readings.among(self._meant, self._decided)
        self._plain = readings.among({}, self._decided)
        """What is read by readers whom records tell nothing."""
        self._readings: dict[str, Reading] = {}
        self._met: set[Met] = set()
        self._asked: set[str] = set()
        """What was met in the string that is being read, and which meanings were asked for."""

    def read(self, text: str) -> Reading:
        """The reading of an intervention's registered name."""
        reading = self._readings.get(text)
        if reading is None:
            reading = self._readings[text] = self._once(
                text, self._read, self._shared.readings, self._plain.readings
            )
        return reading

    def read_all(self, texts: Iterable[str]) -> None:
        """Read many; from then on the salts in them are known."""
        for text in texts:
            self.read(text)

    def unread(self, texts: Iterable[str]) -> list[str]:
        """Those that were not read yet, each once."""
        return [text for text in dict.fromkeys(texts) if text not in self._readings]

    def once(self, text: str) -> Once[Reading]:
        """The reading of a text, with what another reader has to know to take it over."""
        self.read(text)
        return self._shared.readings[text]

    def another(self, salts: Mapping[str, Substance]) -> Reader:
        """A reader that shares all readings, and has met these salts alone."""
        return Reader(self.vocabulary, self._meant, self._decided, salts, self._all_readings)

    def readings(self) -> dict[str, Once[Reading]]:
        """What this reader read, where it would be the same if records told nothing."""
        read = {text: self._shared.readings[text] for text in self._readings}
        return {text: once for text, once in read.items() if once.asked.isdisjoint(self._meant)}

    def know(self, readings: Mapping[str, Once[Reading]]) -> None:
        """Take over such readings from an earlier reader of the same vocabulary."""
        self._plain.readings.update(readings)

    def nodes(self, names: tuple[str, ...]) -> frozenset[str]:
        """What several registered names name, as nodes."""
        found = self._shared.nodes.get(names)
        if found is None:
            found = frozenset(part.node for name in names for part in self.read(name).parts)
            self._shared.nodes[names] = found
        return found

    def name(self, text: str) -> Part:
        """The one thing that a text names; a part without node where it names several."""
        return self.read(text).only or Part(text, "", "combination")

    def part(self, text: str) -> Part:
        """The one thing that a name without brackets means."""
        return self._once(text, self._part, self._shared.parts, self._plain.parts)

    def _once(
        self,
        text: str,
        read: Callable[[str], Read],
        known: dict[str, Once[Read]],
        plain: dict[str, Once[Read]],
    ) -> Read:
        """What some reader read in a text, or this one does now; what it met is met again."""
        once = known.get(text)
        if once is None:
            once = plain.get(text)
            if once is None or not once.asked.isdisjoint(self._meant):
                around = self._met, self._asked
                self._met, self._asked = set(), set()
                value = read(text)
                met = tuple(sorted(self._met, key=str))
                once = Once(value, met, frozenset(self._asked))
                self._met, self._asked = around
            known[text] = once
        self._asked |= once.asked
        for one in once.met:
            self._meet(one)
        return once.value

    def _meet(self, met: Met) -> None:
        self._met.add(met)
        if met.salt:
            salt, parent = met.salt
            self.salts[salt.unii] = parent
            self._forms[parent.unii].add(salt.unii)
        if met.carried:
            node, unii = met.carried
            self.carried[node] = unii

    def parent(self, substance: Substance) -> Substance:
        """The substance that a salt or hydrate is counted as; most are their own."""
        parent = self._shared.parents.get(substance.unii)
        if parent is None:
            without = base(substance.name)
            found = self.vocabulary.substances(without) if without != plain(substance.name) else ()
            parent = found[0] if len(found) == 1 else substance
            self._shared.parents[substance.unii] = parent
        if parent.unii != substance.unii:
            self._meet(Met(salt=(substance, parent)))
        return parent

    def forms(self, unii: str) -> list[str]:
        """The salts and hydrates met so far that are counted as a substance."""
        return sorted(self._forms.get(unii, ()))

    def all_forms(self) -> dict[str, tuple[str, ...]]:
        """The salts and hydrates met so far, by the UNII of what each is counted as."""
        return {unii: tuple(self.forms(unii)) for unii in self._forms}

    def _substance(self, substance: Substance) -> Part:
        parent = self.parent(substance)
        return Part(parent.name, f"unii:{parent.unii}", "vocabulary-product")

    def _known(self, text: str) -> bool:
        part = self.part(text)
        return part.rule.startswith("vocabulary") or bool(part.candidates) or is_code(part.text)

    def _passes(self, text: str) -> bool:
        """Whether a text beside a known name may stand as a part of a combination."""
        return self._known(text) or self.part(text).not_drug is not None

    def _named(self, text: str) -> bool:
        """Whether a text beside a known name and "and" may be the other of two drugs."""
        part = self.part(text)
        return part.rule in ("name", "code") and len(text.split()) <= MOST_BESIDE

    def _choose(self, found: Sequence[Substance]) -> list[Substance]:
        """What a name may mean, salts and hydrates counted as their base."""
        parents = {p.unii: p for p in map(self.parent, found)}
        return [parents[unii] for unii in sorted(parents)]

    def _part(self, text: str) -> Part:
        short = core(text)
        if node := self._decided.get(squash(short)):
            return Part(short, node, "user-decision")
        if reason := not_a_drug(text):
            return Part(short, "", "not-a-drug", reason)
        if self.vocabulary.is_condition(short) and not self.vocabulary.substances(short):
            return Part(short, "", "not-a-drug", NotDrug("a condition", "OTHER"))
        if (other := self.vocabulary.means(short)) and squash(other) != squash(short):
            meant = self.part(other)
            return Part(short, meant.node, "vocabulary-curated", None, meant.candidates)
        looked_up = self._look_up(text)
        self._asked.add(squash(short))
        if node := self._meant.get(squash(short)):
            own = node.startswith("unii:")
            return Part(short, node, "vocabulary-acronym" if own else "vocabulary-carried")
        if form := self._carried(short):
            return form
        if looked_up:
            rule, name, found = looked_up
            if len(found) > 1:
                return Part(short, "", "ambiguous", None, tuple(found))
            told = name if rule == "vocabulary" else short
            return Part(told, f"unii:{found[0].unii}", rule)
        if code := code_inside(short):
            return self.part(code) if code != text else Part(short, squash(short), "code")
        if reason := looks_like_a_class(text):
            return Part(short, "", "not-a-drug", reason)
        if len(short) > LONGEST_NAME or len(short.split()) > MOST_WORDS:
            return Part(short, "", "too-long")
        if not nameable(short):
            return Part(short, "", "description")
        told = base(_MADE.sub("", short) or short)
        return Part(short, squash(told), "code" if is_code(short) else "name")

    def _look_up(self, text: str) -> tuple[str, str, list[Substance]] | None:
        """The rule, the spelling and what it may mean, of the first that the vocabulary knows.

        Salts are met here, whatever records mean by the name: which are known must not depend on
        that, or an update would not come to what a build does.
        """
        for rule, name in spellings(text):
            if len(squash(name)) < 3 and not any(c.isdigit() for c in name):
                continue
            if found := self._choose(self.vocabulary.substances(name)):
                return rule, name, found
        return None

    def given(self, name: str) -> str | None:
        """The node that a user, records or a carrier in it give a registered name."""
        key = squash(core(name))
        if key in self._decided:
            return self._decided[key]
        part = self.part(name) if key in self._meant or carried(name) else None
        return part.node if part and part.rule == "vocabulary-carried" else None

    def is_brand(self, part: Part) -> bool:
        """Whether the register has a substance's name, or that of a salt, as a trade name."""
        key, unii = squash(part.text), part.node[5:]
        names = (n for entry in (unii, *self.forms(unii)) for n in self.vocabulary.names(entry))
        return any(name.kind == "BRAND" and squash(name.name) == key for name in names)

    def _carried(self, name: str) -> Part | None:
        """A substance in a carrier, which makes it another drug: `liposomal doxorubicin`.

        Registers count most of these as the substance; one that has its own entry stays that.
        """
        form = carried(name)
        if form is None or any(build(s.name).carrier for s in self.vocabulary.substances(name)):
            return None
        carrier, drug = form
        node = self.part(drug).node
        return self._form(name, carrier, node[5:]) if node.startswith("unii:") else None

    def _form(self, name: str, carrier: str, unii: str) -> Part:
        label = next((known.name for known in self.vocabulary.names(unii)), unii)
        node = squash(f"{carrier} {label}")
        self._meet(Met(carried=(node, unii)))
        return Part(name, node, "vocabulary-carried")

    def _product(self, name: str) -> tuple[Part, ...]:
        """The substances of a product; one form where all but one of them carry that one."""
        found = self.vocabulary.products(name)
        drugs = [substance for substance in found if not is_carrier(substance.name)]
        if len(drugs) == 1 < len(found):
            carrier = next(s.name for s in found if is_carrier(s.name))
            if form := carried(f"{carrier} {drugs[0].name}"):
                return (self._form(name, form[0], self.parent(drugs[0]).unii),)
        return tuple(_distinct([self._substance(s) for s in found]))

    def _read(self, text: str) -> Reading:
        text = plain(text)
        if part := fragment(text):
            text = part
        if regimen := _regimen(text):
            return Reading(tuple(self.part(drug) for drug in regimen))
        if biosimilar := self._biosimilar(text):
            return biosimilar
        whole = self.part(text)
        if whole.rule == "user-decision":
            return Reading((whole,))
        if whole.rule == "vocabulary" or (whole.rule.startswith("vocabulary") and "(" not in text):
            return Reading((whole,))
        outer, inner = brackets(text)
        if carriers := [carrier for carrier in inner if is_carrier(carrier)]:
            outer, inner = f"{carriers[0]} {outer}", tuple(set(inner) - set(carriers))
        outer, same = equated(outer or text)
        if regimen := components(outer):
            return Reading(tuple(self.part(drug) for drug in regimen))
        product = () if whole.candidates or whole.not_drug else self._product(core(outer))
        if product:
            return Reading(product)
        pieces = combination(outer, self._known, self._passes, self._named)
        parts = [self.part(piece) for piece in pieces]
        parts = _distinct([part for one in parts for part in self._inside(one)])
        aliases = [*same, *(alias for text in inner for alias in self._names(text))]
        if len(parts) == 1:
            return self._single(parts[0], aliases, outer)
        if len({part.node for part in parts if part.node}) == 1 and all(p.node for p in parts):
            return Reading((parts[0],), tuple(part.text for part in parts[1:]))
        return Reading(tuple(parts))

    def _inside(self, part: Part) -> Sequence[Part]:
        """The known drugs inside a description; the part itself where it is none."""
        if squash(part.text) == build(part.text).conjugate:
            return (part,)  # an antibody and its payload are one drug, in a register or not
        if part.rule not in _DESCRIBED and not (part.not_drug and part.not_drug.reason == "class"):
            return (part,)
        if is_fragment(part.text):
            return (part,)
        inside = known_inside(part.text, self._registered)
        named = [self.part(drug) for name in inside for drug in _regimen(name) or (name,)]
        return [
            Part(p.text, p.node, "code" if p.rule == "code" else "vocabulary-within")
            for p in named
            if p.node
        ] or (part,)

    def _registered(self, text: str) -> bool:
        """Whether a text is a registered substance, or a code."""
        part = self.part(text)
        return part.node.startswith("unii:") or (part.rule == "code" and part.text == text)

    def _biosimilar(self, text: str) -> Reading | None:
        """The reference drug of "trastuzumab biosimilar HLX02", with the code as another name."""
        rest = _BIOSIMILAR.sub(" ", text)
        if rest == text:
            return None
        named = [self.part(name) for name in known_inside(core(rest), self._registered)]
        drugs = _distinct([part for part in named if not is_code(part.text)])
        if len(drugs) != 1 or not drugs[0].node.startswith("unii:"):
            return None
        codes = tuple(part.text for part in named if is_code(part.text))
        return Reading((drugs[0],), codes)

    def _names(self, text: str) -> Iterator[str]:
        """The names that a bracket holds."""
        first, others = equated(text)
        for part in (first, *others):
            yield from (core(n) for n in listed(part) if may_be_alias(n, self._known))

    def _single(self, part: Part, aliases: list[str], outer: str) -> Reading:
        """A name with bracketed names: they are its aliases, or the drugs of a combination."""
        inside = [self.part(alias) for alias in aliases]
        known = {p.node for p in inside if p.node.startswith("unii:")}
        if len(known) > 1 and not part.node.startswith("unii:"):
            return Reading(tuple(_distinct([p for p in inside if p.node])))
        if part.not_drug and part.not_drug.role != "PLACEBO" and inside:
            named = [p for p in inside if p.rule.startswith("vocabulary") or p.rule == "code"]
            if named and part.not_drug.reason != "procedure":
                return Reading(tuple(_distinct(named)))
        if part.rule == "description" and (named := [p for p in inside if p.node]):
            return Reading((named[0],), tuple(p.text for p in named[1:]))
        names = listed(outer)
        if len(names) > 1 and not part.rule.startswith("vocabulary"):
            listed_parts = [self.part(name) for name in names]
            found = {p.node for p in listed_parts if p.node.startswith("unii:")}
            if len(found) == 1 and all(p.node for p in listed_parts):
                first = next(p for p in listed_parts if p.node.startswith("unii:"))
                return Reading(
                    (first,), (*(p.text for p in listed_parts if p is not first), *aliases)
                )
        return Reading((part,), tuple(aliases))


def _regimen(text: str) -> Sequence[str]:
    """The drugs of a regimen that is no other thing's name."""
    return components(core(text)) if len(squash(text)) >= SURE_REGIMEN else ()


def _distinct(parts: list[Part]) -> list[Part]:
    seen: dict[str, Part] = {}
    for part in parts:
        seen.setdefault(part.node or part.text, part)
    return list(seen.values())
