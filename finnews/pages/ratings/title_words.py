"""Words before a rating that are not of a share's name, as `shares.words` spells them."""

from typing import Final

FUNCTION_WORDS: Final = frozenset(
    {"nicht", "kein", "keine", "keinen", "keiner", "keines", "keinem", "nie", "niemals", "kaum"}
    | {"ohne", "statt", "anstatt", "zuvor", "bisher", "vorher", "zuletzt", "frueher", "noch"}
    | {"weder", "oder", "sondern", "aber", "jetzt", "nun", "wieder", "weiter", "weiterhin"}
    | {"sollte", "sollten", "soll", "sollen", "wird", "wurde", "ist", "sind", "war", "waere"}
    | {"raet", "raten", "empfiehlt", "zum", "zu", "auf", "warum", "wer", "wann", "jemand"}
    | {"not", "no", "non", "never", "dont", "without", "instead", "formerly", "previously"}
    | {"previous", "from", "or", "nor", "but", "was", "is", "should", "still", "rather", "than"}
)
"""Words that no company is called: they negate a rating, or tell of another, or make a sentence"""

MODIFIERS: Final = frozenset(
    {"absolute", "absolut", "action", "aggressive", "bedingt", "best", "cautious", "clear"}
    | {"conditional", "conviction", "deutlich", "double", "eher", "fast", "focus", "full"}
    | {"fundamental", "gradual", "hard", "high", "industry", "klar", "klarer", "klares"}
    | {"kurzfristig", "langfristig", "leicht", "long", "low", "market", "maybe", "medium"}
    | {"mid", "mittelfristig", "moderat", "moderate", "near", "nur", "old", "opportunistic"}
    | {"partial", "peer", "potential", "provisional", "quant", "relative", "relativ", "risk"}
    | {"schwach", "sector", "selective", "selektiv", "short", "sofort", "soft", "speculative"}
    | {"spekulativ", "spekulativer", "stark", "starker", "starkes", "strategic", "strategisch"}
    | {"strong", "super", "tactical", "taktisch", "technical", "teilweise", "term", "top"}
    | {"trading", "ultra", "very", "vorsichtig", "weak", "year"}
)
"""Words that can change the rating behind them, as in "Muster Ultra Sell". They are a name's only
where the name is known from elsewhere."""
