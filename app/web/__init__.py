"""The HTTP server: SPARQL endpoint, JSON API and pages over one store."""
