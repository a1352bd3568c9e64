"""The only place that names concrete adapters; builds one Application."""
