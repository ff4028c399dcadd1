"""What helps Repartee to hear: a language model of requests, how it is made, what it gains."""
