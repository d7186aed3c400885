import { eventOf, TOPICS, type LiveEvent } from './events';
import { backoff, SILENCE } from './freshness';
import { EMPTY, read, type Message } from './sse';

export interface Listener {
  event(event: LiveEvent): void;
  heard(): void;
  connected(yes: boolean): void;
  /** Events may have been missed: what is shown must be read again. */
  resync(): void;
  signedOut(): void;
  /** The newest version there is; asked for when the stream cannot go on from where it was. */
  version(): Promise<string>;
}

const PATH = '/api/v1/watch';

/** A watcher that is told to list again. */
const GONE = 410;

/**
 * The one event stream of the console. It is read with fetch and not with EventSource, because only so are heartbeats
 * (comments) seen, by which a dead connection is told from a quiet one.
 */
export class Stream {
  private stopped = false;
  private lastId: string | null = null;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private abort = new AbortController();

  constructor(private readonly listener: Listener) {}

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    this.abort.abort();
  }

  private async run(): Promise<void> {
    this.abort = new AbortController();
    try {
      await this.readAll();
    } catch {
      // A broken connection is ordinary; the next attempt follows below.
    }
    clearTimeout(this.watchdog);
    if (!this.stopped) {
      this.listener.connected(false);
      this.timer = setTimeout(() => void this.run(), backoff(this.attempt, Math.random()));
      this.attempt += 1;
    }
  }

  private async readAll(): Promise<void> {
    this.expectWord();
    const from = (this.lastId ??= await this.listener.version());
    const response = await fetch(`${PATH}?topics=${TOPICS.join(',')}&resourceVersion=${from}`, {
      headers: { Accept: 'text/event-stream', 'Last-Event-ID': from },
      signal: this.abort.signal,
      credentials: 'same-origin',
    });
    if (response.status === 401) {
      this.stop();
      this.listener.signedOut();
      return;
    }
    if (response.status === GONE) {
      this.lastId = null;
      this.attempt = 0;
      return;
    }
    if (!response.ok || response.body === null) {
      return;
    }
    this.listener.connected(true);
    this.listener.resync();
    this.attempt = 0;
    await this.readBody(response.body);
  }

  private async readBody(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let reading = EMPTY;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      this.expectWord();
      this.listener.heard();
      const next = read(reading, decoder.decode(value, { stream: true }));
      reading = next.reading;
      next.messages.forEach((message) => this.take(message));
    }
  }

  private take(message: Message): void {
    if (message.event === 'error') {
      // The version is no longer kept: the connection is made anew from the newest one.
      this.lastId = null;
      this.abort.abort();
      return;
    }
    this.lastId = message.id ?? this.lastId;
    const event = eventOf(message.data);
    if (event !== null) {
      this.listener.event(event);
    }
  }

  /** Ends the connection when nothing is heard for too long. */
  private expectWord(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.abort.abort(), SILENCE);
  }
}
