"""Machine code: equations to LLVM's language, and from there to functions that can be called."""
