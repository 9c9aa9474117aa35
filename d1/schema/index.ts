export * from './catalogue.ts';
export * from './people.ts';
export * from './read-models.ts';
