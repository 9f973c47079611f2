"""The law of emulation and commendation as dated, cited data, and the engine that reads it."""
