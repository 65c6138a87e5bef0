"""Calibration: weigh drawn lives until what is published comes out, and say how sure that is."""
