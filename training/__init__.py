"""How the models that a bundle holds are made: data, losses, training and evaluation."""
