"""The lexicon that extraction and questions read: terms by name, kinds, hierarchy, measured properties."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.lexicon import TERMS, Lexicon, load_lexicon, read_lexicon

#: The properties and units of the claims file.
UNITS = {
    "ionic_conductivity": "S/cm",
    "electronic_conductivity": "S/cm",
    "activation_energy": "eV",
    "electrochemical_window": "V",
    "specific_capacity": "mAh/g",
    "theoretical_capacity": "mAh/g",
    "areal_capacity": "mAh/cm2",
    "critical_current_density": "mA/cm2",
    "coulombic_efficiency": "%",
    "capacity_retention": "%",
    "energy_density": "Wh/kg",
    "power_density": "W/kg",
    "transference_number": "1",
    "voltage": "V",
    "thickness": "um",
    "particle_size": "nm",
    "volume_change": "%",
    "synthesis_temperature": "degC",
    "synthesis_time": "h",
    "synthesis_pressure": "MPa",
    "active_material_loading": "mg/cm2",
    "cycling_time": "h",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_every_measured_property_has_its_canonical_unit(lexicon: Lexicon) -> None:
    assert {key: found.unit for key, found in lexicon.properties.items()} == UNITS


@pytest.mark.parametrize(
    ("written", "kind", "label"),
    [
        ("Li+ conductivity", "Property", "ionic conductivity"),
        ("lithium-ion conductivity", "Property", "ionic conductivity"),
        ("σ", "Property", "ionic conductivity"),
        ("Ea", "Property", "activation energy"),
        ("stability window", "Property", "electrochemical window"),
        ("CCD", "Property", "critical current density"),
        ("t+", "Property", "transference number"),
        ("interface impedance", "Property", "interfacial resistance"),
        ("LLZO", "Material", "Li7La3Zr2O12"),
        ("lithium thiophosphate", "Material", "Li3PS4"),
        ("sulphide solid electrolytes", "Material", "sulfide electrolyte"),
        ("acetonitrile", "Material", "acetonitrile"),
        ("VGCF", "Material", "vapour-grown carbon fibre"),
        ("mechanical milling", "SynthesisMethod", "ball milling"),
        ("SPS", "SynthesisMethod", "spark plasma sintering"),
        ("Cl-", "Dopant", "chlorine"),
        ("antimony", "Dopant", "antimony"),
        ("bcc anion sublattice", "Structure", "bcc anion framework"),
        ("SEI", "Interphase", "solid electrolyte interphase"),
        ("mixed ionic-electronic conducting interphase", "Interphase", "mixed conducting interphase"),
        ("triple-phase boundary", "Interface", "triple-phase boundary"),
        ("dendritic lithium", "FailureMechanism", "lithium dendrite growth"),
        ("H2S generation", "FailureMechanism", "hydrogen sulfide evolution"),
        ("conductive additive", "Role", "conductive additive"),
        ("humid air", "Environment", "moist air"),
        ("aliovalent doping", "Strategy", "aliovalent substitution"),
    ],
)
def test_a_name_as_people_write_it_finds_its_term(
    lexicon: Lexicon, written: str, kind: str, label: str
) -> None:
    assert label in {term.label for term in lexicon.lookup(written) if term.kind == kind}


@pytest.mark.parametrize("word", ["in", "as", "i", "ce", "ea", "se", "no such thing", ""])
def test_words_are_no_symbols(lexicon: Lexicon, word: str) -> None:
    assert lexicon.lookup(word) == ()


@pytest.mark.parametrize(
    ("symbol", "label"), [("In", "indium"), ("As", "arsenic"), ("I", "iodine"), ("SEs", "solid electrolyte")]
)
def test_symbols_are_found_as_they_are_capitalised(lexicon: Lexicon, symbol: str, label: str) -> None:
    assert label in {term.label for term in lexicon.lookup(symbol)}


def test_the_likeliest_sense_of_a_shared_name_comes_first(lexicon: Lexicon) -> None:
    assert [term.kind for term in lexicon.lookup("solid electrolyte")] == ["Material", "Role"]
    assert lexicon.lookup("volume change")[0].kind == "FailureMechanism"
    assert lexicon.lookup("interlayer")[0].kind == "Interphase"


@pytest.mark.parametrize(
    ("member", "family"),
    [
        ("LiPSCl", "ArgyroditeElectrolyte"),
        ("LiPSCl", "SulfideElectrolyte"),
        ("Li10GeP2S12", "LGPSTypeElectrolyte"),
        ("Li7La3Zr2O12", "OxideElectrolyte"),
        ("NMC811", "LayeredOxideCathode"),
        ("LiNbO3", "OxideCoating"),
        ("LithiumDendriteGrowth", "DendriteGrowth"),
        ("MixedConductingInterphase", "Interphase"),
        ("THF", "Solvent"),
        ("HighEnergyBallMilling", "MechanochemicalSynthesis"),
    ],
)
def test_families_hold_their_members(lexicon: Lexicon, member: str, family: str) -> None:
    assert lexicon.is_a(TERMS + member, TERMS + family)
    assert not lexicon.is_a(TERMS + family, TERMS + member)


def test_each_kind_is_broad_enough_to_read_papers_with(lexicon: Lexicon) -> None:
    kinds = ("Material", "Property", "SynthesisMethod", "Structure", "FailureMechanism", "Strategy", "Dopant")
    assert all(len(lexicon.of_kind(kind)) >= 50 for kind in kinds)
    assert all(
        len(lexicon.of_kind(kind)) >= 20 for kind in ("Interface", "Interphase", "Role", "Environment")
    )


def test_a_file_that_is_no_turtle_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("lg:Thing a owl:Class", encoding="utf-8")
    with pytest.raises(SyntaxError):
        read_lexicon([broken])
