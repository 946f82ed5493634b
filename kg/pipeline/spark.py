"""The same build on Spark: partitions are mapped, and written as parts that any store loads.

The functions are those of the local build, and so are the triples. Executors parse records and
collect names; the driver merges what they collected, resolves all names once and broadcasts the
outcome; executors map. Files must be where every executor can read them.
"""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    RdfFormat,
    serialize,
)
from pyoxigraph import (
    parse as parse_rdf,
)

from kg import resources
from kg.errors import KgError, RecordError, SourceError
from kg.iris import BASE, Iris
from kg.map.drugs import map_drug, map_target, target_iri
from kg.model.drug import Drug
from kg.model.record import Provenance, RawRecord, Rejection
from kg.model.trial import Trial
from kg.parse import parse
from kg.parse.provenance import provenance
from kg.pipeline.mapping import MOST_TRIALS, Gathered, Mapper
from kg.records.files import STDIN, list_files, read
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collected, Collector
from kg.resolve.resolution import Resolution
from kg.spool import Chosen, order

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

PartForm = Literal["ntriples", "parquet"]
_OURS = re.compile(r"^kg\.errors\.\w+: (.+)$", re.MULTILINE)
_ANY_ERROR = re.compile(r"\w+(?:Error|Exception): (?!.*(?:Error|Exception): )(.+)$", re.MULTILINE)
Kept = tuple[str, tuple[Provenance, bytes]]
"""A parsed record by its trial and checksum: where it came from, and the trial as MessagePack."""


class Part(Struct, frozen=True):
    """One part: `triples/part-00000.gz` is number 0."""

    number: int
    triples: int
    sha256: str
    """Of its lines, each with its line end, unpacked; empty for Parquet."""


class Manifest(Struct, frozen=True):
    """What a Spark build read and wrote; kept as JSON in `manifest/part-00000`."""

    form: str
    records_read: int
    """As many as trials, superseded, repeated and rejected ones together."""
    trials: int
    superseded: int
    repeated: int
    """Records that were read more than once."""
    rejected: list[Rejection]
    unread: dict[str, list[str]]
    """Lines of text pages that stand in no section known, by NCT id."""
    triples: int
    drugs: int
    parts: list[Part]


def build_parts(
    sources: Sequence[str | Path],
    out: str,
    *,
    base_iri: str = BASE,
    master: str | None = None,
    form: PartForm = "ntriples",
) -> Manifest:
    """Build the graph of the sources as parts in the folder `out`, which must not be there yet.

    `master` is any Spark master (`local[4]`, `spark://…`); by default that of the session or of
    `spark-submit`. `out` is a path or an address that the cluster writes to (`hdfs://…`).
    """
    files = list_files(sources)
    if STDIN in files:
        raise SourceError("-: Spark reads files, expected the path of one")
    if "://" not in out and Path(out).exists():
        raise KgError(f"{out}: found something there, expected a new folder for the parts")
    with _told(out):
        return _build(_session(master), sources, files, out, Iris(base_iri), form)


