"""What is in what is taken: kinds of product, their alkaloids, certificates, other medicines."""
