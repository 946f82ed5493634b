"""Texts that break out of quotes, end rows, or look like commands, as trials and as names."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocab import RDF, RDFS, TKG

TEXTS = (
    "plain",
    'one " two "" three """',
    "it's ' and ''",
    "ends in a backslash \\",
    'backslash quote \\" and \\\\" and \\\\\\"',
    "\\u0022 \\u0027 \\\\u0022 \\x41 \\n not a line end",
    "'}) DETACH DELETE (n) //",
    '"}) MATCH (n) DETACH DELETE n; //',
    "`; DROP CONSTRAINT resource_iri; MATCH (n) SET n:`Pwned",
    "${jndi:ldap://127.0.0.1/a} {{7*7}} $rows $base",
    '} } DELETE { ?s ?p ?o } # <http://e.org/> "@en ^^xsd:int',
    "line one\nline two\n\nline four",
    "carriage\r\nreturn\rends",
    "tab\tand , comma ; semicolon | bar",
    "  white space around  ",
    "null",
    "NaN",
    "\\N",
    "{latitude: 1, longitude: 2}",
    "nul \x00 bell \x07 escape \x1b",
    "עברית العربية 漢字 é é 🧪 \u2028 \ufeff",
    "=cmd|' /C calc'!A0",
    "long " + 'x"\\;\n' * 300_000,
)


def hostile() -> Iterator[Quad]:
    """A trial for each text: its summary, and one of its keywords."""
    for number, text in enumerate(TEXTS):
        trial = NamedNode(f"https://w3id.org/trialkg/trial/o'neil;{number}:(NCT9990{number:04})")
        arm = NamedNode(f"{trial.value}/arm/{number}")
        yield Quad(trial, NamedNode(RDF.type), NamedNode(TKG.Trial))
        yield Quad(trial, NamedNode(TKG.nctId), Literal(f"NCT9990{number:04}"))
        yield Quad(trial, NamedNode(RDFS.label), Literal(text))
        yield Quad(trial, NamedNode(TKG.briefSummary), Literal(text))
        yield Quad(trial, NamedNode(TKG.keyword), Literal(text))
        yield Quad(trial, NamedNode(TKG.keyword), Literal("zz another; one"))
        yield Quad(trial, NamedNode(TKG.hasArm), arm)
        yield Quad(arm, NamedNode(RDF.type), NamedNode(TKG.ArmGroup))
        yield Quad(arm, NamedNode(RDFS.label), Literal(text))
