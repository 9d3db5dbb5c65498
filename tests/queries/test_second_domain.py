"""Another field needs an ontology module and claims, no code: solid-oxide fuel cells, ten questions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ontology.modules import VARIABLE

MODULE = Path(__file__).with_name("fuel_cells.ttl")

MEASURED = [
    ("YSZ", "ionic_conductivity", 0.03, "S/cm", {"temperature_C": 800}, "A. Able", 2005),
    ("YSZ", "ionic_conductivity", 0.1, "S/cm", {"temperature_C": 1000}, "A. Able", 2005),
    ("ScSZ", "ionic_conductivity", 0.12, "S/cm", {"temperature_C": 800}, "B. Baker", 2011),
    ("GDC", "ionic_conductivity", 0.02, "S/cm", {"temperature_C": 600}, "C. Cook", 2014),
    ("GDC", "operating_temperature", 600, "degC", {}, "C. Cook", 2014),
    ("YSZ", "operating_temperature", 850, "degC", {}, "A. Able", 2005),
    ("LSCF", "area_specific_resistance", 0.15, "ohm cm2", {"temperature_C": 700}, "D. Dyer", 2018),
]
STATED = [
    ("LSCF", "Material", "used_as", "air electrode", "Role", "affirmed"),
    ("LSCF", "Material", "unstable_with", "YSZ", "Material", "affirmed"),
    ("LSCF", "Material", "stable_with", "GDC", "Material", "affirmed"),
    ("LSCF", "Material", "promotes", "zirconate formation", "FailureMechanism", "affirmed"),
    ("GDC", "Material", "suppresses", "zirconate formation", "FailureMechanism", "affirmed"),
    ("GDC", "Material", "suppresses", "chromium poisoning", "FailureMechanism", "negated"),
    ("YSZ", "Material", "synthesized_by", "tape casting", "SynthesisMethod", "affirmed"),
    (
        "zirconate formation",
        "FailureMechanism",
        "increases",
        "area-specific resistance",
        "Property",
        "affirmed",
    ),
]

QUESTIONS = [
    ("What is the ionic conductivity of YSZ at 800 °C?", [("YSZ", 0.03)]),
    ("Which zirconia electrolytes have a conductivity above 50 mS/cm at 800 °C?", ["ScSZ"]),
    ("Which air electrodes are stable with gadolinia-doped ceria?", ["LSCF"]),
    ("How is yttria-stabilised zirconia made?", ["tape casting"]),
    ("What is the working temperature of GDC?", [("GDC", 600)]),
    ("ASR of LSCF at 700 °C in ohm cm2", [("LSCF", 0.15)]),
    ("What suppresses zirconate formation?", ["GDC"]),
    ("Does GDC suppress Cr poisoning?", False),
    ("Who reported the conductivity of ScSZ at 800 °C?", ["B. Baker 2011"]),
    ("How does LSCF raise the area-specific resistance?", "zirconate formation"),
]

#: Run in a process of its own, since the ontology is read once.
PROGRAM = """\
import json, sys
from kg.claims_file import row_to_claim
from kg.store import load_claims, memory_store
from queries.answer import ask
rows, questions = json.load(sys.stdin)
store = memory_store()
load_claims(store, [row_to_claim(row, document="notes") for row in rows])
json.dump([ask(question, store).to_json() for question in questions], sys.stdout)
"""


def _rows() -> list[dict]:
    rows: list[dict] = []
    for material, key, value, unit, conditions, author, year in MEASURED:
        row = {"type": "measurement", "material": [material], "property": key, "value": value, "unit": unit}
        primary = [{"authors": [author], "year": year, "volume": "1", "page": "1"}]
        rows.append({**row, "conditions": conditions, "primary": primary})
    for subject, kind, relation, other, other_kind, polarity in STATED:
        row = {"type": "relation", "subject": [subject], "subject_type": kind, "relation": relation}
        rows.append({**row, "object": [other], "object_type": other_kind, "polarity": polarity})
    for number, row in enumerate(rows):
        row |= {"quote": f"sentence {number:03}", "start": 100 * number, "end": 100 * number + 12}
    return rows


@pytest.fixture(scope="module")
def answers() -> dict[str, dict]:
    questions = [question for question, _ in QUESTIONS]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps([_rows(), questions]),
        env={**os.environ, VARIABLE: str(MODULE)},
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(zip(questions, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize(("question", "expected"), QUESTIONS)
def test_a_foreign_field_is_answered(answers: dict[str, dict], question: str, expected: object) -> None:
    answer = answers[question]
    assert answer["status"] == "answered", answer["reason"]
    assert answer["evidence"]
    if isinstance(expected, bool):
        assert answer["boolean"] is expected
    elif isinstance(expected, str):
        assert expected in [node["label"] for node in answer["answers"][0]["path"]]
    else:
        found = [(row["label"], row["value"]) for row in answer["answers"]]
        assert found == [each if isinstance(each, tuple) else (each, None) for each in expected]


def test_without_the_module_its_words_are_unknown() -> None:
    from kg.store import memory_store  # noqa: PLC0415
    from queries.answer import ask  # noqa: PLC0415

    assert ask("What is the ASR of LSCF?", memory_store()).status == "not_understood"