def _build(
    session: SparkSession,
    sources: Sequence[str | Path],
    files: list[str],
    out: str,
    iris: Iris,
    form: PartForm,
) -> Manifest:
    records = session.sparkContext.parallelize(files, max(1, len(files))).flatMap(_read)
    spread = records.repartition(max(len(files), session.sparkContext.defaultParallelism))
    seen = spread.map(_parsed).cache()
    rejected = sorted(
        (one for one in seen.filter(_is_rejection).collect()),
        key=lambda one: (one.source, one.record, one.reason),
    )
    kept = seen.filter(lambda one: not _is_rejection(one))
    versions = kept.reduceByKey(_later_source).map(_by_trial).groupByKey().cache()
    read_count, version_count, trial_count = (
        one.count() for one in (kept, kept.keys().distinct(), versions)
    )
    if not trial_count:
        raise SourceError(
            f"{', '.join(map(str, sources))}: found no record that could be read, "
            "expected at least one study"
        )
    collector = Collector()
    for collected in versions.mapPartitions(_collected).toLocalIterator():
        collector.merge(msgspec.msgpack.decode(collected, type=Collected))
    resolution = Resolution(collector, Bundled())
    drugs = list(resolution.drugs())
    told = session.sparkContext.broadcast(pickle.dumps((resolution, drugs, iris)))
    mapped = versions.mapPartitions(lambda trials: _mapped(trials, told.value)).cache()
    gathered = Gathered()
    for content in mapped.filter(lambda one: one[0] == "gathered").values().toLocalIterator():
        gathered.merge(pickle.loads(content))
    rest = session.sparkContext.parallelize([*gathered.lines(iris), *_drug_lines(drugs, iris)], 1)
    # One part of its own: labels of blank nodes mean nothing in another file.
    ontology = session.sparkContext.parallelize([_ontology()], 1).flatMap(_lines).distinct(1)
    lines = (
        mapped.filter(lambda one: one[0] == "own")
        .values()
        .union(mapped.filter(lambda one: one[0] == "shared").values().distinct())
        .union(rest)
        .flatMap(_lines)
        .distinct()
        .union(ontology)
        .cache()
    )
    parts = _written(session, lines, out, form)
    manifest = Manifest(
        form=form,
        records_read=read_count + len(rejected),
        trials=trial_count,
        superseded=version_count - trial_count,
        repeated=read_count - version_count,
        rejected=rejected,
        unread=dict(versions.flatMap(_unread).collect()),
        triples=sum(part.triples for part in parts),
        drugs=len(drugs),
        parts=parts,
    )
    text = msgspec.json.encode(manifest).decode()
    session.sparkContext.parallelize([text], 1).saveAsTextFile(f"{out}/manifest")
    return manifest


def _session(master: str | None) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise KgError("this engine needs PySpark: pip install 'trialkg[spark]'") from None
    builder = SparkSession.builder.appName("kg build")
    if master:
        builder = builder.master(master)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise KgError(
            f"Spark cannot be started ({_reason(str(error))}), expected Java 17 and a master"
        ) from None
    if master:
        # What fails is told in a sentence; a session that was submitted logs as its owner wants.
        session.sparkContext.setLogLevel("OFF")
    return session


@contextmanager
def _told(out: str) -> Iterator[None]:
    """Says in a sentence why Spark failed."""
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("py4j", "pyspark"):
            raise
        raise KgError(
            f"{out}: the parts could not be made ({_reason(str(error))}); "
            "what stands there is not whole"
        ) from None


def _reason(text: str) -> str:
    r"""What an error of Spark says in the end: the words of the program, else those of Java.

    >>> _reason("An error occurred.\nTraceback …\nkg.errors.SourceError: a.zip: cut off\n\tat x")
    'a.zip: cut off'
    >>> _reason("An error occurred.\n: java.io.IOException: No space left on device\n\tat x")
    'No space left on device'
    """
    for pattern in (_OURS, _ANY_ERROR):
        if found := pattern.findall(text):
            return str(found[-1]).strip()
    return text.strip().partition("\n")[0]


def _read(file: str) -> Iterator[RawRecord | Rejection]:
    """The records of one file, and what of it could not be read."""
    rejected: list[Rejection] = []
    yield from read([file], rejected.append)
    yield from rejected


def _parsed(raw: RawRecord | Rejection) -> Any:
    """A record by trial and checksum, or its rejection."""
    if isinstance(raw, Rejection):
        return raw
    try:
        trial = parse(raw)
    except RecordError as error:
        return Rejection(raw.source, error.record, str(error))
    origin = provenance(raw, trial)
    return f"{trial.nct_id} {origin.checksum}", (origin, msgspec.msgpack.encode(trial))


def _is_rejection(one: object) -> bool:
    return isinstance(one, Rejection)


def _later_source(
    one: tuple[Provenance, bytes], other: tuple[Provenance, bytes]
) -> tuple[Provenance, bytes]:
    """Of one record in two places the last by name, so that their order makes no difference."""
    return max(one, other, key=lambda kept: kept[0].source)


