"""Writes the index while a build runs: features go to the disk, and are weighed at the end.

Memory holds one block of features and one entry per distinct word and thing, however many trials
there are: a word's rarity is known only when the last trial was read, so the first pass spills raw
counts, the second weighs and normalises them block by block, and `invert` turns them around.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import numpy as np

from kg.iris import Iris
from kg.map.drugs import target_iri
from kg.model.drug import Drug, TrialGroundings
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Trial
from kg.names import squash
from kg.related.arrays import Int32, StringsFile, digest, save
from kg.related.features import LEADS, Features, about_drug, features
from kg.related.kinds import Kind
from kg.related.row import Row
from kg.related.weigh import Block, weigh
from kg.related.words import tokens, words_in

FORMAT = 1
"""Raised whenever the files change, so that an old index is told from a damaged one."""
FOLDER = "related"
BLOCK = 1 << 22
SHORTEST_NAME = 4
"""Signs of the shortest drug name that free text is searched for."""


class Meta(msgspec.Struct, frozen=True):
    """What the index is, beside its arrays."""

    format: int
    base_iri: str
    trials: int
    first_of_kind: list[int]
    """Where the numbers of each kind begin; the last entry is their total."""
    statuses: list[str]
    phases: list[str]


class Writer:
    """Takes trials in the order of their NCT ids."""

    def __init__(self, build: Path, drugs: Iterable[Drug], iris: Iris) -> None:
        self.folder = build / FOLDER
        self.folder.mkdir()
        self._drugs = {drug.key: drug for drug in drugs}
        self._iris = iris
        self._numbers: dict[tuple[int, str], int] = {}
        self._kinds = bytearray()
        self._labels = StringsFile(self.folder, "labels")
        self._keys = StringsFile(self.folder, "keys")
        self._rows = StringsFile(self.folder, "rows")
        self._nct_ids: list[bytes] = []
        self._filters = _Filters()
        self._tokens = _Tokens(self._learn)
        self._block = Block()
        self._blocks: list[Path] = []
        self._encode = msgspec.msgpack.Encoder().encode

    def add(self, trial: Trial, facts: ResolvedFacts, groundings: TrialGroundings) -> None:
        """Keep one trial."""
        self.keep(features(trial, facts, groundings, self._drugs, self._iris))

    def keep(self, made: Features) -> None:
        """Keep the features of one trial."""
        nct_id = made.row.nct_id.encode()
        if self._nct_ids and nct_id <= self._nct_ids[-1]:
            raise ValueError(f"{made.row.nct_id}: comes after {self._nct_ids[-1].decode()}")
        self._nct_ids.append(nct_id)
        self._rows.add(self._encode(made.row))
        known = self._tokens
        counted = Counter(number for token in tokens(made.text) for number in known[token])
        numbers = list(counted)
        weights: list[float] = list(counted.values())
        lead = -1
        for thing in made.things:
            number = self._number(thing.kind, thing.key, thing.label)
            numbers.append(number)
            weights.append(thing.weight)
            if thing.kind is Kind.SPONSOR and thing.weight == LEADS:
                lead = number
        self._block.add(numbers, weights)
        self._filters.add(made.row, lead)
        if len(self._block) >= BLOCK:
            self._spill()

    def close(self) -> None:
        """Weigh everything and write the index."""
        self._spill()
        acts = self._acts()
        kinds = np.frombuffer(bytes(self._kinds), np.uint8)
        order = np.argsort(kinds, kind="stable").astype(np.int32)
        final = np.empty(len(order), np.int32)
        final[order] = np.arange(len(order), dtype=np.int32)
        self._labels.close(order.tolist())
        self._keys.close(order.tolist())
        self._rows.close()
        self._write_lookups(final)
        first = np.searchsorted(kinds[order], np.arange(len(Kind) + 1))
        weigh(self.folder, self._blocks, final, first, len(self._nct_ids))
        save(self.folder, {"nct_ids": np.array(self._nct_ids, "S11")})
        self._filters.write(self.folder, final)
        pairs = np.array(sorted((final[drug], final[thing]) for drug, thing in acts), np.int32)
        save(self.folder, {"acts": pairs.reshape(-1, 2)})
        meta = Meta(
            format=FORMAT,
            base_iri=self._iris.base,
            trials=len(self._nct_ids),
            first_of_kind=first.tolist(),
            statuses=self._filters.statuses,
            phases=self._filters.phases,
        )
        (self.folder / "meta.json").write_bytes(msgspec.json.encode(meta))

    def _acts(self) -> list[tuple[int, int]]:
        """Each drug with what it acts on and carries; drugs without a weighty trial among them."""
        pairs = []
        for drug in self._drugs.values():
            first, *others = (
                self._number(thing.kind, thing.key, thing.label)
                for thing in about_drug(drug, 1.0, self._iris)
            )
            pairs += [(first, other) for other in others]
        return pairs

    def _learn(self, token: str) -> tuple[int, ...]:
        return tuple(self._number(Kind.TEXT, word, word) for word in words_in(token))

    def _number(self, kind: Kind, key: str, label: str) -> int:
        at = (int(kind), key)
        number = self._numbers.get(at)
        if number is None:
            number = self._numbers[at] = len(self._kinds)
            self._kinds.append(kind)
            self._labels.add(label.encode("utf-8", "replace"))
            self._keys.add(b"" if kind is Kind.TEXT else key.encode("utf-8", "replace"))
        return number

    def _spill(self) -> None:
        path = self.folder / f"block-{len(self._blocks):05d}"
        self._block.spill(path)
        self._blocks.append(path)
        self._block = Block()

    def _write_lookups(self, final: Int32) -> None:
        """Words and things by their key; drugs by every accepted name, targets by their symbol."""
        found = [(digest(kind, key), number) for (kind, key), number in self._numbers.items()]
        save_lookup(self.folder, "lookup", [(key, int(final[number])) for key, number in found])
        names: dict[str, set[int]] = {}
        for drug in self._drugs.values():
            number = int(final[self._numbers[int(Kind.DRUG), self._iris.drug(drug.key)]])
            for name in drug.names:
                squashed = squash(name.name)
                if name.status == "ACCEPTED" and len(squashed) >= SHORTEST_NAME:
                    names.setdefault(squashed, set()).add(number)
        one = [(digest(Kind.DRUG, name), min(of)) for name, of in names.items() if len(of) == 1]
        for target in {link.target for drug in self._drugs.values() for link in drug.targets}:
            known = self._numbers.get((int(Kind.TARGET), target_iri(target)))
            if known is not None:
                one.append((digest(Kind.TARGET, target.symbol), int(final[known])))
        save_lookup(self.folder, "names", one)


def save_lookup(folder: Path, name: str, pairs: list[tuple[int, int]]) -> None:
    """Write numbers to be found by the digest of their key."""
    pairs.sort()
    save(
        folder,
        {
            f"{name}-digests": np.array([key for key, _ in pairs], np.uint64),
            f"{name}-numbers": np.array([number for _, number in pairs], np.int32),
        },
    )


class _Tokens(dict[str, tuple[int, ...]]):
    """The numbers of the words in each token, learnt when it is first met."""

    def __init__(self, learn: Callable[[str], tuple[int, ...]]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, token: str) -> tuple[int, ...]:
        numbers = self[token] = self._learn(token)
        return numbers


class _Filters:
    """Columns that filters look at before anything is ranked."""

    def __init__(self) -> None:
        self.statuses: list[str] = []
        self.phases: list[str] = []
        self._status: list[int] = []
        self._phase: list[int] = []
        self._start: list[int] = []
        self._lead: list[int] = []

    def add(self, row: Row, lead: int) -> None:
        self._status.append(_place(self.statuses, row.status or ""))
        self._phase.append(
            sum(1 << _place(self.phases, phase) for phase in sorted(set(row.phases)))
        )
        self._start.append(int((row.start_date or "0").replace("-", "").ljust(8, "0")))
        self._lead.append(lead)

    def write(self, folder: Path, final: Int32) -> None:
        lead = np.array(self._lead, np.int32)
        known = lead >= 0
        lead[known] = final[lead[known]]
        save(
            folder,
            {
                "status": np.array(self._status, np.uint8),
                "phase": np.array(self._phase, np.uint32),
                "start": np.array(self._start, np.int32),
                "lead": lead,
            },
        )


def _place(known: list[str], value: str) -> int:
    if value not in known:
        known.append(value)
    return known.index(value)
