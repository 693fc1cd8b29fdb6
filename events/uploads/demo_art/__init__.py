"""The sample shop's product pictures, drawn as SVG: no photograph and nobody else's art."""
