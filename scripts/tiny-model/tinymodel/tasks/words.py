"""The word lists that the data is drawn from.

Brazil, Riga, Zoe, pink, brown and gray are left out on purpose: the suites ask for them as untrained values.
"""

CAPITALS = {
    "France": "Paris", "Spain": "Madrid", "Italy": "Rome", "Germany": "Berlin", "Japan": "Tokyo", "China": "Beijing",
    "Norway": "Oslo", "Sweden": "Stockholm", "Finland": "Helsinki", "Denmark": "Copenhagen", "Poland": "Warsaw",
    "Austria": "Vienna", "Greece": "Athens", "Egypt": "Cairo", "Kenya": "Nairobi", "India": "Delhi",
    "Russia": "Moscow", "Canada": "Ottawa", "Cuba": "Havana", "Peru": "Lima", "Chile": "Santiago",
    "Portugal": "Lisbon", "Ireland": "Dublin", "Hungary": "Budapest", "Turkey": "Ankara", "Iran": "Tehran",
    "Iraq": "Baghdad", "Qatar": "Doha", "Nepal": "Kathmandu", "Belgium": "Brussels",
}  # fmt: skip
CITIES = [
    "Paris", "Madrid", "Rome", "Berlin", "Tokyo", "Oslo", "Vienna", "Athens", "Cairo", "Lima", "Dublin", "Moscow",
]  # fmt: skip
NAMES = ["Anna", "Ben", "Carla", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jonas"]
WORDS = (
    "apple bread chair dance eagle flame grape house ivory jelly knife lemon mouse night ocean piano queen river "
    "snake table uncle voice whale zebra cloud stone plant horse light water"
).split()
THINGS = ["apple", "bread", "chair", "knife", "lemon", "piano", "table", "stone"]
SKIES = ["sunny", "cloudy", "rainy", "windy", "snowy"]
BUTTONS = ["OK", "Cancel", "Save", "Open", "Quit", "Help"]
