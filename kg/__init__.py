"""The graph: claims with their evidence, kept in a store and assembled into what is known."""
