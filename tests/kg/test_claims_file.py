"""Rows with the guidelines' fields alone are claims; a bad row is named with what is wrong with it."""

import json

import pytest

from kg.claims_file import ClaimsFileError, claim_to_row, read_claims, row_to_claim, write_claims

RELATION = {
    "type": "relation",
    "subject": ["LiF"],
    "relation": "forms",
    "object": ["layer"],
    "quote": "LiF forms a layer",
}
MEASURED = {
    "type": "measurement",
    "material": ["Li3PS4"],
    "property": "voltage",
    "value": 5,
    "unit": "V",
    "quote": "5 V",
}


@pytest.mark.parametrize("row", [RELATION, MEASURED])
def test_the_least_row_is_a_claim_of_the_document_that_the_file_is_named_for(tmp_path, row):
    file = tmp_path / "my notes.jsonl"
    file.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    (claim,) = read_claims(file)
    assert (claim.evidence.document, claim.evidence.start, claim.polarity) == ("my notes", -1, "affirmed")
    assert claim.confidence == 1.0


def test_written_claims_are_read_again(tmp_path, varied_claims):
    file = tmp_path / "claims.jsonl"
    assert write_claims(varied_claims, file) == len(varied_claims)
    assert list(read_claims(file)) == varied_claims
    assert [path.name for path in tmp_path.iterdir()] == ["claims.jsonl"]


def test_the_id_of_a_claim_does_not_depend_on_how_a_number_is_spelt():
    rows = [MEASURED | {"conditions": {"temperature_C": value}, "value": value} for value in (25, 25.0)]
    assert len({row_to_claim(row).id for row in rows}) == 1


def test_conditions_without_a_value_are_none():
    assert row_to_claim(MEASURED | {"conditions": {"method": None, "cycles": 3}}).conditions == {"cycles": 3}


def test_one_name_may_stand_without_a_list():
    claim = row_to_claim(RELATION | {"subject": "LiF", "context": "Li3PS4"})
    assert (claim.subject.names, claim.context) == (("LiF",), ("Li3PS4",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "opinion"}, "type is 'opinion', expected 'measurement' or 'relation'"),
        ({"material": []}, "material is .*, expected a list of names"),
        ({"material": [""]}, "material is .*, expected a list of names"),
        ({"value": "high"}, "value is 'high'"),
        ({"value": True}, "value is True"),
        ({"value": float("nan")}, "expected finite numbers"),
        ({"value_max": float("inf")}, "expected finite numbers"),
        ({"material_iri": "Li3 PS4"}, "material_iri is .*, expected an absolute IRI"),
        ({"unit": ""}, "unit is '', expected text"),
        ({"polarity": "maybe"}, "polarity is 'maybe', expected one of affirmed, negated"),
        ({"comparator": "≈"}, "comparator is '≈', expected one of"),
        ({"conditions": {"method": ["a", "b"]}}, "condition method is .*, expected text or a number"),
        ({"conditions": ["a"]}, "conditions is .*, expected an object"),
        ({"primary": [{"publisher": "X"}]}, "primary has an unknown field"),
        ({"refs": "5,6"}, "invalid literal"),
    ],
)
def test_a_bad_row_is_named_with_what_is_wrong(tmp_path, change, message):
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps(MEASURED) + "\n" + json.dumps(MEASURED | change) + "\n", encoding="utf-8")
    with pytest.raises(ClaimsFileError, match=f"claims.jsonl, line 2: .*{message}"):
        list(read_claims(file))


@pytest.mark.parametrize(
    ("text", "message"), [("{", "not JSON"), ("[1]", "found list"), ('"x"', "found str")]
)
def test_a_line_that_is_no_object_is_named(tmp_path, text, message):
    file = tmp_path / "claims.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ClaimsFileError, match=f"line 1: {message}"):
        list(read_claims(file))


def test_rows_hold_the_fields_of_the_guidelines(make_relation, make_measurement):
    relation, measured = claim_to_row(make_relation()), claim_to_row(make_measurement())
    shared = {"id", "type", "refs", "section", "quote", "start", "end", "document", "polarity", "certainty"}
    assert shared <= relation.keys() & measured.keys()
    assert {"subject", "subject_type", "relation", "object", "object_type", "context"} <= relation.keys()
    assert {
        "material",
        "property",
        "value",
        "value_max",
        "unit",
        "comparator",
        "conditions",
    } <= measured.keys()
