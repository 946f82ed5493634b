"""The example records: facts as in the registry, sentences in our own words."""

from __future__ import annotations

import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kg.resources import folder

EXAMPLES = folder("examples")
SYNTHETIC = "NCT99000000"
FREE_TEXT = re.compile(
    r"(summary|description|criteria|measure|time_?frame|why_?stopped|population)$", re.I
)
LEFT_OUT = re.compile(
    r"^(centralContacts|contacts|centralContactList|locationContactList"
    r"|.*browse_?(leaf|leaves|branch).*"
    r"|participantFlowModule|baselineCharacteristicsModule|moreInfoModule"
    r"|groups|denoms|classes|analyses|required_header)$",
    re.I,
)
WORDS = 8


def tree(element: etree._Element) -> tuple[Any, ...]:
    """An XML element as a value: tag, attributes, text, children; comments left out."""
    children = [tree(child) for child in element if isinstance(child.tag, str)]
    text = " ".join((element.text or "").split())
    return (element.tag, dict(element.attrib), text, children)


def without(value: Any, pattern: re.Pattern[str]) -> Any:
    """A record without the fields whose name the pattern finds, and without what that empties."""
    if isinstance(value, dict):
        kept = {key: without(v, pattern) for key, v in value.items() if not pattern.search(key)}
        return {key: v for key, v in kept.items() if v not in ({}, [])}
    if isinstance(value, list):
        return [without(inner, pattern) for inner in value]
    if isinstance(value, tuple):
        tag, attributes, text, children = value
        kept_children = [without(c, pattern) for c in children if not pattern.search(c[0])]
        return (tag, attributes, text, kept_children)
    return value


def facts(record: Any) -> Any:
    """A record without its free text and without what the examples leave out."""
    return without(without(record, LEFT_OUT), FREE_TEXT)


