"""Every vocabulary that can be fetched. Addresses were read in November 2026."""

from __future__ import annotations

from kg.vocabularies.fetch import hgnc, mesh, mondo, opentargets, ror, rxnorm, unii
from kg.vocabularies.fetch.source import Source, one_file

_NLM_TERMS = "NLM terms: free to use with credit; not necessarily the most current data from NLM"

SOURCES = {
    source.name: source
    for source in (
        Source(
            "hgnc",
            "Human genes with all their symbols and names",
            "HUGO Gene Nomenclature Committee",
            "CC0-1.0",
            "https://storage.googleapis.com/public-download-files/hgnc/tsv/tsv/hgnc_complete_set.txt",
            one_file,
            hgnc.make,
        ),
        Source(
            "unii",
            "Names of substances, and the targets that antibodies' names tell",
            "US Food and Drug Administration, UNII names",
            "US government data, no licence terms stated",
            "https://precision.fda.gov/uniisearch/archive/latest/UNIIs.zip",
            one_file,
            unii.make,
        ),
        Source(
            "mesh",
            "MeSH headings, and supplementary records of drugs and diseases",
            "US National Library of Medicine",
            _NLM_TERMS,
            "https://nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES/xmlmesh/",
            mesh.find,
            mesh.make,
        ),
        Source(
            "mondo",
            "Diseases with synonyms, parents and MeSH headings",
            "MONDO Disease Ontology, Monarch Initiative",
            "CC-BY-4.0",
            "https://github.com/monarch-initiative/mondo/releases/latest/download/mondo.json",
            one_file,
            mondo.make,
        ),
        Source(
            "opentargets",
            "Names and targets of drugs and clinical candidates, from ChEMBL",
            "Open Targets Platform, EMBL-EBI; ChEMBL",
            "CC0-1.0; ChEMBL data CC-BY-SA-3.0",
            "https://ftp.ebi.ac.uk/pub/databases/opentargets/platform/",
            opentargets.find,
            opentargets.make,
            needs=("hgnc",),
        ),
        Source(
            "ror",
            "Research organisations with ids, names and relations",
            "Research Organization Registry",
            "CC0-1.0",
            "https://zenodo.org/api/records/6347574",
            ror.find,
            ror.make,
        ),
        Source(
            "rxnorm",
            "Brands and synonyms of drugs on sale in the United States",
            "US National Library of Medicine, RxNorm prescribable content",
            "public domain",
            "https://download.nlm.nih.gov/rxnorm/RxNorm_full_prescribe_current.zip",
            one_file,
            rxnorm.make,
        ),
    )
}
"""By name."""
