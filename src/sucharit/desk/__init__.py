"""The desk (งานของฉัน): everything a person owes and by when, collected from every app over the registry."""
