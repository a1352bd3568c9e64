"""The form as one file that works without a network: the questions of the pages once more.

Its questions and sentences are those of the pages, put in when it is made; what is typed leaves it
as a locked copy (docs/specs/form-copy.md), which the pages put back.
"""
