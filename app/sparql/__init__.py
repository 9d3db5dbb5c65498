"""SPARQL for the public: queries are checked, then run in workers that can be killed."""
