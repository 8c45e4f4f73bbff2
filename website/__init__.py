"""The documentation as a site that needs no network: `python3 -m website` builds and checks it."""
