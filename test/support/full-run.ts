/** Whether `npm run test:full` asked: every size and theme, where the usual run takes those that differ most. */
export const isFull = process.env['FULL'] !== undefined;
