"""Microphones, loudspeakers, files and echo: everything that carries sound."""
