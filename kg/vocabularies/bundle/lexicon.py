"""Names of targets while the bundle is built: the genes' own names and the hand-made ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kg.errors import SourceError
from kg.names import squash
from kg.vocabularies.bundle.write import Row


class Lexicon:
    """Finds the genes a text names, if it names them beyond doubt.

    A target that no human gene makes is written `~` and its key, in place of a symbol.
    """

    def __init__(
        self, genes: Iterable[Row], targets: Iterable[Row], others: Iterable[Row] = ()
    ) -> None:
        self._ranks: tuple[dict[str, set[str]], ...] = tuple(defaultdict(set) for _ in range(4))
        self.symbols: set[str] = set()
        others = list(others)
        self._others = {f"~{row[0]}" for row in others}
        for _, symbol, name, _, _, previous, alias, synonym in genes:
            self.symbols.add(symbol)
            for rank, cell in enumerate((f"{symbol}|{name}", previous, alias, synonym)):
                for text in filter(None, cell.split("|")):
                    self._ranks[rank][squash(text)].add(symbol)
        self._phrases = {f"~{key}": re.compile(said) for key, *_, said, _ in others if said}
        self._made = {squash(text): self.known(symbols) for text, symbols, *_ in targets}

    def find(self, text: str) -> tuple[str, ...]:
        """The symbols a text stands for: hand-made first, then the one gene of its best rank."""
        key = squash(text)
        if key in self._made:
            return self._made[key]
        for names in self._ranks:
            if key in names:
                return tuple(names[key]) if len(names[key]) == 1 else ()
        return ()

    def other(self, phrase: str) -> tuple[str, ...]:
        """The targets of no gene that an "anti-(…)" phrase of the register describes."""
        return tuple(key for key, said in self._phrases.items() if said.search(phrase))

    def known(self, symbols: str) -> tuple[str, ...]:
        """The symbols of a cell, every one of which must be in force."""
        listed = tuple(map(self._today, filter(None, symbols.split("|"))))
        if unknown := set(listed) - self.symbols - self._others:
            raise SourceError(
                f"symbols {symbols}: found {sorted(unknown)}, expected HGNC symbols "
                "or keys of other-targets.tsv"
            )
        return listed

    def _today(self, symbol: str) -> str:
        """The symbol in force; one that only one gene had before is that gene's."""
        after = () if symbol in self.symbols else tuple(self._ranks[1].get(squash(symbol), ()))
        return after[0] if len(after) == 1 else symbol
