"""Small files in the formats of the publishers, written here; ids and names are real ones."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

HGNC_COLUMNS = (
    "hgnc_id symbol name locus_group locus_type status location location_sortable alias_symbol "
    "alias_name prev_symbol prev_name gene_group entrez_id ensembl_gene_id uniprot_ids"
).split()


def hgnc() -> bytes:
    kind = "gene with protein product"
    group = "protein-coding gene"
    rows = [
        ["HGNC:1817", "CEACAM5", "CEA cell adhesion molecule 5", group, kind, "Approved", "19q13.2",
         "19q13.2", "CD66e", "meconium antigen 100", "CEA",
         '"carcinoembryonic antigen|carcinoembryonic antigen related cell adhesion molecule 5"', "",
         "1048", "ENSG00000105388", "P06731"],
        ["HGNC:3236", "EGFR", "epidermal growth factor receptor", group, kind, "Approved", "7p11.2",
         "07p11.2", '"ERBB1|ERRP"', '"erb-b2 receptor tyrosine kinase 1|ERBB"', "", "", "", "1956",
         "ENSG00000146648", "P00533"],
        ["HGNC:5", "A1BG-AS1", "A1BG antisense RNA 1", "non-coding RNA", "RNA, long non-coding",
         "Approved", "19q13.43", "19q13.43", "", "", "", "", "", "503538", "ENSG00000268895", ""],
        ["HGNC:24083", "OLD1", "withdrawn", group, kind, "Entry Withdrawn", "", "", "", "", "",
         "", "", "", "", ""],
    ]  # fmt: skip
    return ("\n".join("\t".join(row) for row in [HGNC_COLUMNS, *rows]) + "\n").encode()


def zipped(**members: bytes) -> bytes:
    """A zip; `__` stands for `/` and `_dot_` for `.` in the names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def unii() -> bytes:
    rows = [
        ("Name", "TYPE", "UNII", "Display Name"),
        ("TUSAMITAMAB RAVTANSINE [INN]", "cn", "DSS3BE2ZXN", "TUSAMITAMAB RAVTANSINE"),
        ("SAR408701", "cd", "DSS3BE2ZXN", "TUSAMITAMAB RAVTANSINE"),
        ("SAR-408701-NEW", "cd", "DSS3BE2ZXN", "TUSAMITAMAB RAVTANSINE"),
        ("TUSAMITAMAB [INN]", "cn", "L5ZKA40LJR", "TUSAMITAMAB"),
        (
            "IMMUNOGLOBULIN G1, ANTI-(HUMAN CARCINOEMBRYONIC ANTIGEN-RELATED CELL ADHESION "
            "MOLECULE 5 (CEACAM5)) (HUMAN MONOCLONAL)",
            "sys",
            "L5ZKA40LJR",
            "TUSAMITAMAB",
        ),
        ("TOLUENE", "cn", "3FPU23BG52", "TOLUENE"),
    ]
    text = "\r\n".join("\t".join(row) for row in rows).encode()
    return zipped(UNII_Names_26Oct2026_dot_txt=text, ReadMe_dot_txt=b"Names of substances")


def _term(name: str) -> str:
    return f"<Term><TermUI>T0</TermUI><String>{name}</String></Term>"


def _concepts(*names: str) -> str:
    terms = "".join(map(_term, names))
    return f"<ConceptList><Concept><TermList>{terms}</TermList></Concept></ConceptList>"


def mesh_descriptors() -> bytes:
    def heading(ui: str, name: str, trees: Sequence[str], *entries: str) -> str:
        numbers = "".join(f"<TreeNumber>{tree}</TreeNumber>" for tree in trees)
        places = f"<TreeNumberList>{numbers}</TreeNumberList>" if trees else ""
        return (
            f"<DescriptorRecord DescriptorClass='1'><DescriptorUI>{ui}</DescriptorUI>"
            f"<DescriptorName><String>{name}</String></DescriptorName>{places}"
            f"{_concepts(name, *entries)}</DescriptorRecord>"
        )

    text = (
        "<?xml version='1.0'?>\n<!DOCTYPE DescriptorRecordSet SYSTEM 'desc.dtd'>\n"
        "<DescriptorRecordSet LanguageCode='eng'>"
        + heading("D008175", "Lung Neoplasms", ["C04.588.894.797.520"], "Lung Cancer")
        + heading(
            "D000099999",
            "Metabolic Dysfunction-Associated Steatotic Liver Disease",
            ["C06.552.241.519"],
            "MASLD",
        )
        + heading("D000074322", "Antineoplastic Agents, Immunological", ["D27.505.954.248.384"])
        + "</DescriptorRecordSet>"
    )
    return gzip.compress(text.encode())


def mesh_supplementary() -> bytes:
    def record(ui: str, name: str, heading: str, *entries: str) -> str:
        return (
            f"<SupplementalRecord SCRClass='1'><SupplementalRecordUI>{ui}</SupplementalRecordUI>"
            f"<SupplementalRecordName><String>{name}</String></SupplementalRecordName>"
            "<HeadingMappedToList><HeadingMappedTo><DescriptorReferredTo>"
            f"<DescriptorUI>*{heading}</DescriptorUI>"
            "<DescriptorName><String>x</String></DescriptorName>"
            f"</DescriptorReferredTo></HeadingMappedTo></HeadingMappedToList>"
            f"{_concepts(name, *entries)}</SupplementalRecord>"
        )

    text = (
        "<?xml version='1.0'?><SupplementalRecordSet LanguageCode='eng'>"
        + record("C000720449", "tusamitamab ravtansine", "D000074322", "SAR408701")
        + record("C000000001", "a solvent of no drug", "D000074322")
        + record("C000000002", "a rare cancer of the lung", "D008175")
        + "</SupplementalRecordSet>"
    )
    return gzip.compress(text.encode())


