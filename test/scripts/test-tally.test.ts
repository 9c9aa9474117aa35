import { describe, expect, it } from 'vitest';
import { tallyLine, tallyVitest } from '#scripts/test-tally.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('the line npm test ends with', () => {
  it('counts what passed, failed and was skipped', () => {
    const report = { testResults: [file('passed', 'passed', 'skipped'), file('failed', 'failed', 'failed', 'passed')] };
    expect(tallyLine(tallyVitest(report, 1))).toBe('2 passed, 2 failed, 1 skipped');
  });

  it('leaves out what is none', () => {
    expect(tallyLine(tallyVitest({ testResults: [file('passed', 'passed')] }, 0))).toBe('1 passed, 0 failed');
  });

  it('counts a file that did not load', () => {
    expect(tallyVitest({ testResults: [file('failed')] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a hook that threw', () => {
    const report = { testResults: [file('failed', 'skipped', 'skipped')] };
    expect(tallyVitest(report, 1)).toEqual({ passed: 0, failed: 1, skipped: 2 });
  });

  it('counts an error nobody caught, which only the exit code tells', () => {
    expect(tallyVitest({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
  });

  it('counts a run that was killed before it could report', () => {
    expect(tallyVitest(undefined, null).failed).toBe(1);
  });
});
