"""What leaves the account: an allow-list per partner and purpose, and a ledger in which nothing can be changed unseen."""
