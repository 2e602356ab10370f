"""The words in the site's paths that tell securities from lists and tools, and coins from money."""

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


TOOLS: Final = word_set(
    """
    aktuell alle analyse analysen anbieter anlegen anleihen auswahl branchen broker chart charts
    depot derivate devisen devisenkurs devisenkurse emittent emittenten entwicklung etcs etfs
    events finder flops forum fonds gewinner glossar handeln historisch historische indizes
    indexfonds jahreskurse kalender kaufen kryptos kryptowaehrungen kurs kurse kursliste
    lexikon liste listen marktbericht marktberichte marktueberblick musterdepot nachrichten
    neuemissionen news podcast prognose prognosen ranking rankings ratgeber realtime realtimekurse
    rechner rohstoffe screener search sparplan sparplaene spezial suche termin termine
    terminkontrakte themen tool tools tops ueberblick uebersicht umrechner
    umrechnungskurs vergleich verlierer video videos waehrungen waehrungsrechner wechselkurs
    wechselkurse weltweit werte wissen zertifikate
    """
)
PARTS_OF_PAGES: Final = TOOLS | word_set(
    "ausschuettungen dividende dokumente fondsprofil holdings info kennzahlen portfolio profil"
    " rendite risiko stammdaten steuern top-holdings volumen zusammensetzung"
)
"""Last words of paths below that of an ETF or a fund which are no exchange: its chart, its news"""

INDICES: Final = word_set(
    """
    aex atx bel bovespa dax hangseng hdax ibex ipc kospi mdax merval mib nasdaq nifty nikkei
    nikkeiindex nyse obx omx psi rdx rts ruecklauf russell sdax sensex shanghai sli smi spi stoxx
    straits tecdax topix tsx vdax wig xetra
    """
)
COMMODITIES: Final = word_set(
    """
    aluminium baumwolle benzin blei brent diesel eisenerz erdgas gold hafer heizoel holz kaffee
    kakao kohle kupfer lebendrind lithium mais mastrind milch naturgas nickel oel orangensaft
    palladium platin raps reis rhodium rohoel silber sojabohnen sojabohnenmehl sojabohnenoel strom
    super uran weizen wti zink zinn zucker
    """
)
CURRENCIES: Final = word_set(
    """
    aud brl cad chf clp cny czk dkk eur gbp hkd huf idr ils inr isk jpy krw kwd mxn myr nok nzd php
    pln ron rub sar sek sgd thb try twd uah usd vnd zar
    baht dollar euro forint franken krone kronen lira peso pfund rand real rubel rupie schekel won
    yen yuan zloty
    australischer_dollar brasilianischer_real britische_pfund britisches_pfund chinesischer_yuan
    daenische_krone hongkong_dollar japanischer_yen kanadischer_dollar mexikanischer_peso
    neuseeland_dollar norwegische_krone polnischer_zloty schwedische_krone schweizer_franken
    singapur_dollar suedafrikanischer_rand tschechische_krone tuerkische_lira ungarischer_forint
    united_states_dollar us_dollar
    """
)
COINS: Final = word_set(
    """
    aave algorand ankr apecoin aptos arbitrum arweave avalanche axie_infinity basic_attention_token
    binance_coin binancecoin bitcoin bitcoin_cash bitcoin_gold bitcoin_sv bitcoincash bittorrent bnb
    bonk cardano celo chainlink chiliz compound conflux cosmos cronos curve_dao_token dai dash
    decentraland dogecoin eos ether ethena ethereum ethereum_classic fantom fetch_ai filecoin flare
    flow gala hedera holo hyperliquid immutable injective internet_computer iota jupiter kaspa
    kava klaytn kusama lido_dao litecoin loopring maker mantle mina monero multiversx near_protocol
    nem neo nexo okb ondo optimism pax_gold pepe polkadot polygon quant ravencoin render ripple
    shiba_inu solana stacks stellar sui sushi sushiswap synthetix tether tezos the_graph the_sandbox
    theta_network thorchain toncoin tron trueusd uniswap usd_coin vechain waves worldcoin
    wrapped_bitcoin xdc_network xrp yearn_finance zcash zilliqa
    """
)
