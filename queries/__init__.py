"""From the graph to answers: questions in English, chains, gaps. Reads the graph, never a document."""
