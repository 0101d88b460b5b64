"""What do the figures say, and what would the proposed law change?

Published figures with disclosure control, the comparison with the proposed reforms, who
looked and what explains it. Nothing is built here yet."""
