"""`python -m engines.bench`: what the engines and their workers cost, beside the raw libraries in the same run."""
