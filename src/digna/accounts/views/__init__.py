"""The screens of accounts, by what they are about."""
