"""What a study has several of: arms, interventions, places, publications, reported events."""

from __future__ import annotations

from kg.model import trial as model
from kg.parse import study as api
from kg.parse import study_whole as whole
from kg.parse.mesh import mesh_id
from kg.parse.references import doi
from kg.parse.study_values import code, date, line, long, named, once, present, words

_INVESTIGATORS = {"PRINCIPAL_INVESTIGATOR", "SUB_INVESTIGATOR", "STUDY_CHAIR", "STUDY_DIRECTOR"}


def identifiers(found: api.Identification) -> tuple[model.Identifier, ...]:
    """The sponsor's own id, other ids, and NCT ids the trial had before."""
    own = [found.org_study_id_info] if found.org_study_id_info else []
    given = [(info, "ORG_STUDY_ID") for info in own]
    given += [(info, "SECONDARY_ID") for info in present(found.secondary_id_infos)]
    return once(
        [
            *(
                model.Identifier(
                    id=value,
                    source=source,
                    type=code("identifier-type", info.type),
                    domain=line(info.domain),
                    link=line(info.link),
                )
                for info, source in given
                if (value := line(info.id))
            ),
            *(model.Identifier(value, "NCT_ID_ALIAS") for value in words(found.nct_id_aliases)),
        ]
    )


def sponsor(found: api.Sponsor | None) -> model.Organization | None:
    """A sponsor by its name at registration."""
    name = line(found.name) if found else None
    if found is None or name is None:
        return None
    return model.Organization(name, code("organization-class", found.org_class))


def collaborators(found: api.Sponsors) -> tuple[model.Organization, ...]:
    """The organisations that help the sponsor."""
    return once(name for one in present(found.collaborators) if (name := sponsor(one)))


def officials(found: api.ContactsLocations) -> tuple[model.Official, ...]:
    """Who leads the whole study."""
    return once(_official(one) for one in present(found.overall_officials))


def _official(found: api.Contact) -> model.Official:
    name = line(found.name) or line(found.affiliation)  # a department may stand for a person
    place = "$.protocolSection.contactsLocationsModule"
    return model.Official(
        name=named(name, f"{place} (the name of an official)"),
        role=code("official-role", found.role),
        affiliation=line(found.affiliation),
    )


def arm_groups(found: api.ArmsInterventions) -> tuple[model.ArmGroup, ...]:
    """The arms and cohorts."""
    place = "$.protocolSection.armsInterventionsModule.armGroups[].label"
    return once(
        model.ArmGroup(
            label=named(one.label, place),
            type=code("arm-group-type", one.type),
            description=long(one.description),
        )
        for one in present(found.arm_groups)
    )


def interventions(found: api.ArmsInterventions) -> tuple[model.Intervention, ...]:
    """The interventions as registered."""
    place = "$.protocolSection.armsInterventionsModule.interventions[].name"
    return once(
        model.Intervention(
            name=named(one.name, place),
            type=code("intervention-type", one.type),
            description=long(one.description),
            other_names=words(one.other_names),
            arm_group_labels=words(one.arm_group_labels),
        )
        for one in present(found.interventions)
    )


def outcomes(found: api.Outcomes) -> tuple[model.Outcome, ...]:
    """The planned outcomes."""
    kinds = {
        "PRIMARY": found.primary_outcomes,
        "SECONDARY": found.secondary_outcomes,
        "OTHER": found.other_outcomes,
    }
    return once(
        model.Outcome(
            kind=kind,
            measure=named(
                one.measure, f"$.protocolSection.outcomesModule.{kind.lower()}Outcomes[].measure"
            ),
            time_frame=line(one.time_frame),
            description=long(one.description),
        )
        for kind, given in kinds.items()
        for one in present(given)
    )


def locations(found: api.ContactsLocations) -> tuple[model.Location, ...]:
    """The places; some dumps hold them a second time as `locations_nested`."""
    given = present(found.locations) or present(found.locations_nested)
    return once(_location(one) for one in given)


