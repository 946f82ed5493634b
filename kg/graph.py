"""A graph opened for reading: the Python face of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from pyoxigraph import Store

from kg.cards.drug import DrugCard, drug_card
from kg.cards.sponsor import SponsorCard, sponsor_card
from kg.cards.target import TargetPage, target_card
from kg.cards.trial import TrialCard, trial_card
from kg.cards.why import WhyCard, why_card
from kg.errors import StoreError
from kg.model.coverage import Reached
from kg.model.drug import Coverage
from kg.pipeline import REPORT, BuildReport
from kg.store import open_read_only
from kg.vocabularies import Vocabulary

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.explore.paths import Paths
    from kg.query.run import Answer
    from kg.related.answer import Answer as RelatedTrials
    from kg.related.filters import Filters
    from kg.related.index import Index
    from kg.validate import Report


class Info(Struct, frozen=True, kw_only=True):
    """What `kg info` shows."""

    trials: int
    drugs: int
    targets: int
    triples: int
    records_read: int
    superseded: int
    rejected: int
    sources: list[str]
    base_iri: str
    built: str
    coverage: Coverage
    reached: dict[str, Reached]
    vocabularies: list[Vocabulary]


class Graph:
    """A store opened read-only; any number may be open at once, also while a build runs."""

    def __init__(self, store_dir: str | Path = "kg-store") -> None:
        self.store_dir = Path(store_dir)
        self.store: Store
        self.store, self._folder = open_read_only(self.store_dir)

    def query(self, query: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Run SPARQL text, or a query of the catalogue by its name with its parameters.

        Raises `QueryError` where the text does not parse or a parameter does not fit.
        """
        from kg.query.catalogue import find, read
        from kg.query.run import run

        is_name = query.replace("-", "").isalnum()
        return run(self.store, find(query) if is_name else read(query), parameters)

    def trial(self, nct_id: str) -> TrialCard:
        """The card of a trial; raises `NotFoundError` where there is none."""
        return trial_card(self.store, nct_id)

    def drug(self, name: str) -> DrugCard:
        """The card of the drug that goes by a name, whichever of its names that is.

        Raises `NotFoundError` with near names, `AmbiguousError` with candidates.
        """
        return drug_card(self.store, name)

    def why(self, one: str, other: str) -> WhyCard:
        """Why two names are, or are not, names of one drug."""
        return why_card(self.store, one, other)

    def target(self, name: str) -> TargetPage:
        """The card of a target by symbol, name or alias."""
        return target_card(self.store, name)

    def sponsor(self, name: str) -> SponsorCard:
        """The card of a sponsor or collaborator by any spelling of its name."""
        return sponsor_card(self.store, name)

    def related(
        self,
        *nct_ids: str,
        drug: str | None = None,
        text: str | None = None,
        k: int = 10,
        filters: Filters | None = None,
        weights: Mapping[str, float] | None = None,
        only: Iterable[str] = (),
    ) -> RelatedTrials:
        """The trials most like one or several trials, a drug's, or a free description.

        Each comes with the reasons that add up to its score. `weights` multiplies what a kind of
        reason counts (`{"target": 2}`), `only` leaves no other kinds. Raises `NotFoundError` for a
        trial or drug the graph lacks, `QueryError` for what makes no question.
        """
        from kg.related.ask import DrugAsked, ask

        card = self.drug(drug) if drug is not None else None
        return ask(
            self._index,
            nct_ids,
            drug=DrugAsked(card.label, card.iri) if card else None,
            text=text,
            k=k,
            filters=filters,
            weights=weights or {},
            only=only,
        )

    @cached_property
    def _index(self) -> Index:
        from kg.related.index import Index

        try:
            return Index(self._folder)
        except (OSError, ValueError) as error:
            raise StoreError(
                f"{self._folder}: the index of related trials cannot be read ({error}); build it "
                "again, or ask `kg doctor`"
            ) from None

    def report(self) -> BuildReport:
        """The report of the build this graph comes from."""
        try:
            return msgspec.json.decode((self._folder / REPORT).read_bytes(), type=BuildReport)
        except (OSError, msgspec.DecodeError) as error:
            raise StoreError(f"{self._folder / REPORT}: cannot be read ({error})") from None

    def info(self) -> Info:
        """What the graph holds and where it came from."""
        report = self.report()
        return Info(
            trials=report.trials,
            drugs=report.drugs,
            targets=report.targets,
            triples=report.triples,
            records_read=report.records_read,
            superseded=report.superseded,
            rejected=len(report.rejected),
            sources=report.sources,
            base_iri=report.base_iri,
            built=report.built,
            coverage=report.coverage,
            reached=report.reached,
            vocabularies=report.vocabularies,
        )

    def validate(self) -> Report:
        """Check the graph against the SHACL shapes."""
        from kg.validate import validate

        return validate(self.store)

    def to_networkx(
        self, view: str = "trial-drug-target", *, around: str | None = None, hops: int = 2
    ) -> networkx.Graph[str]:
        """A view of the graph for networkx: whole, or `hops` around a trial, drug, target, sponsor.

        Views: trial-drug-target, trials, drugs, sponsors, sites, links (everything). What was left
        out around hubs stands in words in `graph["left_out"]` of the result.
        """
        from kg.explore.views import to_networkx

        return to_networkx(self.store, view, around, hops)

    def paths(self, a: str, b: str, k: int = 3) -> Paths:
        """How two trials, drugs, targets or sponsors are connected: up to `k` explained paths."""
        from kg.explore.paths import find_paths

        return find_paths(self.store, a, b, k)

    def to_rdflib(self) -> rdflib.Graph:
        """An rdflib Graph over the same store: nothing is copied, and nothing can be written."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Graph(
            store=OxigraphStore(store=self.store),
            identifier=rdflib.graph.DATASET_DEFAULT_GRAPH_ID,
        )
