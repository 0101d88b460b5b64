"""The doorstep: who is it, what has he done, is it a breach, and what may I do?"""
