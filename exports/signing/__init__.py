"""Keys, certificates and signatures of offices."""
