"""The project: settings, addresses, background work and project-wide commands.

Imports nothing, so that `kiemsat_thidua.bootstrap` runs before anything is installed.
"""
