"""``onestop termbase``: words from other people's glossaries as candidates, and ours in the formats of translation tools."""
