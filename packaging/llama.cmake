# Included at llama-cpp-python's project() call: leaves out llama.cpp's command-line helpers, which Repartee
# never uses and which are more than half of the compile time (83 steps instead of 193).
# A plain variable hides the cache entry that llama-cpp-python forces to ON (CMake policy CMP0126).
set(LLAMA_BUILD_COMMON OFF)
