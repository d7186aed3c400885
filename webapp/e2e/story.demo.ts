import { expect, it } from 'vitest';
import { launch, open } from './browser';
import { tell } from './story';

const { BERTH_URL = '', BERTH_LINK = '', BERTH_STORY_PROJECT = 'sandbox', BERTH_STORY_CLUSTER = '' } = process.env;

/** Walks the story against a running demo: a one-time link, two workloads, a reason, a quota, a start. */
it('tells the demo’s story', { timeout: 300_000 }, async () => {
  const browser = await launch();
  const complaints: string[] = [];
  try {
    const page = await open(browser, 'dark', complaints);
    await page.goto(BERTH_LINK.includes('://') ? BERTH_LINK : `${BERTH_URL}/?token=${encodeURIComponent(BERTH_LINK)}`);
    await page.getByRole('heading', { name: 'Cluster map' }).waitFor();
    expect(new URL(page.url()).search).not.toContain('token');
    await tell(page, { project: BERTH_STORY_PROJECT, cluster: BERTH_STORY_CLUSTER, tooMany: 5, patience: 60_000, suffix: Date.now().toString(36) });
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
