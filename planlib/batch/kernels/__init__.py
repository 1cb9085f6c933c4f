"""Kernels forked from a warm process, for any program built on jupyter_client."""
