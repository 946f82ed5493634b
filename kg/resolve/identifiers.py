"""Which registry or authority an id is from, by its form alone; what the record says stays beside.

Ids of a registry are unique across it, so two trials with one id are somehow related: the same
study, an extension, or a slip. Which of these no id tells, so nothing is merged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from kg.model.resolved import IdentifierScheme, SchemedId, TrialLink
from kg.model.trial import Trial

_LABEL = r"(?:[A-Za-z][A-Za-z. /()-]*?[\s.:#)-]*)??"
"""What people write before an id: `EudraCT-No.:`, `UTN `, `DRKS-ID: `."""
_GRANT = (
    r"(?:\d)?(?:[A-Z]\d\d|[A-Z]{2}\d|UL1|KL2|TL1|UM1)[- ]?[A-Z]{2}[- ]?\d{5,6}(?:-\d\d[A-Z\d]*)?"
)
_FORMS: tuple[tuple[IdentifierScheme, str], ...] = (
    ("NCT", r"(NCT\d{8})"),
    ("CTIS", _LABEL + r"(20(?:2[2-9]|3\d)-5\d{5}-\d\d)(?:-\d\d)?"),
    ("EUDRACT", _LABEL + r"(20(?:0[3-9]|1\d|2[0-4])-\d{6}-\d\d)"),
    ("UTN", _LABEL + r"(U1111-\d{4}-\d{4})"),
    ("ISRCTN", _LABEL + r"(ISRCTN)[\s:-]*(\d{8})"),
    ("JRCT", _LABEL + r"(jRCT)-?\s?(s?\d{9,10})"),
    ("JAPICCTI", _LABEL + r"(JapicCTI)-?\s?(\d{6})"),
    ("UMIN", _LABEL + r"(UMIN)-?\s?(?:CTR\s?)?(\d{9})"),
    ("CHICTR", _LABEL + r"(ChiCTR)-?\s?((?:[A-Z]{2,4}-)?\d{8,10})"),
    ("CTRI", _LABEL + r"(CTRI/\d{4}/\d{2,3}/\d{6})"),
    ("DRKS", _LABEL + r"(DRKS)-?\s?(\d{8})"),
    ("ANZCTR", _LABEL + r"(ACTRN)[\s:-]*(\d{14}p?)"),
    ("NTR", r"(NTR)\s?(\d{2,5})"),
    ("PACTR", r"(PACTR)(\d{15,16})"),
    ("IRCT", _LABEL + r"(IRCT)-?\s?(\d{11,14}N\d{1,3})"),
    ("CRIS", r"(KCT)(\d{7})"),
    ("REBEC", r"(RBR-[0-9a-z]{6,8})"),
    ("TCTR", r"(TCTR)(\d{11})"),
    ("PDQ", r"(CDR)(\d{10})"),
    ("CTRP", r"(NCI-20\d\d-\d{5})"),
    (
        "IND",
        r"(?:[A-Z]+-)*(?:BB[- ]?)?IND[- :#]*(?:no\.?|number)?[\s:#]*(\d{4,6}|\d{1,3},\d{3})",
    ),
    ("NIH_GRANT", f"({_GRANT})"),
)
_COMPILED = tuple((scheme, re.compile(form, re.IGNORECASE)) for scheme, form in _FORMS)
_UNIQUE = frozenset(scheme for scheme, _ in _FORMS) - {"NCT", "IND", "NIH_GRANT"}
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
MOST = 3
"""An id that more trials than this carry says nothing of any of them."""


@lru_cache(maxsize=1 << 14)
def scheme_of(value: str) -> SchemedId | None:
    """The registry an id has the form of, and the id as that registry writes it.

    >>> scheme_of("EudraCT: 2013-000670-37")
    SchemedId(scheme='EUDRACT', id='2013-000670-37')
    >>> scheme_of("U10CA180868").scheme, scheme_of("IND 12345").scheme
    ('NIH_GRANT', 'IND')
    >>> scheme_of("N01 MH60005").id
    'N01MH60005'
    >>> scheme_of("EudraCT-No.:2006\u2013000284\u201328").id
    '2006-000284-28'
    >>> scheme_of("TCD15054")
    """
    plain = unicodedata.normalize("NFKC", value).translate(_HYPHENS)
    text = " ".join(plain.split()).strip("()[]., ")
    for scheme, form in _COMPILED:
        if found := form.fullmatch(text):
            return SchemedId(
                scheme, "".join("".join(found.groups()).split()).upper().replace(",", "")
            )
    return None


class TrialLinks:
    """Gathers the ids of trials, and says in the end which trials share one or name another."""

    def __init__(self) -> None:
        self._trials: set[str] = set()
        self._named: dict[tuple[str, str], bool] = {}
        """Trial and the NCT id it names, and whether as its own earlier id."""
        self._holders: dict[SchemedId, set[str]] = {}

    def add(self, trial: Trial) -> None:
        """Take in the ids of one trial."""
        self._trials.add(trial.nct_id)
        for identifier in trial.identifiers:
            found = scheme_of(identifier.id)
            if found is None:
                continue
            if found.scheme == "NCT":
                pair = (trial.nct_id, found.id)
                alias = identifier.source == "NCT_ID_ALIAS"
                self._named[pair] = self._named.get(pair, False) or alias
            elif found.scheme in _UNIQUE:
                self._holders.setdefault(found, set()).add(trial.nct_id)

    def merge(self, other: TrialLinks) -> None:
        """Take in what another gathered of other trials."""
        self._trials |= other._trials
        for pair, alias in other._named.items():
            self._named[pair] = self._named.get(pair, False) or alias
        for found, holders in other._holders.items():
            self._holders.setdefault(found, set()).update(holders)

    def links(self) -> Iterator[TrialLink]:
        """Every pair of related trials, once for each kind."""
        for (naming, named), alias in sorted(self._named.items()):
            if named != naming and named in self._trials:
                yield TrialLink("ALIAS" if alias else "NAMED", naming, named, (named,))
        shared: dict[tuple[str, str], list[str]] = {}
        for found, holders in self._holders.items():
            if len(holders) <= MOST:
                for pair in combinations(sorted(holders), 2):
                    shared.setdefault(pair, []).append(found.id)
        for (one, other), ids in sorted(shared.items()):
            yield TrialLink("SHARED_ID", one, other, tuple(sorted(ids)))
