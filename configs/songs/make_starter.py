#!/usr/bin/env python3
"""Makes starter.csv: fictional songs, so that a demo and the tests need nobody's catalogue.

Every title, artist and album is invented and meant to be recognised as such. The songs lie on a jittered grid over
the whole valence/energy plane; tempo, loudness and the other features follow from the place with some noise. The seed
is fixed: the same script makes the same file.

    python3 configs/songs/make_starter.py > configs/songs/starter.csv
"""

import csv
import datetime
import random
import sys

SEED = 20261121
GRID = 18  # 18 x 18 cells, one song each

COLUMNS = [
    "name", "album", "artist", "id", "release_date", "popularity", "length", "danceability", "acousticness", "energy",
    "instrumentalness", "liveness", "valence", "loudness", "speechiness", "tempo", "key", "time_signature", "mood",
    "language", "uri",
]

# Where the four labels sit on the plane (valence, energy); a song takes the nearest one.
LABELS = {"Happy": (0.75, 0.65), "Energetic": (0.45, 0.90), "Sad": (0.25, 0.40), "Calm": (0.55, 0.15)}

# Artists by language of their lyrics; "" is instrumental.
ARTISTS = {
    "en": ["The Placeholder Parade", "Lorem and the Ipsums", "Sample Text Society", "Foo Bar Brigade", "The Null Islanders",
           "Example & Sons", "Untitled Document 7", "The Test Patterns", "Jane Q. Nobody", "Dummy Variable"],
    "de": ["Die Musterleute", "Erika Beispiel", "Kapelle Platzhalter", "Die Attrappen"],
    "fr": ["Les Exemples Fictifs", "Madame Untel", "Orchestre Factice"],
    "es": ["Fulano y los Demás", "Las Muestras", "Don Nadie Inventado"],
    "it": ["Tizio, Caio e Sempronio", "I Segnaposto"],
    "pt": ["Beltrano Fictício", "Os Exemplares"],
    "nl": ["Jan Voorbeeld", "De Verzonnen Vijf"],
    "pl": ["Zespół Przykładowy"],
    "tr": ["Örnek Topluluğu"],
    "ja": ["見本バンド", "架空花子"],
    "": ["Null Island Orchestra", "The Blank Tape Quartet", "Ambient Placeholder"],
}

