"""The engine against integer arithmetic done one draw at a time."""
