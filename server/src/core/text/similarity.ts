/** How alike two words are, from 0 to 1 (equal), by edit distance; a word that contains the other counts as close. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 1;
  if (longest > MAX_LENGTH) return 0;
  const byDistance = 1 - editDistance(a.toLowerCase(), b.toLowerCase()) / longest;
  return Math.max(byDistance, containment(a, b));
}

const MAX_LENGTH = 128;

/** `cart` against `shop-cart` or `cart-service`: whole words shared, though the lengths differ. */
function containment(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 3) return 0;
  return long.split(/[-_.]/).includes(short) || long.startsWith(`${short}-`) || long.endsWith(`-${short}`) ? 0.75 : 0;
}

/** Edit distance in which two letters that change places count once (optimal string alignment), with three rows. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? (before[j - 2] ?? 0) + 1 : substitution;
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution, swap));
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The candidate most like a word, if any is at least `threshold` alike. Ties go to the first. */
export function findMostSimilar(word: string, candidates: readonly string[], threshold = 0.6): string | undefined {
  let best: string | undefined;
  let bestScore = threshold;
  for (const candidate of candidates) {
    const score = similarity(word, candidate);
    if (score > bestScore || (score === bestScore && best === undefined)) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}
