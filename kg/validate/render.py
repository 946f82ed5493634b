"""A validation report as text for a terminal, as JSON and as SHACL's own Turtle."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby, islice

import msgspec

from kg.iris import BASE
from kg.map.ntriples import quoted
from kg.validate.report import SEVERITIES, Results, Violation
from kg.vocab import PREFIXES

SHOWN = 5
_SHAPES = BASE + "shapes#"
_SH = "http://www.w3.org/ns/shacl#"


def report_json(report: Results) -> Iterator[str]:
    """The report as JSON, piece by piece, its form fixed by `kg validate --format json`."""
    yield f'{{\n  "conforms": {str(report.conforms).lower()},\n'
    yield f'  "counts": {_indented(report.counts, 2)},\n  "results": ['
    end = "]"
    for at, result in enumerate(report.results):
        yield f"{',' if at else ''}\n    {_indented(result, 4)}"
        end = "\n  ]"
    yield f"{end}\n}}\n"


def _indented(value: object, by: int) -> str:
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return text.replace("\n", "\n" + " " * by)


def report_text(report: Results) -> str:
    """The report for people: a line for each shape, with the first few records."""
    lines = ["The graph conforms." if report.conforms else "The graph does not conform."]
    totals = dict.fromkeys(SEVERITIES, 0)
    for (severity, shape), group in groupby(report.results, lambda r: (r.severity, r.shape)):
        rest = iter(group)
        shown, more = list(islice(rest, SHOWN)), sum(1 for _ in rest)
        count = len(shown) + more
        totals[severity] += count
        lines += ["", f"{severity} · {_short(shape)} · {count}", f"  {shown[0].message}"]
        lines += [f"  - {_where(result)}" for result in shown]
        if more:
            lines.append(f"  - … and {more} more")
    summary = ", ".join(f"{_plural(count, name.lower())}" for name, count in totals.items())
    return "\n".join([*lines, "", summary]) + "\n"


def report_turtle(report: Results) -> Iterator[str]:
    """The report as a `sh:ValidationReport` with named nodes, piece by piece."""
    yield f"@prefix sh: <{_SH}> .\n@prefix shape: <{_SHAPES}> .\n\n"
    yield f"<#report> a sh:ValidationReport ;\n    sh:conforms {str(report.conforms).lower()}"
    for result in report.results:
        yield f" ;\n    sh:result {_name(result)}"
    yield " .\n"
    for result in report.results:
        yield f"\n{_name(result)} a sh:ValidationResult ;\n"
        yield f"    sh:focusNode <{result.focus_node}> ;\n"
        if result.path is not None and "://" in result.path and result.path[0] == "h":
            yield f"    sh:resultPath <{result.path}> ;\n"
        if result.value is not None:
            yield f"    sh:value {quoted(result.value)} ;\n"
        yield f"    sh:sourceShape <{result.shape}> ;\n"
        yield f"    sh:resultSeverity sh:{result.severity} ;\n"
        yield f"    sh:resultMessage {quoted(result.message)} .\n"


def _name(result: Violation) -> str:
    return f"<#{blake2b(msgspec.json.encode(result), digest_size=8).hexdigest()}>"


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
