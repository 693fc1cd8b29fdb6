"""What every function needs around its step: settings, logging, metrics, the record guard."""

import gc

# Models, tables and word lists are large and stay: going through them for garbage while they are being made takes a tenth of an import.
# The record guard looks for garbage more often once work begins.
gc.set_threshold(50_000, 20, 50)