# Two halves of a title for each label and language; they are combined at random.
TITLES = {
    "en": {
        "Happy": (["Sunny Side of", "Hello from", "Dancing in", "Postcards to", "Lemonade for"], ["Example Street", "the Sandbox", "Nowhere Bay", "Placeholder Park", "Route Zero"]),
        "Energetic": (["Full Throttle to", "Sparks over", "Running through", "Turn Up", "Lightning in"], ["Null Island", "the Test Track", "Sector Nine", "the Dummy Load", "Lorem City"]),
        "Sad": (["Rain on", "Goodbye to", "Nobody in", "The Last Train from", "Letters to"], ["Example Street", "Room 404", "the Empty Set", "Placeholder Station", "Someone Invented"]),
        "Calm": (["Drifting past", "Tea at", "Clouds above", "Whispers from", "Slow Morning in"], ["Sample Lake", "the Blank Page", "Default Valley", "the Quiet Buffer", "Idle Harbour"]),
    },
    "de": {
        "Happy": (["Sonne über", "Tanzen in"], ["Musterstadt", "Beispielhausen"]),
        "Energetic": (["Vollgas nach", "Funken über"], ["Musterstadt", "Neuplatzhalter"]),
        "Sad": (["Regen in", "Abschied von"], ["Beispielhausen", "Musterstadt"]),
        "Calm": (["Stille Tage in", "Wolken über"], ["Beispielhausen", "Leerzeichen am See"]),
    },
    "fr": {
        "Happy": (["Soleil sur", "Bonjour de"], ["Ville-Exemple", "l'Île Fictive"]),
        "Energetic": (["À toute vitesse vers", "Éclairs sur"], ["Ville-Exemple", "Port-Factice"]),
        "Sad": (["Pluie sur", "Adieu à"], ["Ville-Exemple", "personne"]),
        "Calm": (["Nuages sur", "Un thé à"], ["l'Île Fictive", "Port-Factice"]),
    },
    "es": {
        "Happy": (["Sol en", "Bailando en"], ["Villa Ejemplo", "Ciudad Inventada"]),
        "Energetic": (["A toda marcha por", "Chispas en"], ["Villa Ejemplo", "la Pista de Pruebas"]),
        "Sad": (["Lluvia en", "Cartas a"], ["Villa Ejemplo", "nadie"]),
        "Calm": (["Nubes sobre", "Siesta en"], ["Lago Muestra", "Villa Ejemplo"]),
    },
    "it": {
        "Happy": (["Sole su", "Ballando a"], ["Borgo Esempio", "Città Finta"]),
        "Energetic": (["Di corsa verso", "Scintille su"], ["Città Finta", "Borgo Esempio"]),
        "Sad": (["Pioggia su", "Addio a"], ["Borgo Esempio", "nessuno"]),
        "Calm": (["Nuvole su", "Piano piano a"], ["Lago Finto", "Borgo Esempio"]),
    },
    "pt": {
        "Happy": (["Sol em", "Dançando em"], ["Vila Exemplo", "Praia Fictícia"]),
        "Energetic": (["A todo vapor para", "Faíscas em"], ["Vila Exemplo", "Cidade Teste"]),
        "Sad": (["Chuva em", "Saudade de"], ["Vila Exemplo", "ninguém"]),
        "Calm": (["Nuvens sobre", "Devagar em"], ["Praia Fictícia", "Vila Exemplo"]),
    },
    "nl": {
        "Happy": (["Zon boven", "Dansen in"], ["Voorbeelddam", "Nergenshuizen"]),
        "Energetic": (["Volle vaart naar", "Vonken boven"], ["Voorbeelddam", "Nergenshuizen"]),
        "Sad": (["Regen in", "Brief aan"], ["Nergenshuizen", "niemand"]),
        "Calm": (["Wolken boven", "Stilte in"], ["Voorbeelddam", "Nergenshuizen"]),
    },
    "pl": {
        "Happy": (["Słońce nad", "Taniec w"], ["Przykładowem", "Zmyślonym Miastem"]),
        "Energetic": (["Iskry nad", "Biegiem przez"], ["Przykładowo", "Zmyślone Miasto"]),
        "Sad": (["Deszcz nad", "List do"], ["Przykładowem", "nikogo"]),
        "Calm": (["Chmury nad", "Cisza nad"], ["Przykładowem", "Zmyślonym Jeziorem"]),
    },
    "tr": {
        "Happy": (["Güneşli", "Neşeli"], ["Örnekköy", "Hayal Sokağı"]),
        "Energetic": (["Son Sürat", "Kıvılcımlı"], ["Örnekköy", "Deneme Yolu"]),
        "Sad": (["Yağmurlu", "Issız"], ["Örnekköy", "Hayal Sokağı"]),
        "Calm": (["Sakin", "Bulutlu"], ["Örnekköy", "Deneme Gölü"]),
    },
    "ja": {
        "Happy": (["晴れの", "踊る"], ["見本町", "架空通り"]),
        "Energetic": (["全速力の", "火花の"], ["見本町", "試験路"]),
        "Sad": (["雨の", "さよなら"], ["見本町", "架空駅"]),
        "Calm": (["静かな", "雲の"], ["見本湖", "架空通り"]),
    },
    "": {
        "Happy": (["Sketch in", "Study for"], ["Yellow", "a Bright Sample"]),
        "Energetic": (["Toccata for", "Loop for"], ["Test Signal", "Square Waves"]),
        "Sad": (["Nocturne for", "Elegy for"], ["an Empty File", "Nobody"]),
        "Calm": (["Air on", "Drone on"], ["a Blank Page", "One Default Note"]),
    },
}

ALBUMS = {
    "en": "Invented Sounds", "de": "Erfundene Klänge", "fr": "Sons inventés", "es": "Sonidos inventados",
    "it": "Suoni inventati", "pt": "Sons inventados", "nl": "Verzonnen klanken", "pl": "Zmyślone dźwięki",
    "tr": "Uydurma Sesler", "ja": "架空の音", "": "Untitled Tones",
}

