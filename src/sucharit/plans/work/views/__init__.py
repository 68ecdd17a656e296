"""Pages of plans, projects, activities and the files shaped like eMENSCR."""