def _by_trial(kept: Kept) -> Kept:
    return kept[0].partition(" ")[0], kept[1]


def _trial(content: bytes) -> Trial:
    return msgspec.msgpack.decode(content, type=Trial)


def _collected(
    trials: Iterable[tuple[str, Iterable[tuple[Provenance, bytes]]]],
) -> Iterator[bytes]:
    """What the records of a partition say of names."""
    collector = Collector()
    for _, versions in trials:
        for origin, content in versions:
            collector.add(_trial(content), origin)
    yield msgspec.msgpack.encode(collector.collected())


def _unread(
    one: tuple[str, Iterable[tuple[Provenance, bytes]]],
) -> Iterator[tuple[str, list[str]]]:
    lines = [line for _, content in one[1] for line in _trial(content).unread]
    if lines:
        yield one[0], lines


class _Partition:
    """The trials of a partition, each by its best record."""

    def __init__(self, trials: Mapping[str, Iterable[tuple[Provenance, bytes]]]) -> None:
        self._trials = trials

    def choose(self, nct_id: str) -> Chosen:
        best, *others = sorted(self._trials[nct_id], key=lambda kept: order(kept[0]), reverse=True)
        return Chosen(_trial(best[1]), best[0], tuple(origin for origin, _ in others))


def _mapped(
    trials: Iterable[tuple[str, Iterable[tuple[Provenance, bytes]]]], told: bytes
) -> Iterator[tuple[str, bytes]]:
    """The N-Triples of a partition: what trials own, what they share, what is gathered of them."""
    resolution, drugs, iris = pickle.loads(told)
    held = dict(trials)
    nct_ids = sorted(held)
    mapper = Mapper(_Partition(held), nct_ids, resolution, drugs, iris)
    for start in range(0, len(nct_ids), MOST_TRIALS):
        made = mapper.do((start, start + MOST_TRIALS))
        yield "own", made.own
        yield from (("shared", block) for block in made.shared)
    yield "gathered", pickle.dumps(mapper.finish()[0])


def _drug_lines(drugs: list[Drug], iris: Iris) -> Iterator[str]:
    yield from (map_drug(drug, iris) for drug in drugs)
    targets = {link.target for drug in drugs for link in drug.targets}
    yield from (map_target(target) for target in sorted(targets, key=target_iri))


def _ontology() -> str:
    """The ontology, its blank nodes named as in any store."""
    lines = []
    for path in sorted(resources.folder("ontology").glob("*.ttl")):
        terms = Dataset(parse_rdf(path=str(path), format=RdfFormat.TURTLE))
        terms.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        triples = (quad.triple for quad in terms)
        lines.append((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode())
    return "".join(lines)


def _lines(block: bytes | str) -> Iterator[str]:
    """The lines of a block; no text of N-Triples holds a line end."""
    text = block.decode() if isinstance(block, bytes) else block
    yield from (line for line in text.split("\n") if line)


def _terms(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of a line, as N-Triples writes them.

    >>> _terms('<http://e/a> <http://e/b> "c d" .')
    ('<http://e/a>', '<http://e/b>', '"c d"')
    """
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.removesuffix(" .")


def _written(session: SparkSession, lines: RDD[str], out: str, form: PartForm) -> list[Part]:
    """Write the triples, and say what stands in each part."""
    if form == "parquet":
        table = session.createDataFrame(
            lines.map(_terms), "subject string, predicate string, object string"
        )
        table.write.parquet(f"{out}/triples")
    else:
        codec = "org.apache.hadoop.io.compress.GzipCodec"
        lines.saveAsTextFile(f"{out}/triples", codec)
    checked = form == "ntriples"
    parts: list[Part] = lines.mapPartitionsWithIndex(
        lambda number, part: _part(number, part, checked)
    ).collect()
    return parts


def _part(number: int, lines: Iterable[str], checked: bool) -> Iterator[Part]:
    digest = hashlib.sha256()
    count = 0
    for line in lines:
        count += 1
        if checked:
            digest.update(line.encode() + b"\n")
    yield Part(number, count, digest.hexdigest() if checked else "")
