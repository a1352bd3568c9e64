"""Places by code: countries and their first level by ISO 3166, Cambodia down to the village."""
