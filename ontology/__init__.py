"""The vocabulary: OWL modules, the lexicon read from them, and the reading of formulas, numbers and units."""
