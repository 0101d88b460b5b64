"""The pages: views parse and call, presenters word, templates decide nothing."""
