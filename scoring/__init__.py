"""The law: rules as data, and the points they give an applicant."""
