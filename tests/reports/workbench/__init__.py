"""The workbench without a browser: levers, views and messages."""
