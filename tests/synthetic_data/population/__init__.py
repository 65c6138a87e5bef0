"""Lives, the facts of any round that follow from them, and the pools that they make."""
