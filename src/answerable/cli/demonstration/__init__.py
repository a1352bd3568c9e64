"""The story that `answerable demo` tells, by running the program as a reader would run it."""