def _location(found: api.LocationInfo) -> model.Location:
    point = found.geo_point or api.GeoPoint()
    people = ((one, code("official-role", one.role)) for one in present(found.contacts))
    return model.Location(
        facility=line(found.facility),
        status=code("overall-status", found.status),
        city=line(found.city),
        state=line(found.state),
        zip=line(found.zip),
        country=line(found.country),
        latitude=point.lat,
        longitude=point.lon,
        investigators=once(
            model.Official(name, role, line(one.affiliation))
            for one, role in people
            if role in _INVESTIGATORS and (name := line(one.name))
        ),
    )


def references(found: api.References) -> tuple[model.Reference, ...]:
    """The publications cited."""
    return once(
        model.Reference(
            citation=(citation := line(one.citation)),
            pmid=line(one.pmid),
            doi=doi(citation),
            type=code("reference-type", one.type),
            retractions=once(
                model.Retraction(pmid, line(notice.source))
                for notice in present(one.retractions)
                if (pmid := line(notice.pmid))
            ),
        )
        for one in present(found.references)
    )


def links(found: api.References) -> tuple[model.Link, ...]:
    """The web pages pointed to."""
    place = "$.protocolSection.referencesModule.seeAlsoLinks[].url"
    return once(
        model.Link(named(one.url, place), line(one.label)) for one in present(found.see_also_links)
    )


def avail_ipds(found: api.References) -> tuple[model.AvailIpd, ...]:
    """Participant data offered elsewhere."""
    return once(
        model.AvailIpd(
            type=line(one.type), id=line(one.id), url=line(one.url), comment=line(one.comment)
        )
        for one in present(found.avail_ipds)
    )


def documents(found: whole.LargeDocuments) -> tuple[model.Document, ...]:
    """The documents the registry holds."""
    place = "$.documentSection.largeDocumentModule.largeDocs[]"
    return once(
        model.Document(
            label=named(line(one.label) or line(one.type_abbrev), f"{place}.label"),
            date=date(one.date, f"{place}.date"),
            has_protocol=one.has_protocol,
            has_sap=one.has_sap,
            has_icf=one.has_icf,
            filename=line(one.filename),
        )
        for one in present(found.large_docs)
    )


def mesh(found: api.Many[whole.Mesh]) -> tuple[model.MeshTerm, ...]:
    """The MeSH terms the registry derived."""
    return once(
        model.MeshTerm(named(one.term, "$.derivedSection (a MeSH term)"), mesh_id(line(one.id)))
        for one in present(found)
    )


def results(found: whole.ResultsSection | None) -> model.Results | None:
    """What was reported: titles and terms, without tables and counts."""
    if found is None:
        return None
    events = found.adverse_events_module
    limits = found.more_info_module.limitations_and_caveats or whole.Limitations()
    return model.Results(
        outcome_measures=once(
            _measure(one) for one in present(found.outcome_measures_module.outcome_measures)
        ),
        adverse_events=once(
            _event(one, seriousness)
            for seriousness, given in (
                ("SERIOUS", events.serious_events),
                ("OTHER", events.other_events),
            )
            for one in present(given)
        ),
        adverse_events_time_frame=line(events.time_frame),
        adverse_events_description=long(events.description),
        adverse_events_frequency_threshold=line(events.frequency_threshold),
        limitations_and_caveats=long(limits.description),
    )


def _measure(found: whole.MeasureInfo) -> model.OutcomeMeasure:
    place = "$.resultsSection.outcomeMeasuresModule.outcomeMeasures[]"
    return model.OutcomeMeasure(
        type=named(code("outcome-measure-type", found.type), f"{place}.type"),
        title=named(found.title, f"{place}.title"),
        description=long(found.description),
        time_frame=line(found.time_frame),
        population_description=long(found.population_description),
        reporting_status=code("reporting-status", found.reporting_status),
        param_type=code("param-type", found.param_type),
        unit_of_measure=line(found.unit_of_measure),
    )


def _event(found: whole.EventInfo, seriousness: str) -> model.AdverseEvent:
    place = "$.resultsSection.adverseEventsModule"
    return model.AdverseEvent(
        seriousness=seriousness,
        term=named(found.term, f"{place}.{seriousness.lower()}Events[].term"),
        organ_system=line(found.organ_system),
        source_vocabulary=line(found.source_vocabulary),
        assessment_type=code("assessment-type", found.assessment_type),
        notes=line(found.notes),
    )
