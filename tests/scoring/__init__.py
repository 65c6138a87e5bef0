"""What the law gives: rules, cohorts, points, ranks and explanations."""
