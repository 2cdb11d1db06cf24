import { type Vec2Value, World } from 'planck';

type AddPair = (first: unknown, second: unknown) => void;

/** The private parts of planck 1.5.0 that this leans on; `box2d.test.ts` notices when they change. */
interface BroadPhase {
  /** Proxies that have moved, or null for ones that are gone. */
  readonly m_moveBuffer: (number | null)[];
  readonly m_tree: {
    getFatAABB(proxy: number): unknown;
    getUserData(proxy: number): unknown;
    query(box: unknown, found: (proxy: number) => boolean): void;
  };
  updatePairs(addPair: AddPair): void;
}

/** More proxies than any world has: a pair of them is one number. */
const STRIDE = 2 ** 20;

/**
 * A world that creates contacts in the order of Box2D 2.3, the engine Gymnasium uses: sorted by the ids of their
 * proxies, which ascend in the order of creation. planck creates them in the order in which it happens to find them. The
 * solver works on one contact after the other and does not converge on stiff poses, so the order shows in the result.
 */
export function createOrderedWorld(gravity: Vec2Value): World {
  const world = new World({ gravity });
  const broadPhase = (world as unknown as { readonly m_broadPhase: BroadPhase }).m_broadPhase;
  const pairs: number[] = [];
  broadPhase.updatePairs = (addPair) => {
    pairs.length = 0;
    findPairs(broadPhase, pairs);
    pairs.sort((a, b) => a - b);
    for (let i = 0; i < pairs.length; i++) {
      if (pairs[i] === pairs[i - 1]) continue;
      const first = Math.floor(pairs[i]! / STRIDE);
      const second = pairs[i]! % STRIDE;
      addPair(broadPhase.m_tree.getUserData(first), broadPhase.m_tree.getUserData(second));
    }
  };
  return world;
}

/** Appends a number for each overlap of a moved proxy with another, and forgets who has moved. */
function findPairs({ m_moveBuffer, m_tree }: BroadPhase, pairs: number[]): void {
  for (const moved of m_moveBuffer) {
    if (moved === null) continue;
    m_tree.query(m_tree.getFatAABB(moved), (other) => {
      if (other !== moved) pairs.push(Math.min(moved, other) * STRIDE + Math.max(moved, other));
      return true;
    });
  }
  m_moveBuffer.length = 0;
}
