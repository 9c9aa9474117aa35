import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './d1/schema/index.ts',
  out: './d1/migrations',
  casing: 'snake_case',
});
