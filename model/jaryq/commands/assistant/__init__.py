"""The command ``mcp``: the functions of Jaryq for an assistant that speaks the Model Context Protocol, over the streams
of the process (docs/assistants.md)."""
