"""A scenario as a form: fields from its schema, tables from a query and back."""

from __future__ import annotations
