import type { Page } from 'playwright-core';
import { shoot } from './browser';

export interface Story {
  project: string;
  cluster: string;
  /** Workers of one GPU that the project may not hold by its limit. */
  tooMany: number;
  /** How long each step may take. */
  patience: number;
  /** Added to the workloads' names, so that a second run finds its own. */
  suffix: string;
}

/** The demo with a person at it, from the signed-in map on. */
export async function tell(page: Page, story: Story): Promise<void> {
  const timeout = story.patience;
  await page.getByRole('heading', { name: 'Cluster map' }).waitFor({ timeout });
  await page.locator('[data-held]').waitFor({ timeout });
  await shoot(page, 'story-1-map');

  await submit(page, `fits-${story.suffix}`, 1, story);
  await page.locator('[data-phase="Running"], [data-phase="Succeeded"]').waitFor({ timeout });
  await shoot(page, 'story-2-runs');

  await submit(page, `waits-${story.suffix}`, story.tooMany, story);
  await page.locator('[data-explanation]').waitFor({ timeout });
  await page.locator('[data-stage][data-state="failed"]').first().waitFor({ timeout });
  await shoot(page, 'story-3-why');
  const waiting = page.url();

  await page.getByRole('link', { name: 'Try it' }).first().click();
  await page.getByLabel('Deserved GPUs').waitFor({ timeout });
  await shoot(page, 'story-4-quota');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('the quota is saved').waitFor({ timeout });

  await page.goto(waiting);
  await page.locator('[data-phase="Starting"], [data-phase="Running"], [data-phase="Succeeded"]').waitFor({ timeout });
  await shoot(page, 'story-5-starts');
}

async function submit(page: Page, name: string, workers: number, { project, cluster, patience }: Story): Promise<void> {
  await page.keyboard.press('c');
  await page.locator('input[name=name]').waitFor({ timeout: patience });
  await page.locator(`select[name=project] option[value="${project}"]`).waitFor({ state: 'attached', timeout: patience });
  await page.fill('input[name=name]', name);
  await page.selectOption('select[name=project]', project);
  if (cluster !== '') {
    await page.selectOption('select[name=cluster]', cluster);
  }
  await page.fill('input[name=image]', 'ubuntu');
  await page.fill('input[name=command]', 'sleep 300');
  await page.fill('input[name=workers]', String(workers));
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByRole('heading', { name }).waitFor({ timeout: patience });
}
