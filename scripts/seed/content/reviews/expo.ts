import type { ReviewDraft } from '../shapes.ts';

export const expoReviews: readonly ReviewDraft[] = [
  [
    'Priya N.',
    5,
    2,
    'Came for a birthday present and left with a stall of my own, or nearly: the trading clinic talked me through insurance and a first market in one hour. You are talking to the people who make the things. It changes how you shop.',
  ],
  [
    'Gareth L.',
    4,
    3,
    'Excellent makers, properly varied, and none of the padded-envelope tat you get at bigger shows. Marked down one for the queue at the South entrance at eleven. Use the North doors and come before ten-thirty.',
  ],
  [
    'Temi A.',
    5,
    5,
    'Third year running. The screen-printing bench alone is worth the pass, and the staff remembered my daughter’s name. Re-entry with the trade pass was instant.',
  ],
  [
    'Hannah & Joe',
    3,
    6,
    'Lovely atmosphere but very full in Hall 2 by mid-afternoon and hard going with a double buggy. The quiet room on the mezzanine saved us. More benches, please.',
  ],
  [
    'Marcus D.',
    5,
    8,
    'I buy for two farm shops and placed nine orders in a day. The trade lounge is quiet enough to talk in and the coffee is better than it needs to be.',
  ],
  [
    'Siobhan K.',
    4,
    11,
    'Step-free all the way from the station, which the map says and for once is true. The talks had captions on a big screen. The hat people let me try on everything.',
  ],
  [
    'Ade F.',
    2,
    13,
    'The free day pass is great value, obviously, but workshops had sold out weeks before and nothing on the day said so until I reached the wing. Put a board at the entrance.',
  ],
  ['Wen-Li C.', 5, 20, 'Bought a mug, a coat and half a solar scheme. No regrets about any of them yet.'],
  [
    'Rosalind P.',
    4,
    27,
    'Good honest show. I liked that stand prices are the same for everyone; you can tell, because the interesting tables are not all hidden at the back.',
  ],
];
