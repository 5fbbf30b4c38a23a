"""How right the sort is on one's own list: a drawn sample labelled blind, and the estimate."""
