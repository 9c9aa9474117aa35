import type { BusinessDraft } from '../shapes.ts';

export const organisers: readonly BusinessDraft[] = [
  {
    key: '247gbs',
    name: '247GBS',
    tagline: 'Small business, open all hours',
    category: 'Trade events',
    city: 'London',
    countryCode: 'GB',
    story: [
      '247GBS began as a stall-share rota pinned to a noticeboard in Canning Town: twelve traders, three gazebos and one card reader passed along the row. The traders who shared a stall bought better together, so we started buying together, and then selling together.',
      'The first Expo filled a single shed for one wet Saturday. It now fills four halls and runs for four days, but the rule has not changed. Every stand is held by the person who makes the thing, and every stand costs the same per square metre whoever you are.',
      'Between Expos we run buying circles, a shared warehouse by the river and a weekday advice line. Whatever the Expo earns pays for those.',
    ],
  },
  {
    key: 'common_thread',
    name: 'Common Thread Collective',
    tagline: 'Mend it, make it, pass it on',
    category: 'Community',
    city: 'London',
    countryCode: 'GB',
    story: [
      'We are forty-odd neighbours in Peckham who keep a repair bench, a tool library and a very large kettle. Lantern Yard was a coach painter’s works; we took on the lease in the year the roof came off, and put the roof back ourselves.',
      'Twice a year the yard stays open for three days and nights without closing its doors. Nobody pays to come in, nobody is paid to be here, and about nine things in every ten leave working.',
    ],
  },
  {
    key: 'lagoon_line',
    name: 'Lagoon Line Live',
    tagline: 'Live music where the ferries used to land',
    category: 'Live music',
    city: 'Lagos',
    countryCode: 'NG',
    story: [
      'Lagoon Line books bands that can play for two hours without a laptop. We started on a borrowed pontoon with a generator that cut out during every second chorus, and people stayed anyway.',
      'These days the generator is ours and it behaves. Five nights a year we take over the old slipway, put the horn section where the customs desk stood, and send everyone home on the first boat.',
    ],
  },
  {
    key: 'oforiwaa',
    name: 'Oforiwaa & Daughters',
    tagline: 'Market keepers since 1974',
    category: 'Markets',
    city: 'Accra',
    countryCode: 'GH',
    story: [
      'Our grandmother kept a cloth table for thirty-one years and knew the debts of the whole lane by heart. Her daughters kept the lane. We, her granddaughters, keep the market.',
      'Asaase Weekend brings together growers, weavers, cooks and furniture makers from six regions. Each table is visited at its own workshop before it is offered a place, and nobody may sell what somebody else has made.',
    ],
  },
  {
    key: 'riftworks',
    name: 'Riftworks',
    tagline: 'Tools for the people who feed us',
    category: 'Conferences',
    city: 'Nairobi',
    countryCode: 'KE',
    story: [
      'Riftworks is a workshop first. We mend pumps, cast parts and lend benches to anyone with a drawing and a deadline. Three hundred and twelve farm tools have left our doors with somebody’s own name on the plate.',
      'Once a year we stop work for two days, sweep the floor and invite the people who use those tools to tell the people who design them what broke. That is Shamba & Spark.',
    ],
  },
];
