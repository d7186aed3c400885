// The demo with a person at it: from the one-time link to a workload that starts because its quota was raised.
//   BERTH_URL=http://127.0.0.1:8080 BERTH_LINK=TOKEN_OR_LINK node e2e/story.mjs
// Prints each step, writes a picture of each, and exits with 0 when the story holds, else with 1.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const RUNNING = '[data-phase="Running"]';

/**
 * @typedef {object} Story
 * @property {string} base address of the console
 * @property {string} token of the one-time link
 * @property {string} project whose limit is too low for the second workload
 * @property {string} cluster
 * @property {number} workers of the second workload, with one GPU each
 * @property {number} limit to which the project is raised, in GPUs
 * @property {number} patience most milliseconds of each step
 * @property {string} suffix of the workloads' names, so that a second run finds its own
 * @property {string} pictures folder of the pictures
 * @property {(line: string) => void} say
 */

/**
 * Walks the story in a browser context of its own; the first step that does not hold throws.
 * @param {import('playwright-core').BrowserContext} context
 * @param {Story} story
 */
export async function tell(context, story) {
  mkdirSync(story.pictures, { recursive: true });
  const page = await context.newPage();
  page.setDefaultTimeout(story.patience);
  const step = steps(story);

  await step('open-the-link', page, async () => {
    await page.goto(`${story.base}/?token=${encodeURIComponent(story.token)}`);
    await page.getByRole('heading', { name: 'Cluster map' }).waitFor();
    hold(!page.url().includes('token='), 'the token has left the address');
    hold((await page.getByText(/^Account of /).count()) === 1, 'somebody is signed in');
  });
  await step('see-the-gpus', page, async () => {
    await page.goto(`${story.base}/map?cluster=${encodeURIComponent(story.cluster)}`);
    await page.locator('[data-held]').waitFor();
    const drawn = page.locator('[data-gpu], [data-cell] canvas');
    await drawn.first().waitFor();
    return `${await page.locator('[data-held]').locator('..').innerText()}`;
  });
  await step('submit-what-fits', page, () => submit(page, `fits-${story.suffix}`, 1, story));
  await step('it-runs', page, () => page.locator(RUNNING).first().waitFor());

  const blocked = `waits-${story.suffix}`;
  await step('submit-what-does-not-fit', page, () => submit(page, blocked, story.workers, story));
  const waiting = page.url();
  await step('read-why', page, async () => {
    await page.locator('[data-explanation]').waitFor();
    const stage = page.locator('[data-stage="limit"][data-state="failed"]');
    await stage.waitFor();
    hold(/\d/.test(await stage.innerText()), 'the stage that blocks names numbers');
    await page.getByText('What would start it').waitFor();
    await page.getByText(new RegExp(`Raise ${story.project}.s limit`)).waitFor();
    return (await page.locator('[data-explanation]').innerText()).trim();
  });
  // A mark that a reload would wipe: what starts later is told to this very page.
  await page.evaluate(() => Object.assign(globalThis, { stayed: true }));

  const other = await context.newPage();
  other.setDefaultTimeout(story.patience);
  await step('raise-the-limit', other, async () => {
    await other.goto(`${story.base}/map`);
    await other.getByRole('link', { name: 'Quotas' }).click();
    await other.getByRole('combobox', { name: 'Cluster' }).selectOption(story.cluster);
    await other.getByRole('button', { name: `Edit the quota of ${story.project}`, exact: true }).click();
    await other.getByLabel('Limit GPUs').fill(String(story.limit));
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('the quota is saved').waitFor();
  });
  await step('it-starts', page, async () => {
    await page.locator(RUNNING).first().waitFor();
    hold(page.url() === waiting && (await page.evaluate(() => 'stayed' in globalThis)), 'the page was not loaded anew');
    await page.getByText(`${story.workers} of ${story.workers} pods running`).waitFor();
  });
  await step('the-map-has-it', other, async () => {
    await other.goto(`${story.base}/map?cluster=${encodeURIComponent(story.cluster)}&project=${encodeURIComponent(story.project)}`);
    await other.locator('[data-gpu], [data-cell] canvas').first().waitFor();
  });
}

