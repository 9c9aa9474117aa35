export * from './catalogue.ts';
export * from './entry-links.ts';
export * from './people.ts';
export * from './read-models.ts';
