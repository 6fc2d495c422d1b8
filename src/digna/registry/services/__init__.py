"""Every change to the register, by noun: one function per intention, each journalled."""
