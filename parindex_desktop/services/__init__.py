"""The use cases: one module for each thing that an office does; values in, values out."""
