"""Committees as bodies (คณะกรรมการ): order, term, seats (ตำแหน่ง), who holds them, succession, closing rate."""