def texts(value: Any, free: bool = False) -> Iterator[str]:
    """Every free text of a record."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, free or bool(FREE_TEXT.search(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, free)
    elif isinstance(value, tuple):
        tag, _, text, children = value
        here = free or bool(FREE_TEXT.search(tag))
        if here:
            yield text
        for child in children:
            yield from texts(child, here)
    elif isinstance(value, str) and free:
        yield value


def strings(value: Any) -> Iterator[str]:
    """Every string of a record, free text or not."""
    return texts(value, free=True)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def ngrams(text: str) -> Iterator[str]:
    found = words(text)
    for start in range(len(found) - WORDS + 1):
        yield " ".join(found[start : start + WORDS])


def count(value: Any, ending: str) -> int:
    """How many fields of a record have a name that ends so."""
    if isinstance(value, dict):
        here = sum(key.lower().endswith(ending) for key in value)
        return here + sum(count(inner, ending) for inner in value.values())
    if isinstance(value, list):
        return sum(count(inner, ending) for inner in value)
    if isinstance(value, tuple):
        return int(value[0] == ending) + sum(count(inner, ending) for inner in value[3])
    return 0


def keys(value: Any, path: str = "") -> set[str]:
    """The paths of all its values."""
    if isinstance(value, dict):
        return {p for key, inner in value.items() for p in keys(inner, f"{path}.{key}")}
    if isinstance(value, list):
        return {p for i, inner in enumerate(value) for p in keys(inner, f"{path}[{i}]")}
    return {path}


def nct_id(record: Any) -> str:
    if isinstance(record, tuple):
        return next(leaf[2] for part in record[3] for leaf in part[3] if leaf[0] == "nct_id")
    section = record.get("protocolSection") or record["ProtocolSection"]
    module = section.get("identificationModule") or section["IdentificationModule"]
    return str(module.get("nctId") or module["NCTId"])


def json_lines(path: Path) -> list[Any]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def xml(path: Path) -> Any:
    return tree(etree.parse(str(path)).getroot())


def examples() -> list[tuple[str, Any]]:
    """File name and record of every example but the page."""
    found = [(path.name, xml(path)) for path in sorted(EXAMPLES.glob("*.xml"))]
    for path in sorted(EXAMPLES.glob("*.jsonl")):
        found += [(path.name, record) for record in json_lines(path)]
    return found


RECORDS = [pytest.param(n, r, id=f"{nct_id(r)}-{n}") for n, r in examples()]
REAL = [param for param in RECORDS if str(param.id) < SYNTHETIC]
PAGE = "NCT03324113.txt"


@pytest.fixture(scope="module")
def real(records: Path) -> dict[tuple[str, str], Any]:
    """The real records the examples are drawn from, by kind of file and NCT id."""
    found: dict[tuple[str, str], Any] = {}
    for record in json_lines(records / "ctgov-v2.jsonl"):
        found["trials.jsonl", nct_id(record)] = record
    # The dump lost this one letter; the example has it back.
    dump = (records / "ctgov-v1.jsonl").read_text(encoding="utf-8").replace("Qu\ufffdbec", "Québec")
    for line in dump.split("\n"):
        if line.strip():
            record = json.loads(line)
            found["trials-v1.jsonl", nct_id(record)] = record
    for path in (records / "tusamitamab").glob("*.xml"):
        found["xml", path.stem] = xml(path)
    with zipfile.ZipFile(records / "ctgov-legacy-xml.zip") as archive:
        root = etree.fromstring(archive.read("NCT00004883.xml"))
    found["xml", "NCT00004883"] = tree(root)
    return found


@pytest.mark.parametrize(("name", "record"), REAL)
def test_facts_are_the_registry_s(name: str, record: Any, real: dict[Any, Any]) -> None:
    kind = "xml" if name.endswith(".xml") else name
    assert facts(record) == facts(real[kind, nct_id(record)])


@pytest.mark.parametrize(("name", "record"), REAL)
def test_nothing_but_sentences_is_retold(name: str, record: Any, real: dict[Any, Any]) -> None:
    """As many outcomes as in the registry, and no text where the registry has none."""
    kind = "xml" if name.endswith(".xml") else name
    original = without(real[kind, nct_id(record)], LEFT_OUT)
    assert count(record, "measure") == count(original, "measure")
    if kind != "xml":
        assert keys(record) <= keys(original)


def page_facts(page: str) -> list[str]:
    """The lines of a page that hold facts: short ones, and long names, titles and citations."""
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    return [line for line in lines if line in page_names(lines) or is_short(line)]


def is_short(line: str) -> bool:
    return not line.startswith("*") and len(words(line)) < WORDS


def page_names(lines: list[str]) -> set[str]:
    """Its title, its citations, its run-on other names, and the titles of related trials."""
    names = {lines[0], lines[lines.index("Other Intervention Names") + 2]}
    for line, following in itertools.pairwise(lines):
        if following.startswith(("Reference Type", "NCT")):
            names.add(line)
    return names


def test_page_has_the_facts_of_the_real_page(records: Path) -> None:
    original = (records / "page" / PAGE).read_text(encoding="utf-8")
    example = (EXAMPLES / PAGE).read_text(encoding="utf-8")
    assert page_facts(example) == page_facts(original)
    assert len(example.splitlines()) == len(original.splitlines())


def test_no_sentence_is_copied(records: Path, real: dict[Any, Any]) -> None:
    """No eight consecutive words of an example's free text stand in any of the real records."""
    own: dict[str, str] = {}
    for name, record in examples():
        for text in texts(record):
            own.update(dict.fromkeys(ngrams(text), f"{name} {nct_id(record)}"))
    lines = [line.strip() for line in (EXAMPLES / PAGE).read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line]
    for line in set(lines) - page_names(lines):
        own.update(dict.fromkeys(ngrams(line), PAGE))
    pages = [path.read_text(encoding="utf-8") for path in (records / "page").iterdir()]
    corpus = (text for record in real.values() for text in strings(record))
    copied = {
        f"{own[gram]}: {gram}" for text in (*pages, *corpus) for gram in ngrams(text) if gram in own
    }
    assert not copied, sorted(copied)


@pytest.mark.parametrize(("name", "record"), RECORDS)
def test_made_up_records_say_so(name: str, record: Any) -> None:
    made_up = nct_id(record) > SYNTHETIC
    title = next(text for text in strings(record) if len(words(text)) > 3)
    assert title.startswith("Synthetic Example") == made_up


def test_no_contact_is_left() -> None:
    for path in EXAMPLES.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b[\w.]+@[\w.]+\b|\"phone\"|Phone", text), path.name


def test_notice_lists_every_record() -> None:
    notice = (EXAMPLES / "NOTICE.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (NCT\d{8}) \| (\S+) \|", notice, re.M)
    held = [(nct_id(record), name) for name, record in examples()] + [("NCT03324113", PAGE)]
    assert sorted(listed) == sorted(held)


def test_examples_stay_small() -> None:
    assert sum(path.stat().st_size for path in EXAMPLES.iterdir()) < 250 * 1024
