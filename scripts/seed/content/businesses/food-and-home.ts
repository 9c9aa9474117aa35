import type { BusinessDraft } from '../shapes.ts';

export const foodAndHome: readonly BusinessDraft[] = [
  {
    key: 'adunni_pepper',
    name: 'Adunni Pepper Kitchen',
    tagline: 'Slow pepper sauces, stirred by hand',
    category: 'Food',
    city: 'London',
    countryCode: 'GB',
    story: [
      'Folake Adunni cooked her mother’s ata din din for a church lunch in Deptford and went home with eleven orders written on a hymn sheet. She left a job in hospital catering the following spring.',
      'The kitchen now turns out four sauces in forty-litre pots. Scotch bonnets come from two growers in Kent, who plant what she asks for and pick when she says so.',
    ],
  },
  {
    key: 'salt_lane',
    name: 'Salt Lane Bakehouse',
    tagline: 'Seaside loaves and stubborn buns',
    category: 'Food',
    city: 'Margate',
    countryCode: 'GB',
    story: [
      'Two brothers, one deck oven and a lane so narrow that the flour comes in by handcart. Salt Lane bakes through the night and sells out, most days, by a quarter past eleven.',
      'Our sea-salt bun started as a mistake with the brine for the olives. We have tried to improve it for six years and have now stopped trying.',
    ],
  },
  {
    key: 'tidewater_tea',
    name: 'Tidewater Tea',
    tagline: 'Coastal herbs, kelp and a proper cup',
    category: 'Drink',
    city: 'Falmouth',
    countryCode: 'GB',
    story: [
      'Morwenna Pask walks the tideline with a licence, a sickle and a tide table. What she cuts is dried within the day in a loft above the net store.',
      'There are five blends. The smoked one divides families; the nettle and kelp one brings them back together.',
    ],
  },
  {
    key: 'kiln_and_copper',
    name: 'Kiln & Copper',
    tagline: 'Stoneware for tables that get used',
    category: 'Craft',
    city: 'Stoke-on-Trent',
    countryCode: 'GB',
    story: [
      'When the works where three of us trained closed its gates, we bought the small kiln at the auction and a van to carry it in. The pattern books came free because nobody else wanted them.',
      'Everything is thrown, glazed and fired within a mile of the old gates. We drop one mug in every batch on purpose, to keep ourselves honest about the clay.',
    ],
  },
  {
    key: 'hollow_oak',
    name: 'Hollow Oak Spoons',
    tagline: 'Green wood, sharp knives, patient people',
    category: 'Craft',
    city: 'Hereford',
    countryCode: 'GB',
    story: [
      'Gwilym Thorne fells nothing. His spoons, scoops and stools begin with storm wood, given by farmers who would otherwise burn it, and each is stamped with the name of the field.',
      'He has taught about nine hundred people to carve. Roughly nine hundred of them have asked whether the first cut is meant to look like that. It is.',
    ],
  },
  {
    key: 'sunloft',
    name: 'Sunloft Energy Co-op',
    tagline: 'Solar that a terrace can own together',
    category: 'Energy',
    city: 'Sheffield',
    countryCode: 'GB',
    story: [
      'Sunloft began with one steep street whose residents were told that their roofs were too small, too shaded and too many to bother with. We measured them all, bought panels for the whole street, and the fourth winter paid back the first.',
      'Eleven streets have followed. Members own the panels, the meter readings are public, and the annual meeting has cake.',
    ],
  },
  {
    key: 'cartwheel',
    name: 'Cartwheel Cargo',
    tagline: 'Delivery bikes built for hills and rain',
    category: 'Transport',
    city: 'Bristol',
    countryCode: 'GB',
    story: [
      'We weld long bikes for short trips: bread rounds, flower rounds, one knife grinder and two mobile libraries. Frames are made to the load, so tell us what you carry and we will ask what you carry on a bad day.',
      'Each bike comes back to us after its first hundred miles. Most need nothing. We just like to see them.',
    ],
  },
  {
    key: 'brightwell_neon',
    name: 'Brightwell Neon',
    tagline: 'Glass, gas and good handwriting',
    category: 'Craft',
    city: 'London',
    countryCode: 'GB',
    story: [
      'Ines Brightwell bends glass over a ribbon burner in the back of a former chip shop. She learnt from the last sign maker in the borough, who agreed to teach her on condition that she fixed his shutters.',
      'Half the shop signs on our road are hers. The other half are on the list.',
    ],
  },
];
