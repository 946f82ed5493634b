"""How well names are told together and apart, against labelled pairs; see README.md here."""
