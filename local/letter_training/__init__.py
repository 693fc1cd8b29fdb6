"""How the weights of ``onestop.adapters.picture_text.letter_net`` are made: from lines drawn in fonts, with nobody's pictures."""
