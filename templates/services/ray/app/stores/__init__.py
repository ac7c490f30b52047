from typing import Literal

# "off" means that the store is not configured.
StoreStatus = Literal["up", "down", "off"]
