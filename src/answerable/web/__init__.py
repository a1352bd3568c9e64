"""Pages for people: one folder for each room. They are given what they show, and load nothing."""
