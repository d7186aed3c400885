/** Runs an action and leaves its time in the browser's performance timeline, where tests and people read it. */
export function measured(name: string, action: () => void): void {
  const start = performance.now();
  action();
  performance.measure(`berth.${name}`, { start, end: performance.now() });
}
