"""The commands, one module for each group; what a command needs is imported when it runs."""
