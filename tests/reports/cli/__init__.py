"""The command: what it prints, what it writes, and how it leaves."""
