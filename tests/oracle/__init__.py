"""Score one applicant from the text of the regulation, slowly and literally, as a check on the package."""
