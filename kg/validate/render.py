"""A validation report as text for a terminal, as JSON and as SHACL's own Turtle."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby

import msgspec

from kg.iris import BASE
from kg.map.ntriples import quoted
from kg.validate.report import SEVERITIES, Report, Violation
from kg.vocab import PREFIXES

SHOWN = 5
_SHAPES = BASE + "shapes#"
_SH = "http://www.w3.org/ns/shacl#"


def report_json(report: Report) -> bytes:
    """The report as JSON, its form fixed by `kg validate --format json`."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def report_text(report: Report) -> str:
    """The report for people: a line for each shape, with the first few records."""
    lines = ["The graph conforms." if report.conforms else "The graph does not conform."]
    totals = dict.fromkeys(SEVERITIES, 0)
    for (severity, shape), group in groupby(report.results, lambda r: (r.severity, r.shape)):
        results = list(group)
        totals[severity] += len(results)
        lines += ["", f"{severity} · {_short(shape)} · {len(results)}", f"  {results[0].message}"]
        lines += [f"  - {_where(result)}" for result in results[:SHOWN]]
        if len(results) > SHOWN:
            lines.append(f"  - … and {len(results) - SHOWN} more")
    summary = ", ".join(f"{_plural(count, name.lower())}" for name, count in totals.items())
    return "\n".join([*lines, "", summary]) + "\n"


def report_turtle(report: Report) -> str:
    """The report as a `sh:ValidationReport` with named nodes, the same for the same graph."""
    return "".join(_turtle(report))


def _turtle(report: Report) -> Iterator[str]:
    yield f"@prefix sh: <{_SH}> .\n@prefix shape: <{_SHAPES}> .\n\n"
    yield f"<#report> a sh:ValidationReport ;\n    sh:conforms {str(report.conforms).lower()}"
    names = [f"<#{_digest(result)}>" for result in report.results]
    for name in names:
        yield f" ;\n    sh:result {name}"
    yield " .\n"
    for name, result in zip(names, report.results, strict=True):
        yield f"\n{name} a sh:ValidationResult ;\n    sh:focusNode <{result.focus_node}> ;\n"
        if result.path is not None and "://" in result.path and result.path[0] == "h":
            yield f"    sh:resultPath <{result.path}> ;\n"
        if result.value is not None:
            yield f"    sh:value {quoted(result.value)} ;\n"
        yield f"    sh:sourceShape <{result.shape}> ;\n"
        yield f"    sh:resultSeverity sh:{result.severity} ;\n"
        yield f"    sh:resultMessage {quoted(result.message)} .\n"


def _digest(result: Violation) -> str:
    return blake2b(msgspec.json.encode(result), digest_size=8).hexdigest()


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _where(result: Violation) -> str:
    where = _short(result.focus_node)
    if result.record is not None and result.record != where.removeprefix("trial:"):
        where = f"{result.record}, {where}"
    told = "" if result.path is None else f" {_short(result.path)}"
    return where + told + ("" if result.value is None else f": {_short(result.value)}")


def _short(iri: str) -> str:
    """An IRI with its prefix, where it has one.

    >>> _short("https://w3id.org/trialkg/ontology#nctId")
    'tkg:nctId'
    """
    if iri.startswith(_SHAPES):
        return iri.removeprefix(_SHAPES)
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri
