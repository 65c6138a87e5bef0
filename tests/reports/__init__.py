"""What people read: the command, the briefing and its charts."""
