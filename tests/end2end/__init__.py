"""Tests: end2end."""
