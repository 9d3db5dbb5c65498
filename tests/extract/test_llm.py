"""A language model is asked over a real connection, and nothing that it makes up gets through."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from extract import llm
from extract.document import Document
from extract.llm import LanguageModel, LanguageModelError, ask
from extract.llm_claims import merge, read_with_model
from extract.pipeline import extract_claims
from extract.readers import read_text
from kg.belief import reliability
from tests.model_server import Answer, Server, answer, said, serving

TEXT = r"""# A note

The ionic conductivity of $\text{Li}_6\text{PS}_5\text{Cl}$ is 1.3 mS/cm at 25 °C [1]. A LiF-rich
interphase suppresses lithium dendrite growth [2], and nobody expected LiCoO2 to go along with it.

## References

[1] A. Author, *J. Test* **2015**, 1, 2.
[2] B. Author, *J. Test* **2017**, 3, 4.
"""
VALUE = {
    "type": "measurement",
    "material": ["Li6PS5Cl"],
    "material_type": "Material",
    "property": "ionic_conductivity",
    "value": 1.3,
    "unit": "mS/cm",
    "conditions": {"temperature_C": 25},
    "quote": "The ionic conductivity of Li6PS5Cl is 1.3 mS/cm",
}
RELATION = {
    "type": "relation",
    "subject": ["LiF-rich interphase"],
    "subject_type": "Interphase",
    "relation": "suppresses",
    "object": ["lithium dendrite growth"],
    "object_type": "FailureMechanism",
    "quote": "interphase suppresses lithium dendrite growth",
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(llm, "time", _Hasty())
    with serving() as found:
        yield found


class _Hasty:
    """A clock without pauses."""

    monotonic = staticmethod(time.monotonic)

    @staticmethod
    def sleep(_: float) -> None:
        """Go on at once."""


@pytest.fixture
def document() -> Document:
    return read_text(TEXT)


def test_sound_claims_are_kept_with_the_documents_own_words(server: Server, document: Document) -> None:
    server.answers = [answer(VALUE, RELATION)]

    read = read_with_model(document, server.model())

    assert (read.refused, read.problem) == (0, "")
    value, relation = read.claims
    assert value.quantity is not None
    assert relation.object is not None
    assert (value.quantity.value, value.quantity.unit) == (0.0013, "S/cm")
    assert (value.evidence.refs, value.conditions) == ((1,), {"temperature_C": 25})
    assert value.subject.iri == "https://w3id.org/lithograph/id/Li6PS5Cl"
    assert relation.evidence.refs == (2,)
    assert {claim.evidence.extractor for claim in read.claims} == {"llm"}
    for claim in read.claims:
        assert TEXT[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
    assert "\\text{Li}_6" in value.evidence.quote


def test_what_is_asked_names_properties_relations_and_the_text(server: Server, document: Document) -> None:
    server.answers = [answer()]

    read_with_model(document, server.model(key="s3cret"))

    (request,) = server.asked
    assert (request["path"], request["model"]) == ("/v1/chat/completions", "test-model")
    assert server.keys == ["Bearer s3cret"]
    system, user = (message["content"] for message in request["messages"])
    assert "ionic_conductivity (S/cm)" in system
    assert "suppresses" in system
    assert "{{" not in system
    assert "The ionic conductivity of Li6PS5Cl is 1.3 mS/cm at 25 °C" in user
    assert "J. Test" not in user


@pytest.mark.parametrize("wrap", ["```json\n%s\n```", "Here you are: %s. Anything else?"])
def test_words_around_the_answer_do_not_matter(server: Server, document: Document, wrap: str) -> None:
    server.answers = [answer(VALUE, wrap=wrap)]

    assert len(read_with_model(document, server.model()).claims) == 1


@pytest.mark.parametrize(
    "row",
    [
        VALUE | {"quote": "The ionic conductivity of Li6PS5Cl was found to be 1.3 mS/cm"},
        VALUE | {"quote": ""},
        VALUE | {"quote": None},
        VALUE | {"unit": "V"},
        VALUE | {"unit": "parsecs"},
        VALUE | {"value": 13},
        VALUE | {"value_max": 2.0},
        VALUE | {"value": "1.3"},
        VALUE | {"value": True},
        VALUE | {"value": 1e400},
        VALUE | {"property": "price"},
        VALUE | {"material": ["Li10GeP2S12"]},
        VALUE | {"material": []},
        VALUE | {"material": 5},
        VALUE | {"type": "opinion"},
        RELATION | {"relation": "likes"},
        RELATION | {"object": ["lithium dendrite nucleation"]},
        RELATION | {"subject": ["LiI"]},
        RELATION | {"relation": "increases"},
        RELATION | {"polarity": "maybe"},
        RELATION | {"conditions": ["hot"]},
        RELATION | {"conditions": {"at": {"deep": 1}}},
        "not an object",
        None,
        ["list"],
    ],
)
def test_what_fails_a_check_is_refused(server: Server, document: Document, row: Any) -> None:
    server.answers = [answer(row, VALUE)]

    read = read_with_model(document, server.model())

    assert read.refused == 1
    assert [claim.relation for claim in read.claims] == ["ionic_conductivity"]


def test_a_model_cannot_say_where_or_by_whom_a_claim_was_read(server: Server, document: Document) -> None:
    forged = {
        **{"start": 0, "end": 5, "document": "another", "extractor": "curated", "confidence": 1.0},
        **{
            "refs": [99],
            "section": "x",
            "material_iri": "https://example.org/x",
            "primary": [{"title": "x"}],
        },
    }
    server.answers = [answer(VALUE | forged)]

    (claim,) = read_with_model(document, server.model()).claims

    assert (claim.evidence.document, claim.evidence.extractor, claim.confidence) == ("text", "llm", 0.5)
    assert (claim.evidence.refs, claim.evidence.start > 5) == ((1,), True)
    assert claim.subject.iri.endswith("/Li6PS5Cl")


BAD: dict[str, Answer] = {
    "HTML": (200, b"<html><body>Welcome</body></html>", 0.0),
    "no JSON in it": (200, said("I cannot."), 0.0),
    "broken JSON in it": (200, said('{"claims": ['), 0.0),
    "no choices": (200, b'{"choices": []}', 0.0),
    "no text": (200, b'{"choices": [{"message": {"content": null}}]}', 0.0),
    "a number": (200, b"7", 0.0),
    "nothing": (200, b"", 0.0),
    "bytes": (200, bytes(range(256)), 0.0),
    "too much": (200, b" " * 1_100_000, 0.0),
    "an error of its own": (500, b"oops", 0.0),
    "too many requests": (429, b"", 0.0),
    "brackets": (200, said("{" + "[" * 100_000 + "}"), 0.0),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_it_is_asked_again_where_it_gives_no_answer(server: Server, document: Document, bad: Answer) -> None:
    server.answers = [bad, bad, answer(VALUE)]

    assert len(read_with_model(document, server.model()).claims) == 1
    assert len(server.asked) == 3


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_it_is_not_asked_for_ever(server: Server, document: Document, bad: Answer) -> None:
    server.answers = [bad]

    read = read_with_model(document, server.model())

    assert read.claims == ()
    assert "1 of 1 requests" in read.problem
    assert "test-model" in read.problem
    assert len(server.asked) == 3


def test_an_answer_that_does_not_come_is_not_waited_for(server: Server, document: Document) -> None:
    server.answers = [(200, b"", 20.0)]
    start = time.monotonic()

    read = read_with_model(document, server.model(timeout=0.2))

    assert "no answer within 0.2 s" in read.problem
    assert time.monotonic() - start < 5


def test_a_refused_key_is_not_tried_again_and_not_shown(server: Server) -> None:
    server.answers = [(401, b"wrong key s3cret", 0.0)]

    with pytest.raises(LanguageModelError, match="status 401; check") as caught:
        ask(server.model(key="s3cret"), "instructions", "text")

    assert len(server.asked) == 1
    assert "s3cret" not in f"{caught.value!r} {server.model(key='s3cret')!r}"


def test_after_several_failures_the_rest_is_left_to_the_rules(server: Server) -> None:
    words = ("glass", "pellet", "powder", "film", "cell", "anode", "cathode", "grain", "layer")
    long = "\n\n".join(f"The {word} " + f"says nothing of any {word}, " * 230 + "at all." for word in words)
    server.answers = [(400, b"", 0.0)]

    read = read_with_model(read_text(f"# T\n\n{long}"), server.model())

    assert "9 of 9 requests" in read.problem
    assert len(server.asked) == llm.load_settings().most_failures


def test_a_server_that_is_not_there_is_told(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "time", _Hasty())

    read = read_with_model(document, LanguageModel("http://127.0.0.1:9/v1", "test-model", timeout=1))

    assert "cannot be reached" in read.problem


@pytest.mark.parametrize(
    "url", ["", "ftp://x/y", "localhost", "http://", "http://user:pw@[bad/", "http://x:99999/"]
)
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(LanguageModelError, match="expected one such as") as caught:
        LanguageModel(url, "m")
    assert "pw" not in str(caught.value)


def test_secrets_in_an_address_are_not_shown() -> None:
    assert LanguageModel("https://user:pw@example.org/v1", "m").name == "m at example.org"


def test_agreement_raises_confidence_and_names_both(server: Server, document: Document) -> None:
    other = RELATION | {"relation": "promotes"}
    server.answers = [answer(VALUE, RELATION, other)]
    rules, model = extract_claims(document), read_with_model(document, server.model()).claims

    merged = merge(rules, model)

    by_relation = {claim.relation: claim for claim in merged}
    assert len(merged) == len(rules) + 1
    agreed, alone = by_relation["ionic_conductivity"], by_relation["promotes"]
    assert agreed.evidence.extractor == "measurements.prose+llm"
    assert by_relation["suppresses"].evidence.extractor.endswith("+llm")
    assert alone.evidence.extractor == "llm"
    assert agreed.confidence > alone.confidence
    assert reliability(agreed.evidence.extractor) > reliability("measurements.prose")
    assert {claim.id for claim in rules} < {claim.id for claim in merged}


def test_what_is_denied_and_what_is_not_do_not_agree(server: Server, document: Document) -> None:
    server.answers = [answer(RELATION | {"polarity": "negated"})]

    merged = merge(extract_claims(document), read_with_model(document, server.model()).claims)

    assert sorted(claim.polarity for claim in merged if claim.relation == "suppresses") == [
        "affirmed",
        "negated",
    ]


def test_merging_with_nothing_changes_nothing(document: Document) -> None:
    rules = extract_claims(document)
    assert merge(rules, ()) == rules
