"""Which picture goes out how: specs, plans and checks as plain decisions; pixels are an adapter's work."""
