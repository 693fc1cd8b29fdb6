"""Marketplaces on this machine: they check calls as the real ones do, and answer in their words.

They share no code with the clients that they are there to prove; what they hold to is written anew from the documentation.
"""
