"""The text page of a trial, as trial portals print it: headings, instructions, content.

The page is read section by section. A heading or a labelled value that nobody knows goes to
`Trial.unread` by name. Left out on purpose: the portal's own sentences, and contacts' names,
phones and mail addresses, as from every other format.
"""

from __future__ import annotations

import re
from typing import Any

from kg.errors import RecordError
from kg.model.trial import Design, Document, Eligibility, Status, Trial
from kg.parse import codes, page_lists
from kg.parse.criteria import split
from kg.parse.page_groups import groups, listed
from kg.parse.page_labels import AFTER_CRITERIA, Labels
from kg.parse.page_sections import Section, sections
from kg.parse.page_values import behind, prose, value

_NCT_LINE = re.compile(r"^[ \t]*NCT ID:[ \t]*(NCT\d{8})[ \t]*\r?$", re.MULTILINE | re.ASCII)
_NO_RESULTS = re.compile(r"\b(?:pending|not|no|none|awaited)\b", re.IGNORECASE)


def parse_page(content: bytes, where: str) -> Trial:
    r"""The trial a text page tells of.

    >>> trial = parse_page(b"A study\n\nNCT ID: NCT99000001\n\nConditions\n\nAsthma\n", "a.txt")
    >>> trial.nct_id, trial.brief_title, trial.conditions
    ('NCT99000001', 'A study', ('Asthma',))
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(where, f"byte {error.start}", "bytes not in UTF-8", "text") from None
    found = _NCT_LINE.search(text)
    if found is None:
        raise RecordError(where, "line NCT ID", "none", "a line such as NCT ID: NCT01234567")
    return _Page(found[1], text).trial()


class _Page:
    """One page while it is read."""

    def __init__(self, nct_id: str, text: str) -> None:
        self.fields: dict[str, Any] = {"nct_id": nct_id}
        self.labels = Labels(nct_id)
        self.unread: list[str] = []
        self.head, *self.rest = _by_heading(sections(text))

    def trial(self) -> Trial:
        self._read_head()
        named = {section.heading: section for section in self.rest}
        for section in self.rest:
            self._read(section, named)
        if not self.fields.get("countries"):
            names = [place.country for place in self.fields.get("locations", ()) if place.country]
            self.fields["countries"] = tuple(dict.fromkeys(names))
        modules = self.labels.modules
        return Trial(
            **self.fields,
            status=Status(**modules["status"]),
            design=Design(**modules["design"]),
            eligibility=Eligibility(**modules["eligibility"]),
            unread=tuple(self.unread),
        )

    def _read_head(self) -> None:
        rows = [row for row in self.head.rows if not _NCT_LINE.fullmatch(row)]
        updated = [row for row in rows if behind(row, "Last Updated") is not None]
        title, *more = [row for row in rows if row not in updated] or [""]
        self.fields["brief_title"] = value(title)
        self._not_known("top of the page", [*more, *self.labels.read(updated)])

    def _not_known(self, place: str, rows: list[str]) -> None:
        self.unread += [f"{place}: {row}" for row in rows]

    def _read(self, section: Section, named: dict[str, Section]) -> None:
        fields, rows = self.fields, section.rows
        match section.heading:
            case "Study Results":
                if rows:
                    fields["has_results"] = _NO_RESULTS.search(rows[0]) is None
            case "Basic Information" | "Study Design":
                self._not_known(section.heading, self.labels.read(section.lines))
            case "Brief Summary":
                fields["brief_summary"] = prose(section.lines)
            case "Detailed Description":
                fields["detailed_description"] = prose(section.lines)
            case "Conditions" | "Keywords" | "Countries":
                terms = dict.fromkeys(term for row in rows if (term := value(row)))
                fields[section.heading.lower()] = tuple(terms)
            case "Interventions":
                if "Study Groups" not in named:
                    fields["interventions"] = tuple(one[0] for one in listed(section.lines))
            case "Study Groups":
                known = listed(named["Interventions"].lines) if "Interventions" in named else ()
                fields["arm_groups"], fields["interventions"] = groups(section.lines, known)
            case "Other Intervention Names":
                fields["unassigned_other_names"] = value("\n".join(rows))
            case "Eligibility Criteria":
                self._read_eligibility(section)
            case "Sponsors":
                fields["lead_sponsor"], fields["collaborators"] = page_lists.sponsors(rows)
            case "Responsible Party":
                fields["responsible_party"] = page_lists.responsible_party(rows)
            case "Principal Investigators":
                fields["officials"] = page_lists.officials(rows)
            case "Locations":
                countries = named["Countries"].rows if "Countries" in named else ()
                fields["locations"] = page_lists.locations(rows, countries)
            case "References":
                fields["references"] = page_lists.references(rows)
            case "Related Links":
                fields["links"] = page_lists.links(rows)
            case "Provided Documents":
                names = [value(name) for row in rows if (name := behind(row, "Document Type"))]
                fields["documents"] = tuple(Document(name) for name in names if name)
            case "Other Identifiers":
                fields["identifiers"] = page_lists.identifiers(rows)
            case "More Related Trials":
                fields["asserted_related"] = page_lists.related(rows)
            case "Central Contacts":
                pass
            case heading if heading.startswith("Biospecimen"):
                self._read_biospecimens(section)
            case heading:
                self._not_known(heading, rows)

    def _read_eligibility(self, section: Section) -> None:
        """Criteria up to the labelled values, which come last."""
        lines = section.lines
        last = {line.partition(":")[0]: i for i, line in enumerate(lines)}
        start = min((last[x] for x in AFTER_CRITERIA if x in last), default=len(lines))
        headings = ("Inclusion Criteria", "Exclusion Criteria")
        criteria = prose([line + ":" if line in headings else line for line in lines[:start]])
        inclusion, exclusion = split(criteria)
        self.labels.modules["eligibility"].update(
            criteria=criteria, inclusion=inclusion, exclusion=exclusion
        )
        self._not_known(section.heading, self.labels.read(lines[start:]))

    def _read_biospecimens(self, section: Section) -> None:
        left = self.labels.read(section.lines)
        design = self.labels.modules["design"]
        if left and re.search(r"SAMPLES|RETAINED", left[0]):
            design["biospec_retention"] = codes.code("biospec-retention", left.pop(0))
        if text := prose(left):
            design["biospec_description"] = text


def _by_heading(found: list[Section]) -> list[Section]:
    """Sections with the same heading joined."""
    joined: dict[str, tuple[str, ...]] = {}
    for section in found:
        joined[section.heading] = (*joined.get(section.heading, ()), *section.lines)
    return [Section(heading, lines) for heading, lines in joined.items()]
