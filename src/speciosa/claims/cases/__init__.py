"""One file for each system or topic of use: its claims, and what decides them."""
