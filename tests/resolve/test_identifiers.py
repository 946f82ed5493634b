from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.resolved import TrialLink
from kg.model.trial import Identifier, Trial
from kg.resolve.identifiers import TrialLinks, scheme_of


@pytest.mark.parametrize(
    ("written", "scheme", "normal"),
    [
        ("2013-000670-37", "EUDRACT", "2013-000670-37"),
        ("Eudract No: 2007-000721-21", "EUDRACT", "2007-000721-21"),
        ("2022-502314-93-00", "CTIS", "2022-502314-93"),
        ("EU CT number 2023-503951-81-00", "CTIS", "2023-503951-81"),
        ("U1111-1266-7399", "UTN", "U1111-1266-7399"),
        ("ISRCTN 47434271", "ISRCTN", "ISRCTN47434271"),
        ("jRCTs031180001", "JRCT", "JRCTS031180001"),
        ("JapicCTI-070399", "JAPICCTI", "JAPICCTI070399"),
        ("UMIN000003040", "UMIN", "UMIN000003040"),
        ("ChiCTR-TRC-08000141", "CHICTR", "CHICTRTRC-08000141"),
        ("CTRI/2015/06/005876", "CTRI", "CTRI/2015/06/005876"),
        ("DRKS00003184", "DRKS", "DRKS00003184"),
        ("ACTRN12605000021695", "ANZCTR", "ACTRN12605000021695"),
        ("NTR 1234", "NTR", "NTR1234"),
        ("BB-IND 12345", "IND", "12345"),
        ("5U10CA180868-03", "NIH_GRANT", "5U10CA180868-03"),
        ("CDR0000067790", "PDQ", "CDR0000067790"),
        ("NCI-2012-01845", "CTRP", "NCI-2012-01845"),
        ("nct99000001", "NCT", "NCT99000001"),
        ("EudraCT-No.:2006-000284-28", "EUDRACT", "2006-000284-28"),
        ("Eudra CT 2006\u2011002584\u201170", "EUDRACT", "2006-002584-70"),
        ("２０１３-000670-37", "EUDRACT", "2013-000670-37"),
        ("CTIS: 2023-503456-12", "CTIS", "2023-503456-12"),
        ("WHO UTN (U1111-1234-5678)", "UTN", "U1111-1234-5678"),
        ("ISRCTN-73199181", "ISRCTN", "ISRCTN73199181"),
        ("jRCT2031200123", "JRCT", "JRCT2031200123"),
        ("ChiCTR: ChiCTR2000012345", "CHICTR", "CHICTR2000012345"),
        ("DRKS-ID: DRKS00012345", "DRKS", "DRKS00012345"),
        ("CTRI No: CTRI/2019/05/012345", "CTRI", "CTRI/2019/05/012345"),
        ("ANZCTR: ACTRN12612000123456p", "ANZCTR", "ACTRN12612000123456P"),
        ("IRCT20120214009014N123", "IRCT", "IRCT20120214009014N123"),
        ("STBARN-IND-53879", "IND", "53879"),
        ("IND 36,957", "IND", "36957"),
    ],
)
def test_the_form_tells_the_registry(written: str, scheme: str, normal: str) -> None:
    found = scheme_of(written)
    assert found is not None
    assert (found.scheme, found.id) == (scheme, normal)


@pytest.mark.parametrize(
    "written",
    [
        "TCD15054",
        "2005-0512",
        "199/12102",
        "95-H-0116",
        "NL12345.041.12",
        "1999-000001-11",
        "12013-000670-37",
        "2013-000670-371",
        "2002-000670-37",
        "ISRCTN1150",
        "NCT0123456",
        "NCT990000011",
        "U1111-123-5678",
        "IND 12",
        "LRI-IND.02-V3",
        "CAN-NCIC-IND166",
        "DRKS0001234",
        "CTRI/2019/05/12345",
        "A-" * 2000,
        "1" * 4000,
    ],
)
def test_a_sponsors_own_id_has_no_registry(written: str) -> None:
    assert scheme_of(written) is None


@given(st.text())
def test_any_text_is_read(written: str) -> None:
    found = scheme_of(written)
    assert found is None or found.id == found.id.upper()


def trial(number: int, *ids: str, source: str = "SECONDARY_ID") -> Trial:
    return Trial(
        nct_id=f"NCT9900000{number}",
        identifiers=tuple(Identifier(each, source) for each in ids),  # type: ignore[arg-type]
    )


def links(*trials: Trial) -> list[TrialLink]:
    found = TrialLinks()
    for each in trials:
        found.add(each)
    return list(found.links())


def test_an_id_of_a_registry_relates_two_trials_in_any_order() -> None:
    trials = trial(2, "EudraCT 2013-000670-37"), trial(1, "2013-000670-37", "U1111-1266-7399")
    expected = TrialLink("SHARED_ID", "NCT99000001", "NCT99000002", ("2013-000670-37",))
    assert links(*trials) == links(*reversed(trials)) == [expected]


def test_an_id_that_too_many_carry_relates_none() -> None:
    assert links(*(trial(at, "2013-000670-37") for at in range(1, 5))) == []


def test_a_grant_is_no_identity() -> None:
    assert links(trial(1, "U10CA180868", "IND 12345"), trial(2, "U10CA180868", "IND 12345")) == []


def test_a_trial_names_another_or_its_own_former_id() -> None:
    named, former = trial(1, "NCT99000003"), trial(2, "NCT99000003", source="NCT_ID_ALIAS")
    third = trial(3, "NCT99000003", "NCT99000009")
    assert [(link.kind, link.one) for link in links(named, former, third)] == [
        ("NAMED", "NCT99000001"),
        ("ALIAS", "NCT99000002"),
    ]
