"""What is taken when: one dose or many, steps, breaks, and the history of a regular user."""
