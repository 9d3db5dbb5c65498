"""Damage is a violation, an odd value a warning; nothing is dropped."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib

from kg.read import stored_claims
from kg.store import load_claims, memory_store
from kg.validate import validate, validation_report
from kg.vocabulary import claim_node, document_graph, lg
from tests.kg.conftest import KANNO


def test_a_sound_document_has_no_findings(make_relation, make_measurement):
    store = memory_store()
    load_claims(store, [make_relation(), make_measurement(conditions={"temperature_C": 25.0})])
    assert list(validate(store)) == []


@pytest.mark.parametrize(
    ("change", "severity", "message"),
    [
        ({"value": 3000.0}, "warning", "outside the range that is plausible"),
        ({"value": 10.0}, "warning", "outside the range that is plausible"),
        ({"value": 1.0, "value_max": 0.5}, "violation", "starts with its lower value"),
        ({"unit": "V"}, "violation", "unit does not fit the property"),
        ({"prop": "shininess"}, "violation", "property is not in the ontology"),
        ({"conditions": {"temperature_C": -400.0}}, "warning", "temperature is outside"),
        ({"confidence": 1.5}, "violation", "confidence is one number from 0 to 1"),
    ],
)
def test_odd_measurements_are_found_and_kept(make_measurement, change, severity, message):
    store = memory_store()
    load_claims(store, [make_measurement(**change)])
    findings = [finding for finding in validate(store) if message in finding.message]
    assert [finding.severity for finding in findings] == [severity]
    assert findings[0].about.startswith("Li6PS5Br")
    assert findings[0].quote.startswith("the bromide conducts well")
    assert len(list(stored_claims(store))) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verb": "admires"}, "relation is not in the ontology"),
        ({"kinds": ("Wizard", "FailureMechanism")}, "type of the subject is no kind"),
        ({"polarity": "perhaps"}, "polarity is affirmed or negated"),
        ({"quote": ""}, "evidence needs the text"),
    ],
)
def test_odd_relations_are_found(make_relation, change, message):
    store = memory_store()
    load_claims(store, [make_relation(**change)])
    assert any(message in finding.message for finding in validate(store))


@pytest.mark.parametrize(("year", "found"), [(201, 1), (20001, 1), (1899, 0), (2026, 0), (None, 0)])
def test_a_year_that_cannot_be_is_found(make_relation, year, found):
    work = replace(KANNO, year=year)
    store = memory_store()
    load_claims(store, [make_relation(primary=(work,))])
    findings = list(validate(store))
    assert [each.message for each in findings] == ["this year of publication is outside 1800 to 2100"] * found
    assert all((each.severity, each.about) == ("warning", KANNO.as_written) for each in findings)


def test_a_claim_without_evidence_is_found(make_relation):
    store, claim = memory_store(), make_relation()
    load_claims(store, [claim])
    graph = document_graph("notes")
    for quad in list(store.quads_for_pattern(claim_node(claim.id), lg("evidence"), None, graph)):
        store.remove(quad)
    (finding,) = validate(store, document="notes")
    assert (finding.severity, finding.document) == ("violation", "notes")
    assert "exactly one evidence" in finding.message
    assert finding.node == claim_node(claim.id).value
    assert isinstance(ox.NamedNode(finding.node), ox.NamedNode)


def test_the_report_is_one_of_shacl(make_relation, make_measurement):
    store, shacl = memory_store(), rdflib.SH
    load_claims(store, [make_relation(), make_measurement(value=10.0)])
    report = rdflib.Graph().parse(data=validation_report(store), format="turtle")
    (node,) = report.subjects(rdflib.RDF.type, shacl.ValidationReport)
    (result,) = report.objects(node, shacl.result)
    assert report.value(node, shacl.conforms) == rdflib.Literal(False)
    assert report.value(result, shacl.resultSeverity) == shacl.Warning
    assert "plausible" in str(report.value(result, shacl.resultMessage))


def test_the_report_of_a_sound_graph_conforms(make_relation):
    store = memory_store()
    load_claims(store, [make_relation()])
    report = rdflib.Graph().parse(data=validation_report(store, document="notes"), format="turtle")
    assert list(report.objects(None, rdflib.SH.conforms)) == [rdflib.Literal(True)]
