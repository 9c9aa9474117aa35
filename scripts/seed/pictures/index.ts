import { businessRows } from '../content/businesses/index.ts';
import { productRows } from '../content/products/index.ts';
import { logo } from './marks/index.ts';
import { duskDocksHero, duskDocksPoster } from './scenes/dusk-docks.ts';
import { moonHornsHero, moonHornsPoster } from './scenes/moon-horns.ts';
import { patchworkHero, patchworkPoster } from './scenes/patchwork.ts';
import { riftStrataHero, riftStrataPoster } from './scenes/rift-strata.ts';
import { risoOverprintHero, risoOverprintPoster } from './scenes/riso-overprint.ts';
import { stripWeaveHero, stripWeavePoster } from './scenes/strip-weave.ts';
import { productPicture } from './still-life/index.ts';

export type Picture = { readonly key: string; readonly text: string };

const scenes = {
  '247gbs-expo': [duskDocksHero, duskDocksPoster],
  'night-ferry-lagos': [moonHornsHero, moonHornsPoster],
  'open-days': [patchworkHero, patchworkPoster],
  'asaase-weekend-accra': [stripWeaveHero, stripWeavePoster],
  'shamba-and-spark-nairobi': [riftStrataHero, riftStrataPoster],
  'offset-print-fair': [risoOverprintHero, risoOverprintPoster],
} as const;

/** Every picture the catalogue names, under its key in the media bucket. The same bytes each time. */
export function pictures(): Picture[] {
  return [
    ...Object.entries(scenes).flatMap(([slug, [hero, poster]]) => [
      { key: `events/${slug}/hero.svg`, text: hero() },
      { key: `events/${slug}/poster.svg`, text: poster() },
    ]),
    ...businessRows().flatMap(({ slug, name, logoKey }) => (logoKey ? [{ key: logoKey, text: logo(slug, name) }] : [])),
    ...productRows().flatMap(({ id, businessId, name, pictureKey }) =>
      pictureKey ? [{ key: pictureKey, text: productPicture(id, businessId, name) }] : [],
    ),
  ];
}
