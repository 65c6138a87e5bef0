"""Calibration: weigh drawn lives until what is published of the rounds comes out, and say how sure that is."""