def mondo() -> bytes:
    begin = "http://purl.obolibrary.org/obo/MONDO_"
    nodes: list[dict[str, Any]] = [
        {
            "id": f"{begin}0005233",
            "lbl": "non-small cell lung carcinoma",
            "type": "CLASS",
            "meta": {
                "synonyms": [
                    {"pred": "hasExactSynonym", "val": "NSCLC"},
                    {"pred": "hasBroadSynonym", "val": "lung cancer"},
                ],
                "xrefs": [{"val": "MESH:D002289"}, {"val": "NCIT:C2926"}],
            },
        },
        {"id": f"{begin}0008903", "lbl": "lung cancer", "type": "CLASS", "meta": {}},
        {"id": f"{begin}0000001", "lbl": "obsolete one", "meta": {"deprecated": True}},
        {"id": "http://purl.obolibrary.org/obo/HP_0000001", "lbl": "All"},
    ]
    graph = {
        "id": "http://purl.obolibrary.org/obo/mondo.owl",
        "meta": {"version": "http://purl.obolibrary.org/obo/mondo/releases/2026-10-06/mondo.json"},
        "nodes": nodes,
        "edges": [{"sub": nodes[0]["id"], "pred": "is_a", "obj": nodes[1]["id"]}],
    }
    return json.dumps({"graphs": [graph]}).encode()


def ror() -> bytes:
    def organization(
        ror: str, name: str, country: str, status: str = "active", *relations: tuple[str, str]
    ) -> dict[str, Any]:
        return {
            "id": f"https://ror.org/{ror}",
            "names": [
                {"value": name, "types": ["label", "ror_display"], "lang": "en"},
                {"value": name.split()[0][:3].upper(), "types": ["acronym"], "lang": None},
            ],
            "status": status,
            "types": ["company"],
            "established": 1973,
            "locations": [{"geonames_id": 1, "geonames_details": {"country_code": country}}],
            "relationships": [
                {"type": kind, "label": "x", "id": f"https://ror.org/{other}"}
                for kind, other in relations
            ],
        }

    organizations = [
        organization("02n6c9837", "Sanofi (France)", "FR", "active", ("child", "027vj4x92")),
        organization(
            "027vj4x92", "Sanofi (United States)", "US", "active", ("parent", "02n6c9837")
        ),
        organization(
            "03qd7mz70", "University of Nowhere", "GB", "inactive", ("successor", "00000aa00")
        ),
        organization("00000aa00", "New University of Nowhere", "GB"),
        organization("00000bb00", "Withdrawn Institute", "GB", "withdrawn"),
    ]
    text = json.dumps(organizations).encode()
    return zipped(**{"v2.16-2026-11-19-ror-data_dot_json": text, "README_dot_md": b"ROR"})


def rxnorm() -> bytes:
    def concept(cui: str, source: str, kind: str, text: str) -> str:
        return "|".join([cui, "ENG", *[""] * 9, source, kind, "X", text, "", "N", "4096", ""])

    def relation(one: str, two: str, name: str) -> str:
        return "|".join([one, "", "CUI", "RO", two, "", "CUI", name, *[""] * 8, ""])

    names = [
        concept("1547545", "RXNORM", "IN", "pembrolizumab"),
        concept("1547550", "RXNORM", "BN", "Keytruda"),
        concept("1547545", "MTHSPL", "SU", "LAMBROLIZUMAB"),
        concept("1", "RXNORM", "IN", "sitagliptin"),
        concept("2", "RXNORM", "IN", "metformin"),
        concept("3", "RXNORM", "BN", "Janumet"),
    ]
    links = [
        relation("1547545", "1547550", "tradename_of"),
        relation("3", "1", "has_tradename"),
        relation("2", "3", "tradename_of"),
    ]
    return zipped(
        rrf__RXNCONSO_dot_RRF="".join(f"{line}\n" for line in names).encode(),
        rrf__RXNREL_dot_RRF="".join(f"{line}\n" for line in links).encode(),
        prescribe__readme_dot_txt=b"RxNorm",
    )


def parquet(rows: list[dict[str, Any]]) -> bytes:
    import pyarrow
    from pyarrow import parquet as files

    out = io.BytesIO()
    files.write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()


def molecules() -> list[dict[str, Any]]:
    return [
        {
            "id": "CHEMBL4297784",
            "name": "TUSAMITAMAB RAVTANSINE",
            "synonyms": ["SAR408701", "Sar-408701 (code)"],
            "tradeNames": [],
            "drugType": "Antibody drug conjugate",
        },
        {
            "id": "CHEMBL3353410",
            "name": "OSIMERTINIB",
            "synonyms": ["AZD9291", "Mereletinib"],
            "tradeNames": ["Tagrisso"],
            "drugType": "Small molecule",
        },
    ]


def mechanisms() -> list[dict[str, Any]]:
    return [
        {
            "actionType": "INHIBITOR",
            "mechanismOfAction": "Epidermal growth factor receptor inhibitor",
            "chemblIds": ["CHEMBL3353410"],
            "targetName": "Epidermal growth factor receptor",
            "targets": ["ENSG00000146648"],
        },
        {
            "actionType": "BINDING AGENT",
            "mechanismOfAction": "CEACAM5 binding agent",
            "chemblIds": ["CHEMBL4297784", "CHEMBL0"],
            "targetName": "CEACAM5",
            "targets": ["ENSG00000105388", "ENSG00000000000"],
        },
    ]
