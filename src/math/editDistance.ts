/** Finds what a misspelt name was meant to be. */

/** The known name with the fewest characters to insert, delete or replace, whatever the case. `known` must not be empty. */
export function nearestName(name: string, known: readonly string[]): string {
  const distances = known.map((candidate) => editDistance(name.toLowerCase(), candidate.toLowerCase()));
  return known[distances.indexOf(Math.min(...distances))]!;
}

/** The nearest name, or null if more than half the characters would have to change: that was no slip of the finger. */
export function similarName(name: string, known: readonly string[]): string | null {
  const nearest = nearestName(name, known);
  return editDistance(name.toLowerCase(), nearest.toLowerCase()) <= name.length / 2 ? nearest : null;
}

/** Levenshtein's distance: the least number of characters to insert, delete or replace. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[to.length]!;
}
