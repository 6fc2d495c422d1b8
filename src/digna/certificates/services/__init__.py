"""What people do with certificates and with the key that signs them: one module a noun."""
