"""Open speech to measure with: sentences that nobody says to Repartee, and the recordings' words by file name."""

SENTENCES = [
    "the mayor announced a plan to rebuild the harbor after the flood",
    "three people were injured when a bus left the road on tuesday",
    "the central bank raised interest rates for the second time this year",
    "farmers in the south are worried about the dry summer",
    "a court in madrid has sentenced the former minister to four years",
    "engineers found cracks in the wing of an older aircraft",
    "the museum will show drawings that were hidden for a century",
    "researchers believe that the disease came from a small mammal",
    "the union and the railway company will meet again on monday",
    "voters in the northern provinces stayed at home",
    "my sister laughed so hard that she spilled her coffee",
    "honestly i thought the second half of the book was better",
    "we used to swim in that lake when we were children",
    "he keeps telling the same story about his first car",
    "i can't believe they painted the kitchen orange",
    "you should have seen her face when the dog ran in",
    "our neighbors moved to canada and sold everything",
    "i had a terrible cold last week and missed the wedding",
    "they argued about money all the way to the airport",
    "the soup was cold but nobody dared to complain",
    "william wrote a long letter to his cousin elizabeth",
    "doctor anderson works at a hospital in chicago",
    "george washington never lived in the white house",
    "maria and david are traveling through argentina",
    "henry ford built his first engine in a kitchen",
    "captain morgan sailed from jamaica with thirty men",
    "the ship turned slowly toward the open sea",
    "there was frost on the window and silence in the street",
    "every evening the old man fed the birds behind the station",
    "courage is often nothing more than a lack of imagination",
]

PEOPLE_ASK = {
    "what_time_is_it.wav": "what time is it",
    "whats_the_weather_like.wav": "what's the weather like",
    "weather_question.wav": "what is the weather in paris",
    "book_a_room.wav": "book a room",
    "half_an_hour.wav": "half an hour",
}

PEOPLE_READ = {
    "LJ001-0002.wav": "in being comparatively modern",
    "LJ001-0004.wav": (
        "produced the block books which were the immediate predecessors of the true printed book"
    ),
    "LJ001-0008.wav": "has never been surpassed",
    "LJ001-0013.wav": "than in the same operations with ugly ones",
    "jfk.flac": (
        "and so my fellow americans ask not what your country can do for you ask what you can do for your country"
    ),
    "beckett.wav": "ever tried ever failed no matter try again fail again fail better",
}
