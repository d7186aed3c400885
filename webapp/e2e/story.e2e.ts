import { execFile } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MockServer } from './mock/server';
import { tokenOf } from './story.mjs';

let mock: MockServer;
let base: string;

beforeEach(async () => {
  mock = new MockServer();
  mock.signedIn = false;
  base = await mock.start();
});
afterEach(() => mock.stop());

/** The script as it is run against a real Berth. */
function story(environment: Record<string, string>): Promise<{ status: number; lines: string[] }> {
  return new Promise((done) => {
    const env = { ...process.env, BERTH_URL: base, BERTH_STORY_PATIENCE_MILLIS: '20000', ...environment };
    const child = execFile('node', ['e2e/story.mjs'], { env }, (_, out, err) => done({ status: child.exitCode ?? -1, lines: `${out}${err}`.trim().split('\n') }));
  });
}

it('tells the story of the demo, step by step', async () => {
  const { status, lines } = await story({ BERTH_LINK: `${base}/?token=once` });
  expect(lines.map((line) => line.slice(0, 1))).toEqual([...Array.from({ length: 9 }, () => '✓'), 'T']);
  expect(lines.join('\n')).toContain('may hold 4 GPUs; with 8 more');
  expect(status).toBe(0);
});

it('says at which step it does not hold', async () => {
  mock.deaf = true;
  const { status, lines } = await story({ BERTH_LINK: 'once', BERTH_STORY_PATIENCE_MILLIS: '6000' });
  expect(lines.filter((line) => line.startsWith('✗'))).toEqual([expect.stringContaining('4 it-runs')]);
  expect(lines.at(-1)).toContain('The story does not hold');
  expect(status).toBe(1);
});

it('takes a link or the token in it', () => {
  expect([tokenOf('http://127.0.0.1:8080/?token=a-b'), tokenOf('a-b'), tokenOf('http://127.0.0.1:8080/')]).toEqual(['a-b', 'a-b', '']);
});
