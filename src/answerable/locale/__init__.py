"""The catalogues; codes and facts become sentences only here."""