# English most often, as in most catalogues; the others share the rest.
LANGUAGES = ["en"] * 9 + ["de"] * 3 + ["fr", "es"] * 2 + ["it", "pt", "nl", "pl", "tr", "ja"] + [""] * 2

# More second halves, for when the titles of a label have run out; they go with every first half of their language. A
# title with a number or "(Demo)" behind it would sound like the same song coming again.
MORE_PLACES = {
    "en": ["Draft Village", "Mockup Hill", "Template Town", "the Imaginary Pier", "Stub Junction"],
    "de": ["Probestadt", "Attrappenberg", "Entwurfsdorf", "Kleinvorlage", "Nirgendsheim", "Testhausen"],
    "fr": ["Mont-Brouillon", "Sainte-Maquette"],
    "es": ["San Prueba", "Puerto Ficticio", "Valle Borrador", "Nueva Muestra", "Monte Supuesto", "Playa Imaginaria"],
    "pt": ["Porto Rascunho", "Serra Suposta"],
    "tr": ["Taslak Sahili", "Hayali Vadi"],
    "": ["Grey Noise", "a Missing Chord", "a Spare Channel", "Silence No. 0"],
}


def clamp(value, low=0.0, high=1.0):
    return min(max(value, low), high)


def label_of(valence, energy):
    return min(LABELS, key=lambda name: (LABELS[name][0] - valence) ** 2 + (LABELS[name][1] - energy) ** 2)


def title_of(rng, language, label, used):
    """A title that its language has not had yet: halves at random, the label's own places first."""
    first, second = TITLES[language][label]
    joint = "" if language == "ja" else " "
    places = second + MORE_PLACES.get(language, [])
    for start in range(0, len(places), len(second)):
        for _ in range(8):
            title = f"{rng.choice(first)}{joint}{rng.choice(places[start:start + len(second)])}"
            if title not in used:
                used.add(title)
                return title
    raise RuntimeError(f"no title left for {language} {label}")


def song(rng, number, valence, energy, used):
    language = rng.choice(LANGUAGES)
    label = label_of(valence, energy)
    identifier = f"demo{number:04d}"
    instrumental = language == ""
    released = datetime.date(2000, 1, 1) + datetime.timedelta(days=rng.randrange(26 * 365))
    return {
        "name": title_of(rng, language, label, used),
        "album": f"{ALBUMS[language]} Vol. {rng.randint(1, 9)}",
        "artist": rng.choice(ARTISTS[language]),
        "id": identifier,
        "release_date": released.isoformat(),
        "popularity": rng.randint(0, 100),
        "length": rng.randrange(120_000, 330_000, 100),
        "danceability": round(clamp(0.25 + 0.35 * valence + 0.25 * energy + rng.gauss(0, 0.10)), 3),
        "acousticness": round(clamp(0.95 - energy + rng.gauss(0, 0.10)), 3),
        "energy": round(energy, 3),
        "instrumentalness": round(clamp(rng.uniform(0.7, 0.98) if instrumental else abs(rng.gauss(0, 0.05))), 3),
        "liveness": round(clamp(0.08 + abs(rng.gauss(0, 0.12))), 3),
        "valence": round(valence, 3),
        "loudness": round(clamp(-26 + 22 * energy + rng.gauss(0, 1.5), -40, -1), 2),
        "speechiness": round(clamp(0.03 + abs(rng.gauss(0, 0.05))), 3),
        "tempo": round(clamp(70 + 75 * energy + rng.gauss(0, 14), 52, 190), 1),
        "key": rng.randrange(12),
        "time_signature": rng.choice([4, 4, 4, 4, 4, 4, 3]),
        "mood": label,
        "language": language,
        "uri": f"cabinmood-demo:track:{identifier}",
    }


def main():
    rng = random.Random(SEED)
    cells = [(row, column) for row in range(GRID) for column in range(GRID)]
    rng.shuffle(cells)
    used = set()
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number, (row, column) in enumerate(cells, start=1):
        # Within the cell but off its edges, and off the plane's edge, where no real song lies.
        valence = clamp((column + rng.uniform(0.1, 0.9)) / GRID, 0.03, 0.97)
        energy = clamp((row + rng.uniform(0.1, 0.9)) / GRID, 0.03, 0.98)
        writer.writerow(song(rng, number, valence, energy, used))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
