"""Country facts and word lists as data files, each with its provenance. Read through onestop.adapters.packs."""
