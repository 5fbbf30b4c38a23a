"""The formats of a pack, each written from the same document; imported when one is asked for."""
