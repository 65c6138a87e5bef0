"""Pages and the workbench in a real browser, with no network to reach."""
