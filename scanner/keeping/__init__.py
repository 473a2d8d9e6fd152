"""Keeping the record: starting it, drafting it from a scan, assigning places, amending it.

Everything here adds to a record and rewrites nothing that a person wrote. What is added is loaded
together with the rest before a file is touched, so that a record never ends up unreadable.
"""
