"""Cases that look alike, and some that do not."""

LAMP = {
    "title": "Mörkt vid hållplatsen vid skolan",
    "need": "Gatlampan vid hållplatsen är trasig och barnen syns inte av bussen. Det är farligt.",
}
LAMP_TWIN = {
    "title": "Gatlampan vid hållplatsen lyser inte",
    "need": "Det är mörkt vid hållplatsen och bussen ser inte barnen som väntar. Laga lampan.",
}
LAMP_DANISH = {
    "title": "Gadelampen ved stoppestedet lyser ikke",
    "need": "Der er mørkt ved busstoppestedet ved skolen, og bussen kan ikke se børnene.",
    "language": "da",
}
BENCH = {"title": "Bänkar i parken", "need": "Gamla vill kunna vila på vägen genom parken."}
FOOD = {
    "title": "Mat som slängs på förskolorna",
    "need": "Köken lagar för många portioner när barn är sjuka, och resten slängs.",
}
