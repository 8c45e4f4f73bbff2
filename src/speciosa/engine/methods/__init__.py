"""Integration methods, one per file: coefficients, and nothing that knows about people or doses."""
