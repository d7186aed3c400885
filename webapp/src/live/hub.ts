import { enqueue, type LiveEvent } from './events';
import { freshness, type Freshness, type Link } from './freshness';
import { Stream } from './stream';

/** Pages are patched at most four times a second. */
export const PAINT_EVERY = 250;

/** More objects than this between two paints: the page reads anew instead. */
const MOST_WAITING = 5_000;

type Take = (events: readonly LiveEvent[]) => void;

/** Gives the events of the one stream to the pages, in batches, and says how fresh they are. */
export class Hub {
  private stream: Stream | undefined;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private readonly queue = new Map<string, LiveEvent>();
  private readonly takers = new Set<Take>();
  private readonly watchers = new Set<() => void>();
  private link: Link = { connected: false, heardAt: null };
  private fresh: Freshness = { kind: 'connecting' };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private rounds = 0;
  private seen = false;

  start(version: () => Promise<string>, signedOut: () => void): void {
    this.stop();
    this.stream = new Stream({
      event: (event) => this.add(event),
      heard: () => this.setLink({ connected: true, heardAt: Date.now() }),
      connected: (yes) => this.setLink(yes ? { connected: true, heardAt: Date.now() } : { ...this.link, connected: false }),
      resync: () => this.resync(),
      signedOut,
      version,
    });
    this.stream.start();
    this.ticker = setInterval(() => this.refresh(), 1000);
  }

  stop(): void {
    this.stream?.stop();
    this.stream = undefined;
    clearInterval(this.ticker);
    clearTimeout(this.timer);
    this.timer = undefined;
    this.queue.clear();
    this.seen = false;
    this.setLink({ connected: false, heardAt: null });
  }

  take(taker: Take): () => void {
    this.takers.add(taker);
    return () => this.takers.delete(taker);
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly freshness = (): Freshness => this.fresh;

  /** Grows by one whenever everything shown must be read again. */
  readonly round = (): number => this.rounds;

  private add(event: LiveEvent): void {
    enqueue(this.queue, event);
    if (this.queue.size > MOST_WAITING) {
      this.queue.clear();
      this.resync();
      return;
    }
    this.timer ??= setTimeout(() => this.flush(), PAINT_EVERY);
  }

  private flush(): void {
    this.timer = undefined;
    const events = [...this.queue.values()];
    this.queue.clear();
    this.takers.forEach((take) => take(events));
  }

  /** The first connection needs no second reading: the pages have only just read. */
  private resync(): void {
    if (this.seen) {
      this.rounds += 1;
      this.tell();
    }
    this.seen = true;
  }

  private setLink(link: Link): void {
    this.link = link;
    this.refresh();
  }

  private refresh(): void {
    const next = freshness(this.link, Date.now());
    const same = next.kind === this.fresh.kind && asOf(next) === asOf(this.fresh);
    if (!same) {
      this.fresh = next;
      this.tell();
    }
  }

  private tell(): void {
    this.watchers.forEach((watcher) => watcher());
  }
}

function asOf(fresh: Freshness): number | null {
  return 'asOf' in fresh ? fresh.asOf : null;
}

export const hub = new Hub();
