"""The declared record: its types, and how files become them."""
