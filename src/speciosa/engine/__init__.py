"""Integrates a flat problem: plain numerics that know no pharmacology."""
