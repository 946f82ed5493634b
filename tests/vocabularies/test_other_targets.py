"""The table of targets that no human gene makes, and the tables that name them."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

from kg.model.drug import TargetKind
from kg.names import squash
from kg.vocabularies import other_targets, tables, targets
from kg.vocabularies.bundle.hand_made import hand_made

ROWS = tables.rows("other-targets")


def test_each_row_is_whole() -> None:
    assert [row[0] for row in ROWS] == sorted({row[0] for row in ROWS})
    for key, symbol, kind, name, names, uniprot, phrase, source in ROWS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
        assert symbol and name and source
        assert kind in get_args(TargetKind)
        assert "" not in names.split("|") or not names
        assert re.fullmatch(r"([A-Z0-9]{6})?", uniprot)
        re.compile(phrase)


def test_none_is_called_like_a_gene_or_like_another() -> None:
    called = [
        {squash(text): text for text in (symbol, name, *names.split("|")) if text}
        for _, symbol, _, name, names, *_ in ROWS
    ]
    assert not [text for one in called for text in one.values() if targets.by_text(text)]
    counts = Counter(key for one in called for key in one)
    assert not [key for key, count in counts.items() if count > 1]


def test_every_target_that_a_table_names_is_there() -> None:
    marked = {
        symbol
        for table, column in (("curated", 2), ("payloads", 2), ("conjugates", 2), ("stems", 3))
        for row in hand_made(table)
        for symbol in row[column].split("|")
        if symbol.startswith(other_targets.MARK)
    }
    marked |= {row[1] for row in tables.rows("mechanisms") if row[1].startswith("~")}
    assert marked and all(other_targets.by_symbol(symbol) for symbol in marked)


def test_a_target_is_found_by_any_name_and_a_gene_is_none() -> None:
    for name in ("GD2", "gd-2", "ganglioside GD2", "Disialoganglioside GD2"):
        found = other_targets.by_name(name)
        assert found is not None and found.key == "gd2"
    assert other_targets.by_name("CEACAM5") is None
    assert other_targets.by_symbol("~unheard-of") is None
