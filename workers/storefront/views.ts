export * from '#workers/ui/views.ts';
