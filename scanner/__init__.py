"""ropascan: does what we declared match what we hold?"""
