"""Values of parameters as RDF terms, by the type that the parameter declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.iris import code
from kg.query.catalogue import Parameter
from kg.vocab import SCHEMES, XSD

Term = NamedNode | Literal

_DATES = {
    XSD.date: re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    XSD.gYearMonth: re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    XSD.gYear: re.compile(r"\d{4}"),
}
_CODE = "code:"


def term(parameter: Parameter, value: str) -> Term:
    r"""The term for a value as a user writes it.

    >>> str(term(Parameter("phase", "code:phase"), "phase2"))
    '<https://w3id.org/trialkg/code/phase/PHASE2>'
    >>> str(term(Parameter("since", "date"), "2017-10"))
    '"2017-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> str(term(Parameter("drug", "string"), 'say "x"'))
    '"say \\"x\\""'
    >>> term(Parameter("least", "integer"), "many")
    Traceback (most recent call last):
    kg.errors.QueryError: parameter least: found 'many', expected a whole number
    """
    try:
        made = _maker(parameter)(value)
    except ValueError:
        made = None
    if made is None:
        expected = _EXPECTED.get(parameter.type, "a code of letters, digits and underscores")
        raise QueryError(f"parameter {parameter.name}: found {value!r}, expected {expected}")
    return made


def scheme(parameter: Parameter) -> str | None:
    """The code list that a parameter's values come from, if its type names one."""
    return parameter.type.removeprefix(_CODE) if parameter.type.startswith(_CODE) else None


def _maker(parameter: Parameter) -> Callable[[str], Term | None]:
    scheme_name = scheme(parameter)
    if scheme_name in SCHEMES:
        return lambda value: _code(scheme_name, value)
    if parameter.type not in _MAKERS:
        known = ", ".join([*_MAKERS, "code:<scheme>"])
        raise QueryError(
            f"parameter {parameter.name} at its type: found {parameter.type!r}, "
            f"expected one of {known}"
        )
    return _MAKERS[parameter.type]


def _code(scheme_name: str, value: str) -> NamedNode | None:
    return NamedNode(code(scheme_name, value.upper())) if re.fullmatch(r"\w+", value) else None


def _integer(value: str) -> Literal | None:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        return None
    return Literal(str(int(value)), datatype=NamedNode(XSD.integer))


def _date(value: str) -> Literal | None:
    for datatype, pattern in _DATES.items():
        if pattern.fullmatch(value):
            return Literal(value, datatype=NamedNode(datatype))
    return None


def _nct(value: str) -> Literal | None:
    nct_id = value.strip().upper()
    return Literal(nct_id) if re.fullmatch(r"NCT[0-9]{8}", nct_id) else None


_MAKERS: Mapping[str, Callable[[str], Term | None]] = {
    "string": Literal,
    "integer": _integer,
    "date": _date,
    "iri": NamedNode,
    "nct": _nct,
}
_EXPECTED = {
    "string": "text",
    "integer": "a whole number",
    "date": "a date such as 2017-10-17, 2017-10 or 2017",
    "iri": "an absolute IRI",
    "nct": "an id such as NCT03324113",
}
