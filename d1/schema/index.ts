export * from './catalogue.ts';
export * from './entry-links.ts';
export * from './gate-devices.ts';
export * from './oversight.ts';
export * from './people.ts';
export * from './read-models.ts';
export * from './ways-in.ts';
export * from './waitlist.ts';
