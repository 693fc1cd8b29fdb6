"""What every function needs around its step: settings, logging, metrics, the record guard."""

import gc

# Models, tables and word lists are large and stay. Going through all of them for garbage every few hundred objects takes a tenth of
# an import, and of every batch.
gc.set_threshold(50_000, 20, 50)
