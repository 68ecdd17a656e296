"""The API: one OpenAPI document over the same services and queries as the pages."""
