import type { ReviewDraft } from '../shapes.ts';

export const openDaysReviews: readonly ReviewDraft[] = [
  [
    'Bev M.',
    5,
    1,
    'Took in my mum’s radio at two in the morning because I couldn’t sleep. A retired lift engineer called Clive had it going by three. I cried, he made tea.',
  ],
  [
    'Oluwaseun B.',
    5,
    2,
    'My lad spent four hours learning to solder and now will not stop mending things that are not broken. Free, friendly, no hard sell of any kind.',
  ],
  [
    'Dee',
    4,
    3,
    'Brilliant, but the repair café fills up. Book the slot, don’t just hope. The cake really does go first.',
  ],
  [
    'Francesca T.',
    3,
    4,
    'Warm welcome. The yard is cobbled and it was hard work in my chair until someone pointed out the ramp on the canal side. Better signs would have saved me ten minutes. They said they’d sort it.',
  ],
  [
    'Nikhil R.',
    5,
    6,
    'Nine in the evening, brass band under the arch, someone welding, someone else darning a sock. I have lived here for twenty years and met more neighbours that night than in the other nineteen.',
  ],
  [
    'Carol-Anne',
    4,
    9,
    'They couldn’t save the toaster. They explained why, kindly, and showed me which bits were worth keeping.',
  ],
  [
    'Jules V.',
    5,
    15,
    'Bent a piece of glass into something that is nearly a J. It glows. Best three hours of the year.',
  ],
];

export const nightFerryReviews: readonly ReviewDraft[] = [
  [
    'Ngozi E.',
    5,
    1,
    'Eleven horns and no backing track. When they took the tempo down for the last number the whole slipway was singing and the band had stopped to listen to us.',
  ],
  [
    'Tunde S.',
    4,
    2,
    'Sound was clean even at the back, which never happens here. Parking was a war; take the boat from the mainland side as they tell you to.',
  ],
  [
    'Zainab O.',
    5,
    3,
    'We took a table for six for my sister’s thirtieth. Service was quick, platters came hot, and the host moved us under cover before the rain rather than after it.',
  ],
  [
    'Ikenna U.',
    3,
    4,
    'Music five stars. Doors opened forty minutes late and nobody told the queue why. Fix that and I have no complaints.',
  ],
  ['Morayo A.', 5, 6, 'From the balcony you see the band and the bridge lights in one frame. Worth the extra.'],
  [
    'Bassey I.',
    4,
    10,
    'Old men in good hats dancing next to students. That is how I judge a night out and this one passed.',
  ],
];

export const asaaseReviews: readonly ReviewDraft[] = [
  [
    'Adjoa M.',
    5,
    1,
    'I knew my weaver’s name, her village and what she thought of my colours before I paid. That is a market.',
  ],
  [
    'Kwabena T.',
    4,
    2,
    'Food courtyard was outstanding. The waakye lady ran out by one on Sunday, so go there first and shop after.',
  ],
  [
    'Lisbeth H.',
    5,
    4,
    'Flew home with two stools and no clothes in my suitcase. The packing table wrapped everything beautifully and would not take a tip.',
  ],
  [
    'Yaw D.',
    3,
    5,
    'Good quality but shade was short on Saturday afternoon. More canopies over the furniture end, please.',
  ],
  [
    'Efua S.',
    5,
    9,
    'The Sunday table was fourteen strangers and one long argument about groundnut soup. I have been invited to a wedding.',
  ],
  [
    'Nana Akua B.',
    4,
    12,
    'Prices are fair for the work. Bring the wallet app; my cedis back bought the children’s drinks.',
  ],
];

export const shambaReviews: readonly ReviewDraft[] = [
  [
    'Peter K.',
    5,
    2,
    'First conference where the farmers had the microphone and the engineers took the notes. My complaint about the pump seal was fixed by the next rains.',
  ],
  [
    'Achieng O.',
    4,
    3,
    'The field lab was the best part: boots on, real soil, real arguments. Lunch queue was long on day one.',
  ],
  ['Samuel G.', 5, 5, 'Came with a drawing, left with a casting and two customers.'],
  [
    'Dr Mercy W.',
    4,
    7,
    'Trial figures were published with the failures included. I wish more agricultural events had the nerve.',
  ],
  [
    'Halima J.',
    3,
    8,
    'Useful, though three sessions I wanted ran at the same time. The recordings made up for it a week later.',
  ],
  [
    'Brian N.',
    5,
    14,
    'Grower’s ticket at half price made it possible for our whole group to come from Kitui. Everyone brought something home.',
  ],
];

export const offsetReviews: readonly ReviewDraft[] = [
  [
    'Ffion R.',
    5,
    1,
    'Every table had something under a fiver and something I am still thinking about. The press demo had children four deep, spellbound.',
  ],
  ['Col', 4, 2, 'Smells wonderful, sounds like a laundry. Bring cash, half the tables are analogue in every way.'],
  [
    'Imogen S.',
    3,
    3,
    'Too warm upstairs and the lift was out until noon. Staff carried boxes for people without being asked, to their credit.',
  ],
  ['Raf B.', 5, 5, 'Swapped eleven zines and found a binder for my next one. Six hours went by in what felt like two.'],
  [
    'Margaret A.',
    5,
    8,
    'I am seventy-eight and set my name in wood type for the first time since school. It is on the kitchen wall.',
  ],
  ['Theo', 4, 16, 'Good mix of students and old hands. I would pay a bit more for a bigger room.'],
];
