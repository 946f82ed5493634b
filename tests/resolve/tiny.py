"""A vocabulary of a few substances and genes, and short ways to say a trial."""

from kg.model.trial import ArmGroup, Intervention, Reference, Trial
from kg.resolve.acting import target_of
from kg.resolve.codes import is_code
from kg.resolve.normalise import squash
from kg.resolve.vocabulary import Gene, Mechanism, Substance, SubstanceName

CEACAM5 = Gene("HGNC:1817", "CEACAM5", "CEA cell adhesion molecule 5", "P06731", ("CD66e", "CEA"))
GENES = {
    "ceacam5": CEACAM5,
    "cd66e": CEACAM5,
    "carcinoembryonicantigenrelatedcelladhesionmolecule5": CEACAM5,
    "egfr": Gene("HGNC:3236", "EGFR"),
    "pdcd1": Gene("HGNC:8760", "PDCD1"),
    "pd1": Gene("HGNC:8760", "PDCD1"),
    "cldn18": Gene("HGNC:2039", "CLDN18"),
}


class Tiny:
    """Knows what it is told: UNII to names, the first of them the shown one."""

    edition = "UNII test"

    def __init__(self, substances=None, mechanisms=None, means=None):
        self._substances = substances or {}
        self._mechanisms = mechanisms or {}
        self._means = means or {}

    def substances(self, name):
        key = squash(name)
        return [
            Substance(unii, names[0])
            for unii, names in self._substances.items()
            if any(squash(n) == key for n in names)
        ]

    def means(self, name):
        return self._means.get(squash(name))

    def products(self, name):
        return ()

    def names(self, unii):
        return [
            SubstanceName(name, "CODE" if is_code(name) else "INN" if at == 0 else "SYNONYM")
            for at, name in enumerate(self._substances.get(unii, ()))
        ]

    def is_condition(self, name):
        return squash(name) == "epilepsy"

    def genes(self, text):
        if squash(text) == "cea":  # means several: nothing is guessed
            return ()
        if squash(text) == "claudin182":
            return [(GENES["cldn18"], "18.2")]
        gene = GENES.get(squash(text))
        return [(gene, None)] if gene else ()

    def mechanisms(self, unii):
        return [
            Mechanism(target_of(gene), "test", "said so", "curated", 0.99)
            for gene in self._mechanisms.get(unii, ())
        ]


ONCOLOGY = Tiny(
    {
        "AAAAAAAAA1": ("TUSAMITAMAB RAVTANSINE", "SAR408701"),
        "AAAAAAAAA2": ("TUSAMITAMAB", "SAR408377"),
        "AAAAAAAAA3": ("TRASTUZUMAB", "HERCEPTIN"),
        "AAAAAAAAA4": ("TRASTUZUMAB DERUXTECAN", "DS-8201", "ENHERTU"),
        "AAAAAAAAA5": ("DOCETAXEL", "TAXOTERE"),
        "AAAAAAAAA6": ("DEXAMETHASONE",),
        "AAAAAAAAA7": ("CARBOPLATIN",),
        "AAAAAAAAA8": ("PACLITAXEL", "TAXOL"),
        "AAAAAAAAA9": ("PEMBROLIZUMAB", "MK-3475", "KEYTRUDA"),
        "AAAAAAAAB1": ("FLUOROURACIL", "5-FU"),
        "AAAAAAAAB2": ("LEUCOVORIN",),
        "AAAAAAAAB3": ("OXALIPLATIN",),
        "AAAAAAAAB4": ("ACLIDINIUM",),
        "AAAAAAAAB5": ("CLIDINIUM",),
        "AAAAAAAAB6": ("EXAMPLOL", "EXM"),
        "AAAAAAAAB7": ("SAMPLOL", "EXM"),
    },
    {"AAAAAAAAA1": (CEACAM5,)},
)


def drug(name, *others, type="DRUG", arms=(), description=None):
    return Intervention(name, type, description, tuple(others), tuple(arms))


def trial(number, *interventions, **fields):
    fields.setdefault("brief_title", None)
    return Trial(nct_id=f"NCT99{number:06d}", interventions=tuple(interventions), **fields)


def cites(*citations):
    return tuple(Reference(citation, type="RESULT") for citation in citations)


def arm(label, type="EXPERIMENTAL"):
    return ArmGroup(label, type)
