"""Trials that an id relates: the relation stands by itself, and neither trial takes it over."""

from __future__ import annotations

from kg.iris import Iris
from kg.map.ntriples import Lines
from kg.model.resolved import TrialLink
from kg.vocab import TKG


def map_trial_link(link: TrialLink, iris: Iris) -> str:
    """Say which two trials an id relates, how, and which ids matched."""
    lines = Lines()
    node = lines.about(iris.trial_link(link.kind, link.one, link.other), TKG.TrialLink)
    node.code(TKG.trialLinkKind, "trial-link", link.kind)
    node.link(TKG.linkedTrial, iris.trial(link.one))
    node.link(TKG.linkedTrial, iris.trial(link.other))
    if link.kind != "SHARED_ID":
        node.link(TKG.namingTrial, iris.trial(link.one))
    for matched in link.ids:
        node.text(TKG.matchedId, matched)
    return "".join(lines)
