"""Django's SQLite back end on SQLCipher: the whole file encrypted, every page authenticated."""
