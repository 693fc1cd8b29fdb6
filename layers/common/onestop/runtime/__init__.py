"""What every function needs around its step: settings, logging, metrics, the record guard."""
