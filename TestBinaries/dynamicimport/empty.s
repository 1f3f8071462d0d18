// An assembly file in the package lets the compiler accept declarations without a body.
