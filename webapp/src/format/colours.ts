/** How many project colours there are (tokens.css, `--p0` to `--p9`). */
export const COLOURS = 10;

export type ColourBook = ReadonlyMap<string, number>;

/**
 * Gives each project a colour: its hash decides, and a project that finds its colour taken takes the next free one, so
 * that up to ten projects never look alike. The order of the names does not matter.
 */
export function colourBook(names: readonly string[]): ColourBook {
  const book = new Map<string, number>();
  const taken = new Set<number>();
  for (const name of [...new Set(names)].toSorted()) {
    let slot = hash(name) % COLOURS;
    while (taken.has(slot) && taken.size < COLOURS) {
      slot = (slot + 1) % COLOURS;
    }
    taken.add(slot);
    book.set(name, slot);
  }
  return book;
}

/** The colour's slot of a project; one that is not in the book yet takes its hash. */
export function colourOf(book: ColourBook, name: string): number {
  return book.get(name) ?? hash(name) % COLOURS;
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
