"""Claims to test with, in words of our own."""

from collections.abc import Callable
from typing import Any

import pytest

from kg.model import Claim, Entity, Evidence, Quantity, Reference

KANNO = Reference(
    number=5,
    authors=("R. Kanno", "M. Murayama"),
    journal="J. Electrochem. Soc.",
    year=2001,
    volume="148",
    page="A742",
    doi="10.1149/1.1379028",
    as_written="R. Kanno, M. Murayama, J. Electrochem. Soc. 2001, 148, A742.",
)
HAYASHI = Reference(
    number=9, authors=("A. Hayashi",), journal="J. Non-Cryst. Solids", year=2008, volume="354", page="411"
)


@pytest.fixture
def works() -> tuple[Reference, Reference]:
    return KANNO, HAYASHI


def relation(
    subject: str | tuple[str, ...] = "lithium iodide layer",
    verb: str = "suppresses",
    target: str | tuple[str, ...] = "lithium dendrite growth",
    *,
    document: str = "notes",
    start: int = 10,
    quote: str = "a layer of lithium iodide keeps dendrites away",
    kinds: tuple[str, str] = ("Interphase", "FailureMechanism"),
    primary: tuple[Reference, ...] = (),
    refs: tuple[int, ...] = (),
    **fields: Any,
) -> Claim:
    return Claim(
        subject=_entity(subject, kinds[0]),
        relation=verb,
        object=_entity(target, kinds[1]),
        evidence=_evidence(document, start, quote, primary, refs),
        **fields,
    )


def measurement(
    material: str | tuple[str, ...] = "Li6PS5Br",
    value: float = 1e-3,
    *,
    prop: str = "ionic_conductivity",
    unit: str = "S/cm",
    value_max: float | None = None,
    comparator: str = "=",
    as_written: str = "",
    document: str = "notes",
    start: int = 200,
    quote: str = "the bromide conducts well",
    primary: tuple[Reference, ...] = (),
    refs: tuple[int, ...] = (),
    **fields: Any,
) -> Claim:
    return Claim(
        subject=_entity(material, "Material"),
        relation=prop,
        quantity=Quantity(value, unit, value_max, comparator, as_written),  # type: ignore[arg-type]
        evidence=_evidence(document, start, f"{quote} ({value})", primary, refs),
        **fields,
    )


@pytest.fixture
def make_relation() -> Callable[..., Claim]:
    return relation


@pytest.fixture
def make_measurement() -> Callable[..., Claim]:
    return measurement


@pytest.fixture
def varied_claims() -> list[Claim]:
    """Claims of one document that use every field there is."""
    return [
        relation(),
        relation(
            ("garnet pellet", "LLZO pellet", "dense garnet"),
            "promotes",
            "short circuit",
            start=-1,
            confidence=0.25,
            polarity="negated",
            certainty="hypothesised",
            context=("Li6PS5Cl", "lithium metal"),
            primary=(HAYASHI, KANNO),
            refs=(9, 5),
            kinds=("", "FailureMechanism"),
        ),
        measurement(
            value_max=2e-3,
            comparator="~",
            as_written="1-2 mS cm-1",
            refs=(9,),
            primary=(HAYASHI,),
            conditions={
                "temperature_C": 25,
                "method": "ball milling",
                "c_rate": "0.1 C",
                "cycles": 3.0,
                "odd key: x": "y: z",
            },
        ),
        measurement("Li3PS4", 300.0, prop="synthesis_temperature", unit="degC", quote='a "quote"\nline é 🔋'),
        measurement("Li3PS4", 5.0, prop="a property of the future", unit="furlong", start=0),
    ]


def _entity(names: str | tuple[str, ...], kind: str) -> Entity:
    return Entity((names,) if isinstance(names, str) else names, kind)


def _evidence(
    document: str, start: int, quote: str, primary: tuple[Reference, ...], refs: tuple[int, ...]
) -> Evidence:
    end = start + len(quote) if start >= 0 else -1
    return Evidence(
        document=document,
        start=start,
        end=end,
        quote=quote,
        section="2.1",
        refs=refs,
        primary=primary,
        extractor="test",
    )
