"""A page that is one file and works from a disk: its linker, and the modules that all such share.

The verifier and the form without a network are made with it.
"""
