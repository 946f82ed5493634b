"""Publications by their public IRIs, and the links and documents a record offers."""

from __future__ import annotations

from kg.iris import DOI, PUBMED, Iris, path
from kg.map.ntriples import Lines, Subject
from kg.model.trial import Reference, Trial
from kg.vocab import TKG

_BY_TYPE = {
    "BACKGROUND": TKG.backgroundPublication,
    "RESULT": TKG.resultPublication,
    "DERIVED": TKG.derivedPublication,
}


def map_publications(
    own: Lines, node: Subject, shared: list[str], trial: Trial, iris: Iris
) -> None:
    """Say what the record cites, and as what."""
    for reference in trial.references:
        public = publication_iri(reference)
        iri = public or iris.part(trial.nct_id, "publication", reference.citation or "")
        node.link(TKG.publication, iri)
        if reference.type in _BY_TYPE:
            node.link(_BY_TYPE[reference.type], iri)
        lines = own if public is None else Lines()
        item = lines.about(iri, TKG.Publication)
        item.label(reference.citation or _short(reference))
        item.text(TKG.pmid, reference.pmid)
        item.text(TKG.doi, reference.doi)
        for notice in reference.retractions:
            retraction = PUBMED + path(notice.pmid)
            item.link(TKG.retractedBy, retraction)
            other = Lines()
            described = other.about(retraction, TKG.Publication)
            described.label(notice.source or f"PMID {notice.pmid}")
            described.text(TKG.pmid, notice.pmid)
            shared.append("".join(other))
        if public is not None:
            shared.append("".join(lines))


def publication_iri(reference: Reference) -> str | None:
    """The public IRI of a publication: PubMed first, then DOI; None where it has neither."""
    if reference.pmid:
        return PUBMED + path(reference.pmid)
    return DOI + path(reference.doi) if reference.doi else None


def map_documents(own: Lines, node: Subject, trial: Trial, iris: Iris) -> None:
    """Say which web pages, data and documents the record points to."""
    for link in trial.links:
        iri = iris.part(trial.nct_id, "link", link.url, link.label or "")
        node.link(TKG.link, iri)
        item = own.about(iri, TKG.WebLink)
        item.label(link.label or link.url)
        item.uri(TKG.url, link.url)
    for ipd in trial.avail_ipds:
        fields = (ipd.url, ipd.comment, ipd.id, ipd.type)
        iri = iris.part(trial.nct_id, "ipd", *(field or "" for field in fields))
        node.link(TKG.availableIpd, iri)
        item = own.about(iri, TKG.AvailableIpd)
        item.label(ipd.type or ipd.id or ipd.url or "participant data")
        item.text(TKG.ipdType, ipd.type)
        item.text(TKG.ipdId, ipd.id)
        item.uri(TKG.url, ipd.url)
        item.text(TKG.comment, ipd.comment)
    for document in trial.documents:
        date = document.date.date if document.date else None
        iri = iris.part(
            trial.nct_id, "document", date or "", document.filename or "", document.label
        )
        node.link(TKG.document, iri)
        item = own.about(iri, TKG.Document)
        item.label(document.label)
        item.date(TKG.documentDate, date)
        item.boolean(TKG.hasProtocol, document.has_protocol)
        item.boolean(TKG.hasSap, document.has_sap)
        item.boolean(TKG.hasIcf, document.has_icf)
        item.text(TKG.filename, document.filename)
        item.uri(TKG.url, document.url)


def _short(reference: Reference) -> str:
    return f"PMID {reference.pmid}" if reference.pmid else f"doi:{reference.doi}"
