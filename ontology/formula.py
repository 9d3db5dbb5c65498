"""Chemical formulas: parse one, or find those of a text.

>>> [match.text for match in find_formulas("the Li6PS5Cl pellet in a cell")]
['Li6PS5Cl']
"""

from ontology.formula_parse import Formula, parse_formula
from ontology.formula_search import FormulaMatch, find_formulas

__all__ = ["Formula", "FormulaMatch", "find_formulas", "parse_formula"]
