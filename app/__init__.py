"""The composition root: the command line. No domain logic lives here."""
