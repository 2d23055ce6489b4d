"""Building, quantising, adapting and loading the networks of a model bundle."""
