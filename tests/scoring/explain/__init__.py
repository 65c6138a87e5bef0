"""Behaviour of one applicant's explanation, in Chinese and in English."""
