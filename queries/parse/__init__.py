"""From a question in English to a form: mentions first, then their roles; every word is accounted for."""
