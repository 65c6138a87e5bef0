"""What people read: the command, the briefings, their charts, tables and words."""
