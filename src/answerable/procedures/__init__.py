"""The shipped procedures, and in ``calendars`` their calendars: files only, read by ``forms``."""