/**
 * Runs one step after the other, with a line and a picture for each, also for the one that fails.
 * @param {Story} story
 */
function steps({ say, pictures }) {
  let number = 0;
  /**
   * @param {string} name
   * @param {import('playwright-core').Page} page
   * @param {() => Promise<string | void>} act
   */
  return async (name, page, act) => {
    number += 1;
    const began = Date.now();
    const line = (/** @type {string} */ mark, /** @type {string} */ more) => say(`${mark} ${number} ${name} ${((Date.now() - began) / 1000).toFixed(1)} s${more === '' ? '' : `: ${more}`}`);
    const picture = join(pictures, `story-${number}-${name}.png`);
    try {
      const told = await act();
      await page.screenshot({ path: picture });
      line('✓', (told ?? '').replaceAll(/\s+/g, ' '));
    } catch (problem) {
      await page.screenshot({ path: picture }).catch(() => undefined);
      line('✗', String(problem));
      throw problem;
    }
  };
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {number} workers
 * @param {Story} story
 */
async function submit(page, name, workers, { project, cluster }) {
  await page.keyboard.press('c');
  await page.locator('input[name=name]').waitFor();
  await page.locator(`select[name=project] option[value="${project}"]`).waitFor({ state: 'attached' });
  await page.fill('input[name=name]', name);
  await page.selectOption('select[name=project]', project);
  await page.selectOption('select[name=cluster]', cluster);
  await page.fill('input[name=image]', 'registry.example/train:1');
  await page.fill('input[name=workers]', String(workers));
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
  return `${name}, ${workers} × 1 GPU in ${project}`;
}

/** @param {boolean} holds @param {string} what */
function hold(holds, what) {
  if (!holds) {
    throw new Error(`It does not hold that ${what}.`);
  }
}

/** A link of the demo, or the token in it. @param {string} link */
export function tokenOf(link) {
  return link.includes('://') ? (new URL(link).searchParams.get('token') ?? '') : link;
}

async function main() {
  const { BERTH_URL = '', BERTH_LINK = '', CHROMIUM = '/usr/bin/chromium' } = process.env;
  const token = tokenOf(BERTH_LINK);
  if (BERTH_URL === '' || token === '') {
    console.error('Needs BERTH_URL (http://127.0.0.1:8080) and BERTH_LINK (the one-time link or its token).');
    return 2;
  }
  if (!existsSync(CHROMIUM)) {
    console.error(`No Chromium at ${CHROMIUM}; set CHROMIUM.`);
    return 2;
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  /** @type {string[]} */
  const complaints = [];
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
    context.on('weberror', (problem) => complaints.push(problem.error().message));
    await tell(context, {
      base: BERTH_URL.replace(/\/+$/, ''),
      token,
      project: process.env.BERTH_STORY_PROJECT ?? 'sandbox',
      cluster: process.env.BERTH_STORY_CLUSTER ?? 'borealis',
      workers: Number(process.env.BERTH_STORY_WORKERS ?? 8),
      limit: Number(process.env.BERTH_STORY_LIMIT ?? 16),
      patience: Number(process.env.BERTH_STORY_PATIENCE_MILLIS ?? 60_000),
      suffix: Date.now().toString(36),
      pictures: process.env.BERTH_STORY_PICTURES ?? fileURLToPath(new URL('../target/story', import.meta.url)),
      say: (line) => console.log(line),
    });
    hold(complaints.length === 0, `the console has no error (${complaints.join('; ')})`);
    console.log('The story holds.');
    return 0;
  } catch (problem) {
    console.error(`The story does not hold: ${problem instanceof Error ? problem.message.split('\n')[0] : String(problem)}`);
    return 1;
  } finally {
    await browser.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(await main());
}
