"""Spellings of one name meet; short names and words are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.names import acronym, describing_words, form_words, needs_context, normalise, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Li dendrites", "lithium dendrite"),
        ("all-solid-state batteries", "all solid state battery"),
        ("sulphide-based electrolyte", "sulfide electrolyte"),
        ("β-Li₃PS₄", "beta-Li3PS4"),
        ("75Li2S·25P2S5", "75Li2S–25P2S5"),
        ("PS_4^{3-} tetrahedra", "PS4 3- tetrahedron".replace(" 3", "3")),
        ("sulfide glasses", "sulfide glass"),
        ("crystallisation losses", "crystallization loss"),
        ("vapour-grown carbon fibres", "vapor grown carbon fiber"),
        ("ageing behaviour", "aging behavior"),
        ("cathode/electrolyte interfaces", "cathode-electrolyte interface"),
        ("the growth of Li dendrites", "growth of lithium dendrites"),
        ("$\\sigma_{ion}$".replace("\\sigma", "σ"), "σ_ion"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LGPS", "LGPS-type"),
        ("Li3PS4", "Li3PO4"),
        ("glass", "glass-ceramic"),
        ("Li+", "Li"),
        ("oxidation", "reduction"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key_for_any_text_of_letters_and_spaces(text: str) -> None:
    plain = "".join(char for char in text if char.isascii() and (char.isalpha() or char == " "))
    assert normalise(normalise(plain).upper()) == normalise(normalise(plain))


@pytest.mark.parametrize("name", ["the", "  ", "-", "()"])
def test_a_name_without_content_has_an_empty_key(name: str) -> None:
    assert normalise(name) == ""


@pytest.mark.parametrize(("written", "key"), [("SEs", "SE"), ("Cs", "Cs"), ("R_{ct}", "Rct"), ("E‑a", "E-a")])
def test_acronyms_keep_their_capitals_and_lose_the_plural(written: str, key: str) -> None:
    assert acronym(written) == key


@pytest.mark.parametrize("name", ["In", "As", "I", "O", "C", "Co"])
def test_symbols_that_are_words_or_variables_need_a_context(name: str) -> None:
    assert needs_context(name)


@pytest.mark.parametrize("name", ["Ge", "Cl", "SE", "LGPS", "LiF"])
def test_other_short_names_stand_alone(name: str) -> None:
    assert not needs_context(name)


@given(st.text(max_size=40))
def test_a_slug_is_safe_in_an_iri(text: str) -> None:
    assert slug(text)
    assert set(slug(text)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+()-")


def test_describing_words_and_forms_are_told_apart() -> None:
    assert "pellet" in describing_words("Material")
    assert "glass" in form_words()
    assert not describing_words("Material") & {"glass", "amorphous", "doped"}
    assert describing_words("no such kind") == frozenset()
