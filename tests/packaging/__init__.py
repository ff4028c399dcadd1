"""Tests of the set-up: scripts, pins, stages. Fast, without network, with fakes for pip, apt-get and sudo."""
