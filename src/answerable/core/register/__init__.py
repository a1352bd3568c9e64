"""The register: what a mechanism publishes about its cases, and how anyone checks it."""
