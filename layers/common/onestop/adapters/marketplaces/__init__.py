"""Marketplaces' gateways over HTTP."""
