"""Safety: what is dangerous about a person, a product, a regimen and their company.

Rules are code, one area a file; what they say are facts with sources and dates (`facts/*.yaml`).
"""
