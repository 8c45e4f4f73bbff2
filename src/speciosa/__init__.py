"""Speciosa: an open, executable pharmacology of kratom."""
