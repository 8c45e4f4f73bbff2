"""The body, one system per file: equations, what they assume, and what they leave out."""
