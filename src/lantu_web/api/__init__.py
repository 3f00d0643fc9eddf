"""One versioned REST interface over the same commands and queries as the screens."""

from ninja import NinjaAPI

api = NinjaAPI(title="Lantu", version="1.0.0", urls_namespace="api")
