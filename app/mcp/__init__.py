"""The graph as tools of the Model Context Protocol, for agents; needs the extra ``mcp``."""
