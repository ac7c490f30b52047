import os

# Ray reads this while it is imported: it then answers only those who have the token that app.cluster makes.
os.environ.setdefault("RAY_AUTH_MODE", "token")
