"""Records to trials: each format of the registry into the same frozen `Trial`."""
